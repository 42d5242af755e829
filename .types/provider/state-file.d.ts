import type { ProviderState } from './state.ts';
/** A state kept in a file. One provider to a file: two would overwrite each other's changes. */
export interface StateFile {
    /** What the file held at first, or was created with. */
    readonly initial: ProviderState;
    /** Takes a new state for writing; a later one replaces it when it is not being written yet. */
    save(state: ProviderState): void;
    /** Resolves when all that was taken is in the file; rejects with `write-failed` when that could not be done. */
    settle(): Promise<void>;
}
/** Opens a state file, or creates it with `fallback`. Throws `usage` or `not-json` for a file that holds no state, naming it. */
export declare function openStateFile(path: string, fallback: () => ProviderState): Promise<StateFile>;
