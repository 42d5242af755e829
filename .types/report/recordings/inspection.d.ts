import { type Inspection } from './inspected.ts';
/**
 * One HTML file with a list of exchanges, each of which opens in its place with its findings; filters that are selectors and need no script; and a script of
 * ours that finds text and compares any two. The same inspection gives the same bytes.
 */
export declare function formatInspection(inspection: Inspection): string;
