export interface RecordCommand {
    out: string;
    upstream: string | undefined;
    port: number;
    allow: string[];
    note: string | undefined;
    region: string | undefined;
    rules: string | undefined;
    /** Whether to sign for an upstream that is not AWS's own, too. */
    sign: boolean;
    /** Whether the command keeps the credentials that it has. */
    keepCredentials: boolean;
    command: string[];
}
/** Records what goes through the proxy, of a command or until a signal; gives the exit code. */
export declare function record(options: RecordCommand): Promise<number>;
