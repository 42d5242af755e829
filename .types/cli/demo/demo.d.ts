export interface DemoCommand {
    upstream: string | undefined;
    out: string;
}
/** Records each outcome from a service, replays it offline to the same code, checks it, and shows a miss; gives the exit code. */
export declare function demo({ upstream, out }: DemoCommand): Promise<number>;
