import { type JsonObject } from '../protocol/index.ts';
/** A request body of a file, or of standard input (`-`). Throws `usage` for what is no object, and for a recording. */
export declare function readRequest(path: string): Promise<JsonObject>;
