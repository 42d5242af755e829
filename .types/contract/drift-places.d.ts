import { type DriftFinding, type DriftKind, type DriftSide, type Turn, type Unchecked } from './drift-finding.ts';
import type { Facet, Model, ModelNode, Origin } from './model.ts';
/** Both sides of a comparison at one place, and where its findings go. */
export interface Comparison {
    readonly contract: Model;
    readonly other: Model;
    readonly side: 'request' | 'response';
    readonly segments: readonly string[];
    readonly drift: DriftFinding[];
    readonly unchecked: Unchecked[];
}
/** The same comparison one step deeper. */
export declare function stepInto(comparison: Comparison, segment: string): Comparison;
type Told = Pick<DriftFinding, 'message'> & Partial<Pick<DriftFinding, 'contract' | 'other' | 'constraint' | 'known'>>;
/** Notes drift at the place of the comparison. */
export declare function noteDrift(at: Pick<Comparison, 'drift' | 'segments'> & {
    side: DriftSide;
}, kind: DriftKind, origin: Origin, told: Told, turn?: Turn): void;
/** Notes that the place of the comparison could not be checked. */
export declare function noteUnchecked(at: Comparison, unchecked: Omit<Unchecked, 'side' | 'pointer'>): void;
/**
 * Whether both sources carry a facet, and at least one has something there. Where one does not carry it and the other has something (`ours`,
 * `theirs`), that is noted as not checked. So is what only a text says and the model does not have.
 */
export declare function isComparable(at: Comparison, what: Facet, ours: {
    origin: Origin;
} | undefined, theirs: unknown, rule?: string): boolean;
/** Why a rule of prose is not compared. */
export declare const PROSE = "only a text says so, no AWS model does";
/** The texts that are not among others, in their order. */
export declare function findMissing(texts: readonly string[], others: readonly string[]): string[];
/** A type in words: `list of string`, `integer`. */
export declare function describeType(node: ModelNode, depth?: number): string;
export {};
