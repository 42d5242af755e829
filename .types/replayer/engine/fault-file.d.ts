import { HarnessError } from '../../message/index.ts';
import { type JsonObject } from '../../protocol/index.ts';
/** Reads a file of faults; what its list holds is still to be looked at. Throws `not-found`, `usage`, and what parsing throws. */
export declare function readFaultFile(path: string): unknown;
/** Throws `usage` for a member that is none of the known ones. */
export declare function refuseMembers(given: JsonObject, known: readonly string[], place: string): void;
export declare function refuse(place: string, fact: string): HarnessError;
