export interface PublishCommand {
    paths: string[];
    broker?: string;
    versionId?: string;
    branch?: string;
    tag?: string[];
    timeout: number;
    json: boolean;
}
/** Publishes pacts to a broker; gives the exit code. */
export declare function publish({ paths, broker, versionId, branch, tag, timeout, json, }: PublishCommand): Promise<number>;
