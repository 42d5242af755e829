import type { ImportFormat } from './imported.ts';
/** Reads definitions of nock. */
export declare const NOCK: ImportFormat;
