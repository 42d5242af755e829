import { type Reenactment, type Timeline } from '../../incident/index.ts';
/** How today's code fared, in Markdown. */
export declare function listReenactment(timeline: Timeline, run: Reenactment<unknown>): string[];
