/** What a run of the command may end with. */
export declare const EXIT: {
    readonly fine: 0;
    readonly failed: 1;
    readonly usage: 2;
    readonly environment: 3;
    readonly interrupted: 130;
    readonly terminated: 143;
};
/** Writes data: what a pipe wants. */
export declare function printData(text: string): void;
/** Lets a reader that has seen enough go away: `starttask check … | head -1` is no error. */
export declare function allowClosedPipes(): void;
/** Writes a line that begins with a heading, bold on a terminal that shows colours. */
export declare function printHeading(heading: string, text: string): void;
/** Writes what the command was asked for, as text for a person. Foreign text in it is made safe to print. */
export declare function printText(text: string): void;
/** Tells a person what goes on; to standard error, so that data stays clean. Foreign text in it is made safe to print. */
export declare function tell(text: string): void;
/** Tells of an error as fact, place and remedy, without code and stack unless `STARTTASK_DEBUG` is set; gives the exit code that it means. */
export declare function tellError(error: unknown): number;
/** Reads a port from an option's text. Throws `usage`. */
export declare function parsePort(text: string): number;
/** Reads whole numbers from 0 from an option's text. Throws `usage`. */
export declare function parseCountOf(option: string): (text: string) => number;
/** Resolves with the exit code of the signal that ends the run. */
export declare function waitForSignal(): Promise<number>;
