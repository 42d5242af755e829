import { type Content, type Html } from './markup.ts';
import type { PictureWidth } from './scale.ts';
export interface Figure {
    caption: Content;
    /** The picture in each of its widths; the page shows the one that fits. */
    draw: (width: PictureWidth) => Html;
}
/** A picture with its caption, and what else belongs to it: a key, the numbers as a table. */
export declare function buildFigure({ caption, draw }: Figure, ...content: readonly Content[]): Html;
