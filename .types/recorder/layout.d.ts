import { type Exchange } from '../protocol/index.ts';
/**
 * Which file an exchange goes to. A path that ends in `.json` is the one file of all exchanges; any other is a folder with a file for
 * each different request, named for operation, task definition and a digest of what identifies the (redacted) request.
 *
 * @param ignore places of the body that do not count, as the team has decided
 */
export declare function chooseFile(out: string, exchange: Exchange, ignore: readonly string[]): string;
/** What tells an exchange's request from others; a body that is no JSON is told by its text or bytes. */
export declare function identifyExchange({ operation, request }: Exchange, ignore: readonly string[]): string;
/** The files in a folder that {@link chooseFile} may have named; none when there is no such folder. */
export declare function listNamedFiles(folder: string): string[];
/** Throws `usage` when a recording cannot go to the path. */
export declare function requireOut(out: unknown): string;
/** Throws `write-failed` when no file can be made where recordings go: better before the first request than after the last. */
export declare function requireWritable(out: string): void;
