/** Changes when what redaction takes out changes: it is a part of the rules' hash, which recordings carry. */
export declare const RULES_VERSION = 2;
export declare const SECRET_PATTERNS: readonly RegExp[];
/** What a secret is called that no pattern finds in the text as it stands. */
export declare const UNNAMED_LOOK = "encoded secret";
/** What a text that holds a secret by its looks holds, in words. */
export declare function nameLook(text: string): string;
/** In every text that holds a secret by its pattern but for a key of forty characters, or the value of an environment. */
export declare const TRIGGER_WORDS: RegExp;
/** In every text that holds a secret by its pattern, or the value of an environment: one look instead of all of the patterns. */
export declare const TRIGGER: RegExp;
/** `"value": "…"` in a text that is JSON or quotes some, cut off or not: the value of a container's environment, if anything. */
export declare const VALUE_TEXTS: readonly RegExp[];
/** Whether a name says that its value is a secret: `DB_PASSWORD`, `secretAccessKey`. Paging and client tokens are none. */
export declare function isSecretName(name: unknown): boolean;
/** Whether an argument of a command says that the next one is a secret: `--db-password`. */
export declare function isSecretFlag(argument: unknown): boolean;
