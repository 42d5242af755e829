import type { ImportSource, TellFinding } from './imported.ts';
import type { JsonRecord } from './json-records.ts';
/** The rows of a CSV file whose first line names the columns, which are given in lower case. What cannot be read any more is told with its line. */
export declare function readCsvRows(source: ImportSource, tell: TellFinding): AsyncGenerator<JsonRecord>;
/** The rows of what a command line printed; anything else is given as it is. */
export declare function unfoldRows(record: JsonRecord): Generator<JsonRecord>;
