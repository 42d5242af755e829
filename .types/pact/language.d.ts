/** Whether one language lies inside another: it does, or `outside` is a shortest text that it does not share, or nobody can tell. */
export type Containment = {
    kind: 'inside';
} | {
    kind: 'outside';
    example: string;
    isDisjoint: boolean;
} | {
    kind: 'undecided';
    reason: string;
};
/** Whether a regular expression accepts a text as Pact reads it: the whole of it; `undefined` where nobody can tell. Takes no more time than the text is long. */
export declare function acceptsText(regex: string, text: string): boolean | undefined;
/**
 * Whether every text that `regex` accepts, as Pact reads it (measured with pact-ffi 0.5.8: it matches the whole text, and its classes are Unicode's),
 * is accepted by `allowed`. Answers are remembered: the same matcher comes again with each interaction.
 */
export declare function decideContainment(regex: string, allowed: string): Containment;
