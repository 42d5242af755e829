/**
 * Runs `act` while no other writer changes the files of this `out`, a file or a folder: a lock file beside them says so. One that a killed
 * process left is taken away. Throws `lock-held` after ten seconds, `write-failed` where no lock can be written.
 */
export declare function holdLock<Result>(out: string, act: () => Promise<Result>): Promise<Result>;
/** Whether a process of this machine runs; one of another user's counts. */
export declare function isAlive(pid: number): boolean;
