export interface ScanCommand {
    paths: string[];
    json: boolean;
    /** One line a secret, for programs. */
    plain: boolean;
}
/**
 * Looks for secrets in files, as continuous integration and a commit hook want it. Gives the exit code: 1 when there is one, 3 when there is
 * none but something could not be searched.
 */
export declare function scan({ paths, json, plain }: ScanCommand): Promise<number>;
