export interface ComposeCommand {
    /** A file with a request body, or `-`. */
    request: string | undefined;
    outcome: string;
    reasons: string[];
    error: string | undefined;
    status: string | undefined;
    detail: string | undefined;
    message: string | undefined;
    out: string;
    append: boolean;
    rules: string | undefined;
    json: boolean;
}
/** Writes a recording of one outcome, or adds to one; gives the exit code: 1 when the request breaks the contract. */
export declare function compose(command: ComposeCommand): Promise<number>;
