import type { Html } from './markup.ts';
import type { Plotter } from './plot.ts';
import { type PictureWidth, type Stretch } from './scale.ts';
import { type Kind } from './status.ts';
/** How long something took. */
export interface Duration {
    kind: Kind;
    atMs: number;
    tookMs: number;
}
/** Durations over time; each kind by its shape. `isJoined` draws a line through those of a kind. */
export declare function drawDurations({ plot, draw }: Plotter, { label, durations, stretch, isJoined, }: {
    label: string;
    durations: readonly Duration[];
    stretch: Stretch;
    isJoined: boolean;
}, width: PictureWidth): Html;
