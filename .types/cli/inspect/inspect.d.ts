export interface InspectCommand {
    paths: string[];
    exchange: string | undefined;
    diff: string[];
    outcome: string[];
    reason: string[];
    find: string | undefined;
    html: string | undefined;
    rules: string | undefined;
    plain: boolean;
    json: boolean;
}
/** Shows recordings: a list, one exchange the difference of two, or a page. Gives the exit code: 3 when something could not be read. */
export declare function inspect(command: InspectCommand): Promise<number>;
