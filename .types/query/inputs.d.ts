import type { ImportSource } from '../formats/index.ts';
/** What a path was found to be. */
export type Input = {
    kind: 'parquet';
    folder: string;
} | {
    kind: 'recordings';
    path: string;
} | {
    kind: 'lines';
    path: string;
}
/** `isLogFile`: as CloudTrail itself writes it, so that DuckDB can read it where it lies. */
 | {
    kind: 'cloudtrail';
    path: string;
    isLogFile: boolean;
} | {
    kind: 's3';
    url: string;
};
/** Looks what paths hold: archives of Parquet files, recordings, archives of lines, files of CloudTrail, S3. Throws `not-found`. */
export declare function listInputs(paths: readonly string[]): Input[];
/** The sources of CloudTrail in what was found. */
export declare function listCloudTrailSources(input: Input): AsyncGenerator<ImportSource>;
