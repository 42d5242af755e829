export interface ExplainCommand {
    /** A file with a request body, or `-`. */
    request: string;
    paths: string[];
    operation: string;
    ignore: string[];
    loosen: string[];
    rules: string | undefined;
    json: boolean;
    /** One line an exchange or a difference, for programs. */
    plain: boolean;
}
/** Says what answers a request, or what a miss would say of it; gives 0 or 1. */
export declare function explain({ request, paths, operation, ignore, loosen, rules, json, plain, }: ExplainCommand): Promise<number>;
