import type { JsonObject } from '../protocol/index.ts';
import { type Reply, type Surroundings } from './reply.ts';
/** Tasks as they are now, tags only on request; a MISSING failure for each that the cluster does not have. */
export declare function answerDescribeTasks(body: JsonObject, { state, now }: Surroundings): Reply;
