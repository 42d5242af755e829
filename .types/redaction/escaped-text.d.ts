/** Where a piece of a text stands; `end` is behind it. */
export interface Range {
    start: number;
    end: number;
}
/** A text with where each of its characters stood in the original; without places, it is the original. */
export interface View {
    text: string;
    starts: readonly number[] | undefined;
    ends: readonly number[] | undefined;
}
export declare function locate(view: View, { start, end }: Range): Range;
/** The text one layer of escapes further in; `undefined` when there is none. */
export declare function unescapeView(view: View): View | undefined;
