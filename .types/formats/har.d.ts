import type { ImportFormat } from './imported.ts';
/** Reads HTTP archives. */
export declare const HAR: ImportFormat;
