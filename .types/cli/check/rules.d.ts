import type { PlacedFinding } from './documents.ts';
/** What SARIF says of a rule, from the contract's catalogue where it has it; a rule about files is none of the contract's. */
export declare function describeRule({ rule, source }: PlacedFinding): object;
