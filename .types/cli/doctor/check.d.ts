/** What was looked at, and what came of it. */
export interface SetupCheck {
    /** What was looked at, in a word or two; several findings may share it. */
    check: string;
    status: 'ok' | 'warn' | 'fail';
    fact: string;
    /** A file, `FILE:LINE`, or a variable of the environment. */
    place?: string;
    /** What to do; all but `ok` have one. */
    remedy?: string;
}
/** The project that is looked at. */
export interface Project {
    /** The folder with the nearest package.json, or the working directory where there is none. */
    folder: string;
    /** What package.json says; empty where there is none or it is no JSON. */
    manifest: Readonly<Record<string, unknown>>;
    env: Readonly<Record<string, string | undefined>>;
}
