import { type JsonObject } from '../protocol/index.ts';
import { type Refusal } from './reply.ts';
import type { ContainerDefinitionState, TaskDefinitionState } from './state.ts';
/** A definition with a request's overrides applied. */
export interface Overridden {
    /** As a task shows them: the given ones, and `{ name }` for each container that has none, as in the page's sample. */
    overrides: JsonObject;
    containers: readonly ContainerDefinitionState[];
    cpu: number;
    memory: number;
}
/** Applies overrides to a definition. Refuses one that names no container of it, or an amount that is none. */
export declare function applyOverrides(definition: TaskDefinitionState, asked: JsonObject): Overridden | Refusal;
