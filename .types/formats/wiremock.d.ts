import type { ImportFormat } from './imported.ts';
/** Reads mappings. */
export declare const WIREMOCK: ImportFormat;
