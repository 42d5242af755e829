import type { JsonObject } from '../protocol/index.ts';
import { type Reply, type Surroundings } from './reply.ts';
/** Stops a task at once, and frees what it takes. A task that is stopped already stays as it is, its first reason with it. */
export declare function answerStopTask(body: JsonObject, { state, now }: Surroundings): Reply;
