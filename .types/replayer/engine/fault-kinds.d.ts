import type { Fault, MetFault } from './fault.ts';
/** Every name that a fault can have. */
export declare function listFaultNames(): string[];
/** What a fault does. Throws `usage`, with the place, for a name that the catalogue does not have, and for what does not belong to the name. */
export declare function makeFault(fault: Fault, place: string): MetFault;
