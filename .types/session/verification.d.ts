import type { OpenExchange } from '../recorder/index.ts';
import type { ExchangePlace } from '../replayer/engine/index.ts';
import { type ResponseDifference } from './response-difference.ts';
import type { EcsRequest } from './ecs-request.ts';
import type { Recorded } from './recorded.ts';
/** A difference between a live response and the recorded one, with where that one is. */
export interface LiveDifference extends ExchangePlace, ResponseDifference {
}
/** Compares live responses with recorded ones. */
export interface Verification {
    /** Looks up the recorded response of a request that is about to be sent; tells whether there is none. */
    expect(request: EcsRequest): Promise<{
        isMissed: boolean;
    }>;
    /** An exchange with the service: its end is compared with what was expected. */
    begin(headers: Record<string, string>): OpenExchange;
    readonly differences: readonly LiveDifference[];
    /** How many live responses were compared. */
    readonly compared: number;
}
export declare function createVerification(recorded: Recorded): Verification;
