/** Does work that Ctrl-C and SIGTERM give up: it is told by the signal, and the exit code says so whatever it throws then. */
export declare function untilInterrupted(work: (signal: AbortSignal) => Promise<number>): Promise<number>;
