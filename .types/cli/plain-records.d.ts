/**
 * What `--plain` prints: one record on one line, its fields between tabs, in the order that the command's help gives and always as many. No
 * colour, no folding, nothing shortened, so that grep, cut and awk can rely on it. A field that is not there is empty; a tab or a line feed
 * in a field is `\t` or `\n`, and other characters that steer a terminal are escaped.
 */
export declare function formatRecord(...fields: readonly (string | number | undefined)[]): string;
