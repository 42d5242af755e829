import type { WireRequest } from '../../protocol/index.ts';
import type { Entry, Sequence, Session, Turn } from './sequence.ts';
/** What the next equal request meets after the last recorded response. */
export type AfterLast = 'refuse' | 'repeat' | 'restart';
/** How the session of a request is told: one for all, or by what the request carries. */
export type SessionOption = string | {
    by: 'access-key' | 'app-id';
};
/** How many sessions one replayer keeps: whoever makes up names without end is refused. */
export declare const MOST_SESSIONS = 10000;
export declare function createSession(name: string): Session;
/** How far the session is in a sequence. */
export declare function openTurn(session: Session, sequence: Sequence): Turn;
/** How often a session played what. */
export declare function listPlayed({ turns }: Session): Generator<{
    entry: Entry;
    times: number;
}>;
/**
 * The entry that answers next, `undefined` when all are played. A client's attempts of one invocation (`amz-sdk-invocation-id`) meet the
 * attempts of one recorded invocation, in their order; a client that names none goes through them one by one.
 */
export declare function takeNext(turn: Turn, sequence: Sequence, invocation: string, afterLast: AfterLast): Entry | undefined;
/** As {@link takeNext}, and nothing is taken. */
export declare function seeNext(turn: Turn | undefined, sequence: Sequence, invocation: string, afterLast: AfterLast): Entry | undefined;
/**
 * The session that a request tells: by the path of its URL, which is `/` for everybody else; else by its access key or the app id of its user
 * agent, where the settings say so; else the one that the settings name.
 *
 * @param within what the adapter tells of it, a port for example
 */
export declare function readSession(request: WireRequest, session: SessionOption | undefined, within?: string): string;
/** The session of requests that name none, for messages. */
export declare function describeSession(name: string): string;
