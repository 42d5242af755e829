import type { Timeline } from '../../incident/index.ts';
import { type ReportOptions } from './facts.ts';
/**
 * An incident as one HTML file that needs nothing else: findings, pictures, every invocation as far as there is room, and how today's code fared where that is
 * given. It holds no script, and a strict policy. Less than 5 MB, however large the incident: what is left out is counted and said. The same incident gives the same bytes.
 *
 * Throws `not-found` where @observablehq/plot or linkedom is not installed: they draw the pictures.
 */
export declare function formatReport(timeline: Timeline, options?: ReportOptions): Promise<string>;
/** Throws what {@link formatReport} would for pictures that cannot be drawn: for whoever has long work to do before there is something to report. */
export declare function requirePictures(): Promise<void>;
