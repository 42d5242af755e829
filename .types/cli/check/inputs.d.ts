import type { CheckedAs, SourceDocument } from './documents.ts';
/** A file, or `-` for standard input, and how its documents lie in it. */
export interface Input {
    file: string;
    layout: 'one' | 'lines' | 'unknown';
}
/** What the paths name: files as they are, folders with every `.json` and `.ndjson` file in them, sorted. Throws `not-found`. */
export declare function listInputs(paths: readonly string[], isLines: boolean): Input[];
/** The documents of an input, some at a time. No more of it is held than one document and what came with its end. */
export declare function readDocuments({ file, layout }: Input, as: CheckedAs | undefined): AsyncGenerator<SourceDocument[]>;
