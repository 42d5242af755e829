import type { JsonObject } from '../protocol/index.ts';
import { type Reply, type Surroundings } from './reply.ts';
/** The instances of a cluster that are not INACTIVE. No instance of a state is ever DRAINING or between states. */
export declare function answerListContainerInstances(body: JsonObject, { state }: Surroundings): Reply;
