import type { ImportSource } from '../formats/index.ts';
/** Whether a path names objects of S3. */
export declare function isS3(path: string): boolean;
/**
 * The objects below `s3://bucket/prefix` whose names end as CloudTrail's files do, in the order of their names. Each is streamed when it is read, and nothing
 * of it is put on a disk. The AWS SDK finds region, credentials and endpoint as everywhere. Throws `not-found` where the SDK's client is not installed,
 * `usage` for what is no such address, `credentials-missing` and `upstream-unreachable` where S3 does not give what was asked for.
 */
export declare function listObjects(url: string): AsyncGenerator<ImportSource>;
