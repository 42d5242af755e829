import { type Content } from '../../page/index.ts';
import { type Reenactment, type Timeline } from '../../incident/index.ts';
/** How today's code fared in the incident: what is broken of what is expected, outcomes and departures side by side. */
export declare function showReenactment(timeline: Timeline, run: Reenactment<unknown>): Content[];
