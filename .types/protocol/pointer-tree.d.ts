/** A place of a JSON value, with the lists of pointers that it lies in: bit 0 for the first list, bit 1 for the second, and so on. */
export interface MarkedPlace {
    readonly marks: number;
    /** The place of a member or an item of the value here. */
    descend(segment: string): MarkedPlace;
}
/**
 * Makes one tree of lists of parsed JSON Pointers in which `*` stands for any one index or member; gives the place of the whole value. What a
 * pointer names counts for all below it. A step down costs no more for two thousand pointers than for one, but for those that go both through
 * `*` and through a name.
 */
export declare function createPointerTree(...lists: readonly (readonly (readonly string[])[])[]): MarkedPlace;
