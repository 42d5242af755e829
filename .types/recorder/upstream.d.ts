/** A service to which requests are passed on. */
export interface Upstream {
    url: URL;
    /** Whether it is an endpoint of AWS's own, which checks signatures. */
    isAws: boolean;
    /** The region that its name tells. */
    region: string | undefined;
}
/** Reads an upstream's URL. Throws `upstream-required` for what is none, `usage` for one with a user or password. */
export declare function parseUpstream(text: string): Upstream;
/** What is told of an upstream in recordings: no more than its host, and nothing of one on this machine. */
export declare function nameUpstream({ url }: Upstream): string;
