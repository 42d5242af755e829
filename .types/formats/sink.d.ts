import type { Rules } from '../config/index.ts';
import type { Imported, ImportFinding } from './imported.ts';
/** Where imported exchanges go, redacted. */
export interface Sink {
    add(imported: Imported): void;
    /** Writes; gives what was left out. */
    finish(): Promise<ImportFinding[]>;
    abandon(): void;
}
/** Opens a recording, or an archive by the ending of its name. */
export declare function openSink(out: string, from: {
    name: string;
    limits: string;
}, rules: Rules): Sink;
