/**
 * Foreign text for Markdown, as code on one line: all but letters, digits, spaces, commas and dashes are character references, so that nothing in
 * it begins a tag, a link, a mention, a cell or a heading. A text of more than 500 characters is cut.
 */
export declare function formatMarkdownText(text: string): string;
/** A table of cells that are Markdown already. */
export declare function formatMarkdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string;
