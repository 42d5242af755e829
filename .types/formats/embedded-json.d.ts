/** JSON that stands as text in a member of something else; `undefined` for other text. */
export declare function parseEmbedded(text: string): unknown;
