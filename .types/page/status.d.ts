import { type Html } from './markup.ts';
/** How an attempt ended: the outcomes of a response; `failed` without one; `answered`, of another operation. */
export type Status = 'started' | 'partial' | 'unplaced' | 'rejected' | 'unreadable' | 'failed' | 'answered';
/** What a mark of a picture stands for: how an attempt ended, what became of a task, or a percentile. */
export type Kind = Status | 'task' | 'p50' | 'p90' | 'p99';
type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'task';
/** Every status, in the order in which reports count them. */
export declare function listStatuses(): Status[];
/** The class that gives a mark its colour. */
export declare function nameTone(kind: Kind): Tone;
/** What a shape is drawn with: a path of SVG, or of a canvas. */
export interface Pen {
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    arc(x: number, y: number, radius: number, from: number, to: number): void;
    closePath(): void;
}
/** Draws a kind's shape around the origin, as large as a circle of that radius. */
export declare function drawShape(kind: Kind, pen: Pen, radius: number): void;
/** A kind as shape and word. */
export declare function buildStatus(kind: Kind, text?: string): Html;
export {};
