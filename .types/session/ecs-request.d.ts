import { type WireRequest } from '../protocol/index.ts';
/** A request to ECS, read whole. */
export interface EcsRequest extends WireRequest {
    body: Uint8Array;
    /** Where it goes: `https://ecs.us-east-1.amazonaws.com`. */
    origin: string;
    /** The whole target as it was sent, and the operation that it names. */
    target: string;
    operation: string | undefined;
}
/** Whether a request is meant for ECS, by its target, its host, its path or what it is signed for: rather one too many than one that slips by. */
export declare function isEcsRequest(request: Request): boolean;
/** Whether a text with the target in it, or a host, names ECS. */
export declare function namesEcs(text: string, host: string): boolean;
/** Reads a request, of which the client notices nothing. */
export declare function readEcsRequest(request: Request): Promise<EcsRequest>;
