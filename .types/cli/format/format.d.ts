export interface FormatCommand {
    paths: string[];
    /** Whether nothing is written, and a recording that would change fails the run. */
    check: boolean;
    rules: string | undefined;
    json: boolean;
}
/**
 * Brings recordings to their form; one that has it stays byte for byte. Gives the exit code: 1 when something would change (`check`) or holds
 * what redaction takes out, 3 when a file could not be read or written; the others are not held up.
 */
export declare function format({ paths, check, rules, json }: FormatCommand): Promise<number>;
