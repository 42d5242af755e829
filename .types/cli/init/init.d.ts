import type { Runner } from './runner.ts';
export interface InitCommand {
    runner: Runner | undefined;
    /** Whether the user has said yes already. */
    isAgreed: boolean;
    isDryRun: boolean;
    json: boolean;
}
/** Sets a project up, after a yes; gives the exit code. Without a terminal, and without `--yes`, it shows the plan and throws `usage`. */
export declare function init({ runner, isAgreed, isDryRun, json }: InitCommand): Promise<number>;
