export interface CoverageCommand {
    paths: string[];
    /** The folder in which runs noted what they played; without it all that is recorded counts. */
    usage: string | undefined;
    rules: string | undefined;
    all: boolean;
    json: boolean;
    /** One line a name, for programs. */
    plain: boolean;
}
/** Tells how much of the contract recordings have touched; gives the exit code: 1 when it is less than the rules file asks for. */
export declare function coverage({ paths, usage, rules: file, all, json, plain, }: CoverageCommand): Promise<number>;
