import type { ImportFormat } from './imported.ts';
/** Reads logs of the SDK, in whatever a structured logger wraps them. */
export declare const SDK_LOG: ImportFormat;
