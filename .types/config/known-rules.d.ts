/** Ids of findings that are not about the contract but about a file that could not be read: teams may give these another severity too. */
export declare const FILE_RULES: readonly string[];
/** Every rule id that a rules file may name. */
export declare const KNOWN_RULES: ReadonlySet<string>;
