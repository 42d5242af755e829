import type { JsonObject } from '../protocol/index.ts';
import type { ProviderState, TaskState } from './state.ts';
/**
 * A task as the page's response shows it, at a moment. Its status is computed: PENDING, RUNNING one second after `createdAt`, STOPPED
 * once stopped; `version` is 1 and grows with each of them. `launchType` is left out: the page ties none to StartTask.
 */
export declare function shapeTask(state: ProviderState, task: TaskState, now: number): JsonObject;
