import { type JsonObject } from '../protocol/index.ts';
import { type VerifiedInteraction } from './verify-results.ts';
/** What brings a provider into a state; called before each interaction that has it. */
export type StateHandler = (params: JsonObject) => Promise<void> | void;
/** What is verified, and against what. */
export interface VerifyOptions {
    /** Pact files. */
    pacts: readonly string[];
    /** The service's URL; `embedded` for the embedded provider, which knows the states of `STATES`. */
    url: string;
    /** By a state's name; one that is not here fails its interactions. Not with `embedded`, nor beside `statesUrl`. */
    states?: Readonly<Record<string, StateHandler>>;
    /** A URL that takes Pact's requests for states: POST with `{ state, params, action }`. */
    statesUrl?: string;
    /** Signs each request anew, as AWS needs it: with this region, and the credentials of the default chain. */
    sign?: {
        region?: string;
    };
    /** Milliseconds for one request, 5000 unless it is given. */
    timeoutMs?: number;
    /** Told what Pact prints. */
    onOutput?: (text: string) => void;
}
/** What came of a verification. */
export interface VerifyReport {
    interactions: VerifiedInteraction[];
}
/**
 * Verifies pacts with Pact's own verifier, in a process of its own. Each StartTask of a pact is really sent: against AWS it starts real tasks.
 *
 * Throws `usage` for a file that is no pact, `not-found` where Pact is not installed, `upstream-unreachable` when nothing was verified.
 */
export declare function verifyPacts(options: VerifyOptions): Promise<VerifyReport>;
