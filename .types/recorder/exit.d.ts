/** What a recorder does when its process ends without having stopped it. */
export interface Leaver {
    /** Writes what is left to the journal. */
    leave(): void;
    /** The arguments of the process that puts the journal in place; `undefined` when there is none. */
    readonly left: {
        out: string;
        journal: string;
    } | undefined;
}
/** Watches for the end of the process; gives the function that ends it. One listener for all recorders: Node.js warns of more than ten. */
export declare function watchExit(leaver: Leaver): () => void;
