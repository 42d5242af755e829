export interface PruneCommand {
    paths: string[];
    /** The folder in which runs noted what they played. */
    usage: string;
    check: boolean;
    json: boolean;
}
/** Drops what no run played, or tells of it; gives the exit code. Looks at everything before it writes anything. */
export declare function prune({ paths, usage, check, json }: PruneCommand): number;
