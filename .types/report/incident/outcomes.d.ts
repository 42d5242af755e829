import { type Content, type Plotter } from '../../page/index.ts';
import { type Timeline } from '../../incident/index.ts';
/** How attempts ended, over time. */
export declare function drawOutcomes(plotter: Plotter, timeline: Timeline): Content[];
