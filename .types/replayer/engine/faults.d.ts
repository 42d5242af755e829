import type { Fault, MetFault } from './fault.ts';
import type { Sequence, Session } from './sequence.ts';
/** Decides on faults. */
export type Faults = (session: Session, sequence: Sequence, invocation: string) => MetFault | undefined;
/**
 * Reads faults from a list, or from a file `{ "format": "starttask-faults", "version": 1, "faults": [...] }`. Throws `usage` for a fault that is
 * none, naming its place, and `not-found` for a file that cannot be read.
 */
export declare function readFaults(given: string | readonly Fault[] | undefined): Faults | undefined;
