/** What pseudonyms are made with. */
export interface PseudonymKey {
    key: Uint8Array;
    /** The file that keeps it, or would; empty where there is no folder for it. */
    place: string;
    /** Whether the file keeps it; otherwise it is this process's alone, and another run gives other pseudonyms. */
    isKept: boolean;
}
/**
 * The key of this user's pseudonyms: 32 random bytes in a file of the user's own, made on first use: `starttask-harness/pseudonym.key` in
 * `XDG_CONFIG_HOME`, `~/.config`, or on Windows `%APPDATA%`. `STARTTASK_KEY_FILE` names another file, for a team that wants equal pseudonyms.
 * Where none can be kept (no home, a home that cannot be written, or one that is a git working tree), one is made for this process.
 *
 * Throws `usage` for a file that holds no key, and for a named file that can neither be read nor made.
 */
export declare function loadPseudonymKey(env?: NodeJS.ProcessEnv): PseudonymKey;
