import type { FaultRule } from './fault.ts';
import type { PreparedResponse } from './served-response.ts';
import type { Source } from './source.ts';
/** A recorded exchange as the replayer holds it. */
export interface Entry {
    recording: string;
    /** The exchange's place in its recording, from 1. */
    exchange: number;
    source: Source;
    /** Its place among those of its sequence. */
    ordinal: number;
    /** Its response as it is served, while that is kept. */
    prepared: PreparedResponse | undefined;
}
/** The recorded exchanges whose requests are equal. */
export interface Sequence {
    operation: string;
    /** Of what identifies the request. */
    digest: string;
    /** In recorded order; each with the attempts that were made of it. */
    invocations: readonly (readonly Entry[])[];
    /** How many entries it was made of. */
    size: number;
    /** The session that asked for it last, and how far that is in it: most requests come from one. */
    latest: {
        session: Session;
        turn: Turn;
    } | undefined;
}
/** What was played to one session: its requests never meet the counters of another. */
export interface Session {
    readonly name: string;
    readonly turns: Map<Sequence, Turn>;
    /** Requests that no recorded exchange answered. */
    missed: number;
    /** Attempts that met a fault. */
    faulted: number;
    readonly faults: FaultTurns;
}
/** How far a session is in one sequence. */
export interface Turn {
    /** Which invocation comes next. */
    next: number;
    /** Invocations of which attempts are left, by what the client calls its own; `''` for clients that name none. */
    live: Map<string, Attempts> | undefined;
    /** How often each entry was played, by its ordinal. */
    readonly times: number[];
}
/** An invocation of which attempts are left. */
export interface Attempts {
    entries: readonly Entry[];
    next: number;
}
/** What a session's requests have met. */
export interface FaultTurns {
    invocations: number;
    /** Invocations of each sequence. */
    bySequence: Map<Sequence, number>;
    /** Those that may come again, by what the client calls them. */
    live: Map<string, LiveInvocation>;
}
/** An invocation, whether a fault fell on it or not. */
export interface LiveInvocation {
    rule: FaultRule | undefined;
    attempts: number;
}
