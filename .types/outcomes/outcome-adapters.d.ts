import { type Recording } from '../protocol/index.ts';
import { type ReplayAgent, type ReplayFetch, type ReplayRequestHandler } from '../replayer/adapters/index.ts';
import type { OutcomeCase } from './outcome-cases.ts';
/** Where the code under test sends its requests: whichever of these its client takes. Nothing of them reaches a network. */
export interface OutcomeService {
    /** The endpoint of a server on this machine. */
    readonly url: string;
    /** For AWS SDK v3: `new ECSClient({ requestHandler })`. */
    readonly requestHandler: ReplayRequestHandler;
    readonly fetch: ReplayFetch;
    /** An https.Agent. */
    readonly agent: ReplayAgent;
    /** What happens: `unplaced: AGENT`. */
    readonly name: string;
}
/** A service that runs, with the count of the StartTask requests that came. */
export interface RunningOutcome extends AsyncDisposable {
    service: OutcomeService;
    countRequests(): number;
}
/** Starts the service of a case. `others`: recordings of the other operations that the code asks for. */
export declare function startOutcome(outcome: OutcomeCase, others: readonly Recording[]): Promise<RunningOutcome>;
