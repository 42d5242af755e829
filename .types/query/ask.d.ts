import type { ImportFinding } from '../formats/index.ts';
import { type BuildJob } from './build.ts';
import { type QueryResult, type Question } from './result.ts';
/** What is asked of DuckDB. */
export interface AskJob extends Question, Pick<BuildJob, 'operations' | 'rules' | 'onProgress'> {
    /** Archives of Parquet files; or files of CloudTrail as they lie there; or whatever an archive can be made of, of which a passing one is made. */
    paths: readonly string[];
    /** `duckdb` takes any SELECT that DuckDB understands; otherwise it must mean the same in Athena. */
    dialect?: 'portable' | 'duckdb';
}
/** A response, and what could not be read where a passing archive was made. */
export interface Asked extends QueryResult {
    findings: readonly ImportFinding[];
}
/**
 * Puts a query to DuckDB, whose table `cloudtrail_logs` is what the paths hold. It opens those files and no other, and writes none; what is not redacted stays in
 * memory. Throws `usage` for a query that is refused or wrong, `not-found` also where DuckDB is not installed, `recording-invalid` for what is damaged,
 * `too-large` where memory does not suffice.
 */
export declare function ask(job: AskJob): Promise<Asked>;
