import type { ImportSource, TellFinding } from './imported.ts';
/** A source that is one document; `undefined` for one that is none, or too large, which is told. */
export declare function readWholeJson(source: ImportSource, tell: TellFinding): Promise<unknown>;
