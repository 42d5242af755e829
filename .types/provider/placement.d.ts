import type { FailureReasonName } from '../contract/index.ts';
import type { ContainerInstanceState, ProviderState } from './state.ts';
/**
 * Why a task that takes so much cannot start on an instance; `undefined` when it can. The first reason that holds, in this order. LOCATION,
 * ATTRIBUTE and the other RESOURCE reasons need more than the state knows; MISSING is for who looks the instance up.
 */
export declare function findPlacementFailure(state: ProviderState, cluster: string, instance: ContainerInstanceState, taken: {
    cpu: number;
    memory: number;
}): FailureReasonName | undefined;
