import { type WireResponse } from '../protocol/index.ts';
import type { EcsRequest } from './ecs-request.ts';
/**
 * Why a request must not go to the live service, as the response that its client gets instead: it goes elsewhere than to the upstream that was
 * named, speaks a protocol that is not recorded, or holds what redaction put in the place of something, and so comes from a recording. `undefined` when it may go.
 */
export declare function refuseLive(request: EcsRequest, upstream: string): WireResponse | undefined;
