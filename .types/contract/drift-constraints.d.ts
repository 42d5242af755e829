import { type Comparison } from './drift-places.ts';
import { type ModelNode } from './model.ts';
/** Compares what may stand at a place beyond its type: enum values, lengths, ranges, pattern, and whether it is secret. */
export declare function compareConstraints(at: Comparison, ours: ModelNode, theirs: ModelNode): void;
