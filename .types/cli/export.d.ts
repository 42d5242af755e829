export interface ExportCommand {
    format: string;
    paths: string[];
    out: string;
    scope: string | undefined;
    json: boolean;
}
/** Writes recordings in another format; gives the exit code: 1 when something was left out. */
export declare function runExport({ format, paths, out, scope, json }: ExportCommand): number;
