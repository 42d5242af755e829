export interface DriftCommand {
    sdk: boolean;
    model: string | undefined;
    json: boolean;
    /** One line a difference, for programs. */
    plain: boolean;
}
/**
 * Says where the documented contract and another source of StartTask no longer agree. Gives the exit code: 1 for drift of severity error or
 * warning that contracts/ does not tell of already; 3 when a source could not be read at all, unless the other one has such drift; else 0.
 */
export declare function drift({ sdk, model, json, plain }: DriftCommand): number;
