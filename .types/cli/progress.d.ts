/** One line on a terminal that says how far a long run is. */
export interface Progress {
    show(text: string): void;
    /** Takes the line away, before something else is written and at the end. */
    clear(): void;
}
export interface ProgressOptions {
    stream: {
        write(text: string): unknown;
        columns?: number;
    };
    now: () => number;
    isShown: boolean;
}
/** A progress line, rewritten at most four times a second. */
export declare function createProgress({ stream, now, isShown }: ProgressOptions): Progress;
/** Whether a stream is a terminal on which a line may be rewritten: not in CI, and not one that calls itself dumb. */
export declare function isAnimated(stream: {
    isTTY?: boolean;
}, env: Readonly<Record<string, string | undefined>>): boolean;
