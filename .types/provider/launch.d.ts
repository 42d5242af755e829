import { type JsonObject } from '../protocol/index.ts';
import { type Overridden } from './overrides.ts';
import { type Refusal } from './reply.ts';
import type { ClusterState, ProviderState, Tag, TaskDefinitionState } from './state.ts';
/** A StartTask request that is as documented, with what it refers to. */
export interface Launch {
    cluster: ClusterState;
    definition: TaskDefinitionState;
    overridden: Overridden;
    tags: readonly Tag[];
    /** Ids or ARNs as given; the same one twice is two tasks. */
    containerInstances: readonly string[];
    body: JsonObject;
}
/** Reads a StartTask request against the contract, then against the state; the first thing wrong refuses it whole. */
export declare function parseLaunch(body: JsonObject, state: ProviderState): Launch | Refusal;
