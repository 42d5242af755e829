import { type Recording } from '../protocol/index.ts';
import { type Redaction, type RedactedRecording } from '../redaction/index.ts';
export interface RedactCommand {
    paths: string[];
    /** A folder for the clean recordings; otherwise they take the place of the others. */
    out: string | undefined;
    rules: string | undefined;
    /** Whether nothing is written, and a recording that would change fails the run. */
    check: boolean;
    json: boolean;
}
/**
 * Takes out of recordings what redaction takes out when they are made; one that is clean already stays byte for byte. Gives the exit code: 1
 * when something would change (`check`) or still looks like a secret, 3 when a file could not be read or written; the others are not held up.
 */
export declare function redact({ paths, out, rules, check, json }: RedactCommand): Promise<number>;
/** A recording without what redaction takes out, all of it: provenance too. */
export declare function redactRecording(recording: Recording, redaction: Redaction): RedactedRecording;
/** In how many places two values differ. */
export declare function countDifferences(before: unknown, after: unknown): number;
