import { type QueryResult, type Question } from './result.ts';
/** What is asked of Athena, as the user typed it. Region, credentials and endpoint are found by the AWS SDK as everywhere. */
export interface AthenaJob extends Question {
    database: string;
    /** `s3://bucket/prefix/`, where Athena keeps the rows; a workgroup may say it too. */
    outputLocation?: string;
    workgroup?: string;
    region?: string;
    /** Waits; a test hands in its own. */
    wait?: (ms: number) => Promise<void>;
    onProgress?: (state: string) => void;
}
/**
 * Puts the same text to Athena, whose table or view `cloudtrail_logs` in the database named is the user's own: starts the query, waits for its end, and reads the rows
 * page by page. The values of parameters go beside the text, as `ExecutionParameters`. Throws `usage` for a query that is refused, or fails; `not-found` where the SDK's
 * client is not installed; `credentials-missing`, `upstream-unreachable`. A query that is given up is stopped.
 */
export declare function askAthena(job: AthenaJob): Promise<QueryResult>;
