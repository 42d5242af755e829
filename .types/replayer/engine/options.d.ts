import type { MatchRules } from '../../matching/index.ts';
import { type Redaction } from '../../redaction/index.ts';
import type { Fault } from './fault.ts';
import { type Faults } from './faults.ts';
import type { Miss } from './miss.ts';
import type { AfterLast, SessionOption } from './sessions.ts';
/** Time as the replayer sees it; `sleep` takes milliseconds. */
export interface ReplayClock {
    now(): number;
    sleep(ms: number): Promise<void>;
}
/** What every replay adapter takes. An unknown option is an error, never ignored. */
export interface ReplayOptions {
    /**
     * Pointers are JSON Pointers in which `*` stands for any one index or member. `ignore`: places of the body that do not count. `loosen`: places
     * of which only the look counts: a UUID, a time, a hexadecimal id or a number there is as good as any other. `environment`: whether the values
     * of environment entries count, as far as the rules let recordings keep them; otherwise their names alone do.
     */
    match?: {
        ignore?: string[];
        loosen?: string[];
        environment?: 'names' | 'values';
    };
    /** What the next equal request meets after the last recorded response: a miss (default), the last response, or the first one again. */
    afterLast?: AfterLast;
    /** Attempts of one invocation: all of them in turn, as recorded (default), or the last one alone. */
    attempts?: 'recorded' | 'collapsed';
    /** Whether answers take their time: not at all (default), as long as recorded, or scaled. */
    latency?: 'none' | 'recorded' | {
        scale: number;
    };
    /**
     * Sessions have counters of their own. A text names the one session of this adapter; `{ by }` tells sessions by what requests carry. A path
     * in the endpoint's URL (`http://127.0.0.1:4566/shard-1`) tells its session in any case.
     */
    session?: SessionOption;
    /**
     * The rules file; otherwise `starttask.rules.json`, in the working directory or above, as recorders take it. Its `match.ignore` and
     * `match.loosen` are added to the option's own; its `keep` and `redact` make what is sent comparable with what was recorded.
     */
    rules?: string;
    /** What goes wrong besides what was recorded: a list, or the path of a file of faults. What is missed stays a miss. */
    faults?: string | readonly Fault[];
    /**
     * Whether StartTask responses take over what the page documents as coming from the request: cluster, group, `startedBy`, tags, one task for each container
     * instance; with task ids of their own from the second time on, and times moved to now. Otherwise bodies are served as recorded.
     */
    echo?: 'none' | 'documented';
    clock?: ReplayClock;
    onMiss?: (miss: Miss) => void;
}
/** The options with their defaults. */
export interface ReplaySettings {
    match: Required<MatchRules>;
    afterLast: AfterLast;
    attempts: 'recorded' | 'collapsed';
    session: SessionOption | undefined;
    /** The factor on the recorded time; 0 is none. */
    latencyScale: number;
    faults: Faults | undefined;
    isEchoing: boolean;
    /** Brings a request to the form in which recordings keep it. */
    redaction: Redaction;
    clock: ReplayClock;
    onMiss: (miss: Miss) => void;
}
/** Reads replay options. Throws `usage` for an unknown option or value, and what reading a rules file throws. */
export declare function parseReplayOptions(options: ReplayOptions): ReplaySettings;
/** What identifies a request under these options. Throws as {@link parseReplayOptions}. */
export declare function readMatchRules(options: Pick<ReplayOptions, 'match' | 'rules'>): MatchRules;
