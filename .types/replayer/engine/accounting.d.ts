import type { WireRequest } from '../../protocol/index.ts';
import { type ExchangePlace, type Library } from './library.ts';
import type { Miss } from './miss.ts';
import { type SentRequest } from './request-log.ts';
import type { Session } from './sequence.ts';
/** What a replayer played, and what not: of all its sessions together. */
export interface Accounting {
    used(): (ExchangePlace & {
        times: number;
    })[];
    /** What nobody asked for. */
    unused(): ExchangePlace[];
    /** All that can be played. */
    all(): ExchangePlace[];
    /** The recordings that were loaded, with how many exchanges each holds. */
    recordings(): {
        recording: string;
        exchanges: number;
    }[];
    /**
     * Throws `unused` when something recorded was not asked for, naming it. Says nothing where the test has failed already: what it did not come
     * to is no finding then.
     */
    requireAllUsed(state?: {
        hasFailed?: boolean;
    }): void;
    /** Starts every sequence of a session again, of all sessions without a name, and forgets what was used. */
    reset(session?: string): void;
    /** The sessions that there were, with their counts; `faulted`, where faults were made, counts the attempts that met one. */
    sessions(): {
        session: string;
        played: number;
        missed: number;
        faulted?: number;
    }[];
    /** The latest misses, at most a hundred, oldest first. */
    unmatched(): UnmatchedRequest[];
    /** The latest requests, at most a thousand, oldest first: each attempt that came, whatever answered it. */
    sent(): SentRequest[];
}
/** A request that no recorded exchange answered. */
export interface UnmatchedRequest {
    session: string;
    phase: Miss['phase'];
    message: string;
}
/** As the engine keeps it. */
interface OpenAccounting extends Accounting {
    /** The session of a request, which it notes. Throws `usage` where there are too many. */
    open(name: string, request: WireRequest): Session;
    see(name: string): Session | undefined;
    noteMiss(session: Session, miss: Miss): void;
}
export declare function createAccounting({ listPlaces, recordings, }: Pick<Library, 'listPlaces' | 'recordings'>): OpenAccounting;
/** The accounting of a replayer, for an adapter to carry. */
export declare function carryAccounting(replayer: Accounting): Accounting;
export {};
