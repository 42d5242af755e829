import type { Finding } from './finding.ts';
import type { Side } from './side.ts';
/** What departs from one side of the contract, in the document order of `body`. Never throws. */
export declare function checkSide(side: Side, body: unknown): Finding[];
/** The one finding of a value that is not walked. */
export declare function describeRefusal(name: 'request' | 'response' | 'error', refused: 'depth' | 'size'): Finding;
