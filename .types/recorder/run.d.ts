/** The variable that tells a process tree's recorders that they are one run: when it began, and an id. */
export declare const RUN_VARIABLE = "STARTTASK_RUN";
/** Makes this process and its children one run, unless they are part of one already. */
export declare function joinRun(env: NodeJS.ProcessEnv): void;
/** When the run of this process began, in milliseconds since 1970: now, where it is none of a tree. */
export declare function readRunStart(env: NodeJS.ProcessEnv): number;
/** Finer than `Date.now()`: files are told apart by the time of their last change. */
export declare function readTime(): number;
