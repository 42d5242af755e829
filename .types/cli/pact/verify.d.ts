export interface VerifyCommand {
    paths: string[];
    url?: string;
    embedded: boolean;
    statesUrl?: string;
    sign: boolean;
    region?: string;
    timeout: number;
    rules?: string;
    verbose: boolean;
    json: boolean;
    /** One line an interaction that passed, or a mismatch, for programs. */
    plain: boolean;
}
/** Verifies pacts against a service; gives the exit code: 1 when an interaction fails that no listed departure explains, or a listed one is gone. */
export declare function verify(command: VerifyCommand): Promise<number>;
