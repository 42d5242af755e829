import { type ReportTargets } from './report.ts';
export interface ReenactCommand extends ReportTargets {
    paths: string[];
    time: 'none' | 'recorded' | {
        scale: number;
    };
    seed: number;
    rules: string | undefined;
    json: boolean;
    command: string[];
}
/** Runs a command against the service of that day. Gives its exit code, or 1 where what the incident's expectations forbid has happened. */
export declare function reenactIncident({ paths, time, seed, rules, json, command, out, markdown, }: ReenactCommand): Promise<number>;
