import type { JsonObject } from '../protocol/index.ts';
import { type Reply, type Surroundings } from './reply.ts';
/** Answers StartTask: one task or one failure for each entry of `containerInstances`, in order; HTTP 200 even when none started. */
export declare function answerStartTask(body: JsonObject, surroundings: Surroundings): Reply;
