import type { ImportFinding } from '../../formats/index.ts';
export interface IncidentArchiveCommand {
    paths: string[];
    out: string;
    allow: string[];
    rules: string | undefined;
    json: boolean;
}
/** Makes an archive of Parquet files; gives the exit code: 1 when something was left out. */
export declare function archiveIncident({ paths, out, allow, rules: file, json, }: IncidentArchiveCommand): Promise<number>;
/** Tells what was left out, a line each. */
export declare function tellFindings(findings: readonly ImportFinding[]): void;
