export interface ProposeCommand {
    old: string;
    new: string;
    /** The rules file; left out, it is looked for. */
    rules: string | undefined;
    json: boolean;
    /** One line a place, for programs. */
    plain: boolean;
}
/** Says which places of the requests differ between two recordings of one flow, as rules to take over or not; changes nothing. */
export declare function propose({ old, new: fresh, rules, json, plain, }: ProposeCommand): Promise<number>;
