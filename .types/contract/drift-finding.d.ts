import type { Severity } from './finding.ts';
import type { Facet, Limit } from './model.ts';
/** How contract and another source disagree. Their names say what happened on the way from the contract to the other. */
export type DriftKind = 'member-added' | 'member-removed' | 'type-changed' | 'required-tightened' | 'required-relaxed' | 'enum-value-added' | 'enum-value-removed' | 'constraint-changed' | 'error-added' | 'error-removed';
export type DriftSide = 'request' | 'response' | 'errors';
/** One disagreement of the contract with another source. */
export interface DriftFinding {
    kind: DriftKind;
    side: DriftSide;
    /** JSON Pointer into the body, in which `*` stands for any item; of an error, its name. */
    pointer: string;
    /** As smithy-diff weighs the same change: see {@link weighDrift}. */
    severity: Severity;
    /** Which constraint, when one has changed. */
    constraint?: Limit | 'pattern' | 'enum';
    /** What the contract has there; absent when it has nothing. */
    contract?: unknown;
    /** What the other source has there; absent when it has nothing. */
    other?: unknown;
    message: string;
    /** Who breaks when they rely on the contract and meet the other. */
    breaks: string;
    /** Whether the API page itself says what the contract has, or another source does. */
    from: 'page' | 'overlay';
    /** Where it stands. */
    source: string;
    /** Whether contracts/ already tells of this. */
    known: boolean;
}
/** A place that one of both sources tells nothing about: neither drift nor agreement. */
export interface Unchecked {
    side: DriftSide;
    pointer: string;
    what: Facet | 'type' | 'errors' | 'condition';
    /** Who is silent; `prose` when no model says what a text says. */
    silent: 'contract' | 'other' | 'prose';
    reason: string;
    /** What the one that is not silent says there, when it has a name: a limit, a condition, a member. */
    rule?: string;
    /** Where the contract says it. */
    source?: string;
}
/** What a change does, beyond its kind: a required member that is new, a limit that excludes more, or less, or is gone, an enum that is open. */
export type Turn = 'required' | 'scalar' | 'stricter' | 'looser' | 'gone' | 'opened' | 'noted';
/**
 * What smithy-diff gives the same change, its ERROR and DANGER as error, its WARNING as warning, its NOTE as info:
 *
 * - `AddedShape` note, `AddedRequiredMember` error; `RemovedShape` error for a member
 * - `ChangedShapeType`, `ChangedMemberTarget` error for another type
 * - `ChangedNullability` error for required either way, warning where it is taken from a structure or union
 * - `ChangedEnumTrait` note for a value that is added, error for one that is removed. It calls a value inserted before the end an error,
 *   for the sake of ordinals; JSON has none. An enum that comes or goes as a whole is an error (`diff.error.add`, `diff.error.remove`)
 * - `ChangedLengthTrait`, `ChangedRangeTrait` error for a limit that excludes more; `ModifiedTrait` warning for one that is gone. A limit that
 *   excludes less is not reported there and info here; a whole new limit is a note there and, since it excludes more, an error here
 * - `ModifiedTrait` note for a pattern that comes or changes, warning for one that goes
 * - `AddedOperationError`, `RemovedOperationError` warning
 */
export declare function weighDrift(kind: DriftKind, turn?: Turn): Severity;
/** Who breaks by a change. */
export declare function nameBroken(kind: DriftKind, side: DriftSide, turn?: Turn): string;
