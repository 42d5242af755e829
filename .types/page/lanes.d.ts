import { type Html } from './markup.ts';
import type { Plotter } from './plot.ts';
import { type PictureWidth, type Stretch } from './scale.ts';
import { type Kind } from './status.ts';
/** What happened of one kind, on a line of its own. */
export interface Lane {
    name: string;
    /** `found` for stretches of time, which are drawn as bands; otherwise the shape of its marks. */
    kind: Kind | 'found';
    /** In milliseconds since the timeline began; `count` of them happened there, and make the mark larger. */
    marks: readonly {
        fromMs: number;
        toMs: number;
        count: number;
    }[];
}
/** Lanes under one time axis. A kind is told by its lane's name and by its shape. */
export declare function drawLanes({ plot, draw }: Plotter, { label, lanes, stretch }: {
    label: string;
    lanes: readonly Lane[];
    stretch: Stretch;
}, width: PictureWidth): Html;
