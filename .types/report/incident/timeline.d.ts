import { type Html, type Plotter } from '../../page/index.ts';
import { type Timeline } from '../../incident/index.ts';
/** Everything on one time axis; and the short time in which most of it was, where there is one. */
export declare function drawTimelines(plotter: Plotter, timeline: Timeline): Html[];
