import type { Html } from './markup.ts';
import type { Plotter } from './plot.ts';
import { type PictureWidth, type Stretch } from './scale.ts';
import { type Kind } from './status.ts';
/** How often something ended so, in one stretch of time. */
export interface Count {
    kind: Kind;
    fromMs: number;
    toMs: number;
    count: number;
}
/** A row of bars for each kind that there is, one under the other on one scale. */
export declare function drawCounts({ plot, draw }: Plotter, { label, kinds, counts, stretch, }: {
    label: string;
    kinds: readonly Kind[];
    counts: readonly Count[];
    stretch: Stretch;
}, width: PictureWidth): Html;
