import type { ReplayOptions } from '../replayer/engine/index.ts';
import { type LiveMode, type Mode } from './mode.ts';
/** What a session is told. An unknown option is an error, never ignored. */
export interface SessionOptions {
    /** A `.json` file, or a folder: recordings are read from it, and new ones go to it. */
    recordings: string;
    /** Left out, `STARTTASK_MODE` says it; without that it is `replay`. */
    mode?: Mode;
    /** The live service, for the modes that need one; left out, `STARTTASK_UPSTREAM` says it. Never taken from a recording. */
    upstream?: string;
    /** Operations that are recorded besides StartTask. */
    allow?: readonly string[];
    /** The rules file; otherwise `starttask.rules.json`, in the working directory or above. */
    rules?: string;
    /** How recordings are replayed. */
    replay?: ReplayOptions;
}
/** What a session does, read and checked. */
export type SessionSettings = {
    mode: 'off';
} | {
    mode: 'replay';
    recordings: string;
    replay: ReplayOptions;
} | {
    mode: LiveMode;
    recordings: string;
    replay: ReplayOptions;
    /** The origin that live requests may go to. */
    upstream: string;
    operations: readonly string[];
    rules: string | undefined;
};
/** Reads a session's options. Throws `usage` for a wrong one, `upstream-required` for a live mode without its service. */
export declare function parseSessionOptions(options: SessionOptions, env: NodeJS.ProcessEnv): SessionSettings;
