export interface ProviderCommand {
    port: number;
    state: string | undefined;
    seed: number;
}
/** Runs the embedded provider until a signal; gives the exit code. */
export declare function provide({ port, state, seed }: ProviderCommand): Promise<number>;
