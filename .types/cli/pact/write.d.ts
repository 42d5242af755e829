export interface WritePactCommand {
    paths: string[];
    consumer: string;
    out: string;
    reads: string[] | undefined;
    json: boolean;
}
/** Makes a pact of recordings; what a recording gave before and gives no longer goes. Gives the exit code: 1 when no interaction came of them. */
export declare function writePact({ paths, consumer, out, reads, json, }: WritePactCommand): Promise<number>;
