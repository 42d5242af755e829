export interface ReplayCommand {
    paths: string[];
    ports: number[];
    host: string | undefined;
    allowHosts: string[];
    /** Files; both or none. */
    tlsCert: string | undefined;
    tlsKey: string | undefined;
    afterLast: 'refuse' | 'repeat' | 'restart';
    attempts: 'recorded' | 'collapsed';
    session: string | undefined;
    latency: 'none' | 'recorded' | {
        scale: number;
    };
    /** A file. */
    faults: string | undefined;
    echo: boolean;
    ignore: string[];
    loosen: string[];
    /** The rules file; otherwise starttask.rules.json, in the working directory or above. */
    rules: string | undefined;
    requireUsed: boolean;
    /** The folder in which it is noted what was played. */
    usage: string | undefined;
    json: boolean;
    command: string[];
}
/** Serves recordings, to a command or until a signal; gives the exit code. */
export declare function replay(options: ReplayCommand): Promise<number>;
