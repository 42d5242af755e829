import type { Finding } from './finding.ts';
import type { Departure } from './side.ts';
/** What the page says about members that a request leaves out. A null member has a finding of its own. */
export declare function findNotes(body: unknown): Departure[];
/** The same as findings, in document order: what is absent comes after what is there. */
export declare function noteDefaults(body: unknown): Finding[];
