/** Observable Plot, drawing into linkedom: pictures are made here, once, so that a page needs no script. Both are loaded when a picture is drawn. */
import type * as PlotModule from '@observablehq/plot';
import { type Html } from './markup.ts';
/** The functions of Plot. */
export type Plot = typeof PlotModule;
/** Plot, and what makes markup of what it draws. */
export interface Plotter {
    plot: Plot;
    /** Makes the picture; `label` says in words what it shows. */
    readonly draw: (label: string, options: PlotModule.PlotOptions) => Html;
}
/** Loads Plot and a document for it. Throws `not-found` where one of them is not installed. */
export declare function loadPlotter(): Promise<Plotter>;
