export interface ImportCommand {
    format: string;
    paths: string[];
    out: string;
    allow: string[];
    rules: string | undefined;
    json: boolean;
}
/** Imports exchanges from files of another format; gives the exit code: 1 when something was left out or nothing was found. */
export declare function runImport({ format: name, paths, out, allow, rules: file, json, }: ImportCommand): Promise<number>;
/** Throws `usage` for what can be no recording or archive, or is there already. */
export declare function requireOut(out: string): void;
