export interface IncidentQueryCommand {
    paths: string[];
    named?: string;
    sql?: string;
    file?: string;
    param: string[];
    limit: number;
    dialect: string;
    importTo: string | undefined;
    engine: string;
    database?: string;
    outputLocation?: string;
    workgroup?: string;
    region?: string;
    list: boolean;
    show: boolean;
    ddl?: string;
    allow: string[];
    rules?: string;
    json: boolean;
}
/** Asks, and prints the rows; gives the exit code: 1 when something of what was asked could not be read. */
export declare function queryIncident(command: IncidentQueryCommand): Promise<number>;
