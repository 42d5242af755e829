/** What a text looks like that is another with each run. */
export type VolatileKind = 'uuid' | 'time' | 'hex id' | 'number' | 'other';
/** What differs between two texts that are otherwise the same; `undefined` where more differs than what looks volatile. */
export declare function findDifferentKind(one: string, other: string): VolatileKind | undefined;
/** A text in which whatever looks volatile is replaced by the name of its kind. */
export declare function replaceVolatile(text: string): string;
