/** One place at which a sent request differs from a recorded one. */
export interface Difference {
    pointer: string;
    /** `missing`: recorded, not sent. `added`: sent, not recorded. */
    kind: 'changed' | 'missing' | 'added';
    recorded?: unknown;
    sent?: unknown;
}
/** Every place at which two shapes differ, in the order of the recorded one; none when they are the same. */
export declare function findDifferences(recorded: unknown, sent: unknown, path?: readonly (string | number)[]): Difference[];
/**
 * How far two shapes lie apart: the values that the differences hold, those that say what runs and where three times as heavy as others.
 */
export declare function measureDistance(differences: readonly Difference[]): number;
/** How much a member of a request counts. */
export declare function readWeight(member: string): number;
