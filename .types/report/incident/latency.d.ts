import { type Content, type Plotter } from '../../page/index.ts';
import { type Timeline } from '../../incident/index.ts';
/** How long attempts took: each, or percentiles where there are many. */
export declare function drawLatency(plotter: Plotter, timeline: Timeline): Content[];
