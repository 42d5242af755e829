import type { ImportFormat } from './imported.ts';
/** Reads debug logs. */
export declare const AWS_CLI_DEBUG: ImportFormat;
