import { type Exchange, type JsonObject } from '../protocol/index.ts';
import type { Timeline } from './timeline.ts';
/** How the service was at any time of an incident, for requests that nobody made that day. */
export interface Day {
    /** What it would have answered, as far as the day tells; `salt` tells the tasks of equal requests apart. */
    respond(request: JsonObject, atMs: number, salt: string): Exchange['response'];
}
/**
 * While requests were throttled, broken off or met errors of the server, so are others, until a minute after the last of these. Otherwise each container
 * instance gives what it had given last, or what it gave next; one that nobody asked for that day takes the task.
 */
export declare function readDay({ events, beganAt }: Timeline): Day;
