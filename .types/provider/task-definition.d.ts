import { type Refusal } from './reply.ts';
import type { ProviderState, TaskDefinitionState } from './state.ts';
/**
 * The revision that a request means: `family`, `family:revision` or the ARN; without a revision the latest ACTIVE one, as the page says.
 * Both refusals are worded as the service's were seen.
 */
export declare function findTaskDefinition(state: ProviderState, reference: string): TaskDefinitionState | Refusal;
