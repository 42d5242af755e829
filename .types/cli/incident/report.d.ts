import { type Timeline } from '../../incident/index.ts';
import { type ReportOptions } from '../../report/index.ts';
/** Where a report goes: an HTML file, a Markdown file or `-` for standard output; `undefined` is not asked for. */
export interface ReportTargets {
    out: string | undefined;
    markdown: string | undefined;
}
export interface ReportCommand extends ReportTargets {
    paths: string[];
    title: string | undefined;
    json: boolean;
}
/** Writes the report of an incident. Gives the exit code: what is found fails nothing. Throws `usage` where it has nowhere to go. */
export declare function reportIncident({ paths, title, json, ...targets }: ReportCommand): Promise<number>;
/** Only a report of ours is written over: a slip of the hand must not cost a recording. Standard output has room for one. Throws `usage`. */
export declare function refuseTargets({ out, markdown }: ReportTargets, json: boolean): void;
/** Writes what is asked for, says so, and gives the paths. */
export declare function writeReport(timeline: Timeline, options: ReportOptions, { out, markdown }: ReportTargets): Promise<string[]>;
