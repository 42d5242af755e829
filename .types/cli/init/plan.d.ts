import { type FoundRunner, type Runner } from './runner.ts';
import { type Client } from './test.ts';
/** One file of a plan. What is there already is left as it is, but for lines that are added to a `.gitignore`. */
export interface PlannedFile {
    /** From the project's folder, with `/`. */
    path: string;
    action: 'create' | 'add-line' | 'keep';
    text: string;
}
/** What setting a project up would do. */
export interface Plan extends FoundRunner {
    folder: string;
    client: Client;
    files: PlannedFile[];
    /** What to type next, in order. */
    next: string[];
}
/** Plans a set-up for the project around the working directory; writes nothing. Throws `not-found` where there is no package.json. */
export declare function planSetup(told: Runner | undefined): Plan;
/** Does what a plan says. A file that has come meanwhile is not overwritten. Throws `write-failed`. */
export declare function carryOut({ folder, files }: Plan): void;
