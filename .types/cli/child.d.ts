/**
 * Runs a command with this terminal and the given environment, and gives its exit code (128 and the signal's number when one ended it).
 * SIGTERM is passed on, and SIGINT where no terminal sends it to the child itself. Throws `not-found` when there is no such command.
 */
export declare function runChild(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number>;
/** The environment that sends a child's ECS calls to an endpoint on this machine and leaves the rest alone. */
export declare function pointAtEndpoint(env: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv;
/** The environment of a child that has these credentials and no others: no profile of its own, no instance metadata. */
export declare function giveCredentials(env: NodeJS.ProcessEnv, { accessKeyId, secretAccessKey, sessionToken, }: {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
}): NodeJS.ProcessEnv;
/**
 * The environment of a child that meets recordings only: the endpoint, placeholder credentials, both region variables (aws-cli 1 reads one, the
 * SDKs the other), no instance metadata, no profile that could bring credentials of its own.
 */
export declare function makeOfflineEnvironment(env: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv;
