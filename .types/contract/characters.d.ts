/** How many characters a text has, counted as the API page counts them: Unicode code points, not UTF-16 units. */
export declare function countCharacters(text: string): number;
/** The first 80 characters of a text. */
export declare function cutText(text: string): string;
