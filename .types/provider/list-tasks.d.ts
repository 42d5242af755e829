import type { JsonObject } from '../protocol/index.ts';
import { type Reply, type Surroundings } from './reply.ts';
/** The tasks of a cluster whose desired status is RUNNING, unless another is asked for; none ever has the desired status PENDING. */
export declare function answerListTasks(body: JsonObject, { state }: Surroundings): Reply;
