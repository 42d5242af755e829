import type { ExchangePlace } from '../replayer/engine/index.ts';
import type { EcsRequest } from './ecs-request.ts';
import type { Verdict } from './gate.ts';
import type { SessionSettings } from './options.ts';
import { type LiveDifference } from './verification.ts';
/** What happened so far, in numbers. */
export interface Tally {
    /** Requests that were answered from recordings. */
    replayed: number;
    /** Exchanges with the service that were recorded. */
    recorded: number;
    /** Live answers that were compared with recorded ones. */
    verified: number;
    /** Requests that nothing recorded equals: in `replay` misses, in `verify-live` answers that could not be compared. */
    missed: number;
    /** Requests that were not sent to the service, and why is in their response. */
    refused: number;
}
/** What a mode does with requests, and what it has to tell at the end. */
export interface Plan {
    decide(request: EcsRequest): Verdict | Promise<Verdict>;
    tally(): Tally;
    unused(): ExchangePlace[];
    stale?(): string[];
    differences?(): LiveDifference[];
    stop(): Promise<{
        written: string[];
        lost: number;
    }>;
}
/** The settings of a mode that does something. */
export type ActiveSettings = Exclude<SessionSettings, {
    mode: 'off';
}>;
/** Opens what a mode needs. Throws what opening recordings, and a collector, throws. */
export declare function openPlan(settings: ActiveSettings): Plan;
