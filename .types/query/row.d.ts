import { type JsonObject } from '../protocol/index.ts';
import type { RedactedExchange, Redaction } from '../redaction/index.ts';
import { type PARTITION_COLUMNS } from './columns.ts';
/** A row of an archive: a value for each column, in their order. Structures are JSON texts. */
export interface Row {
    values: readonly (string | number | null)[];
    partition: Readonly<Record<(typeof PARTITION_COLUMNS)[number], string>>;
}
/** Where a row's exchange comes from. */
export interface RowOrigin {
    /** The path of the recording, archive or file of CloudTrail. */
    path: string;
    /** The exchange's number in it, from 1; `undefined` for CloudTrail. */
    number?: number;
    /** When it began, in milliseconds since 1970; `undefined` where that is not known. */
    at: number | undefined;
}
/** What an exchange tells in the columns of CloudTrail, and in ours. What a recording cannot say is null. */
export declare function describeRecordedRow(exchange: RedactedExchange, origin: RowOrigin): Row;
/** A record of CloudTrail as a row. The exchange that was imported of it has been redacted; the record's other members are redacted here, before anything is made of them. */
export declare function describeCloudTrailRow(event: JsonObject, exchange: RedactedExchange, origin: RowOrigin, redaction: Redaction): Row;
/** CloudTrail puts the account into the names of its folders and files. */
export declare function redactPath(path: string, redaction: Redaction): string;
