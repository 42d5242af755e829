import type { NewerMember, Shape } from './shape.ts';
/** The way to a place in a checked value: member names and array indexes. */
export type Segments = readonly (string | number)[];
/** A place as rule ids name it: `tags[].key`. */
export declare function formatRulePath(segments: Segments): string;
/** A place as messages name it: `tags[3].key`. A name that is no plain word is quoted, and cut when it is long. */
export declare function formatLabel(segments: Segments, whole: string): string;
/** Where the contract of a place stands: the nearest source above it. */
export declare function findSource(shape: Shape, segments: Segments): string;
/** What a later model says about the member at a place that the page does not have; `undefined` when none has it. */
export declare function findNewer(shape: Shape, segments: Segments): NewerMember | undefined;
/** The shape of an object's member; `undefined` when the page has no such member. */
export declare function findMember(shape: Shape | undefined, name: string): Shape | undefined;
/** What stands at a place; `undefined` when nothing does. */
export declare function readPlace(root: unknown, segments: Segments): unknown;
/** Sorts what has segments into the document order of `root`: a whole before its members, a missing member after its siblings. */
export declare function sortByPlace<T extends {
    segments: Segments;
}>(items: readonly T[], root: unknown): T[];
