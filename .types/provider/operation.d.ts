import { type WireRequest } from '../protocol/index.ts';
import { type Reply, type Surroundings } from './reply.ts';
/** Reads the framing of a request and has its operation answer. */
export declare function answerOperation(request: WireRequest, surroundings: Surroundings): Reply;
