/** A text as it is where it is plain, otherwise as code, in which nothing has a meaning. Line feeds, tabs and pipes are shown as what they are. */
export declare function sayText(text: string): string;
/** A text as code. */
export declare function sayCode(text: string): string;
/** A table; cells are Markdown. */
export declare function formatMarkdownTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string;
