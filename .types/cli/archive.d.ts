export interface ArchiveCommand {
    paths: string[];
    out: string;
    rules: string | undefined;
    json: boolean;
}
/** Puts exchanges from recordings, archives and NDJSON into one archive, redacted; gives the exit code: 1 when something was left out. */
export declare function archive({ paths, out, rules: file, json }: ArchiveCommand): Promise<number>;
