import type { ImportedExchange, ImportFormat, ImportOptions, TellFinding } from './imported.ts';
import { type JsonRecord } from './json-records.ts';
/** Reads CloudTrail. */
export declare const CLOUDTRAIL: ImportFormat;
/** A record of CloudTrail, in whichever form; `undefined` for anything else. */
export declare function readCloudTrailRecord(found: JsonRecord, tell: TellFinding, { operations }: ImportOptions): ImportedExchange | undefined;
