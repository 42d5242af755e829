import type { TaskEvent, Timeline } from '../../incident/index.ts';
import { type LinkedPart } from './facts.ts';
/** A task that events tell of. */
interface ToldTask {
    arn: string;
    /** The number of the invocation whose response names it. */
    launcher: number | undefined;
    changes: readonly TaskEvent[];
}
/** Tasks in the order in which events told of them first. */
export declare function groupTasks({ events, invocations }: Timeline): ToldTask[];
/** An ARN's last part tells tasks apart. */
export declare function nameTask(arn: string): string;
/** What became of each task that events tell of. */
export declare function listTasks(timeline: Timeline): LinkedPart;
export {};
