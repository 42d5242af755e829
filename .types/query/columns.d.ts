/** The columns of the table that is asked. Source: Athena user guide, "Create a table for CloudTrail logs in Athena using manual partitioning". */
/** How a column is typed. Members of structures have the names that CloudTrail writes; as columns they are in lower case. */
export type ColumnType = 'text' | 'json' | 'map' | 'integer' | 'double' | {
    struct: Readonly<Record<string, ColumnType>>;
} | {
    list: ColumnType;
};
/** A column: its name is the member's of CloudTrail's record, in lower case. */
export interface Column {
    /** As CloudTrail writes it, or as we do. */
    member: string;
    type: ColumnType;
}
/** The columns that Athena documents for CloudTrail, in its order: what a portable query may name. */
export declare const CLOUDTRAIL_COLUMNS: readonly Column[];
/** By what the files of an archive lie in folders. */
export declare const PARTITION_COLUMNS: readonly ['region', 'eventdate'];
/** The columns of an archive's files. */
export declare const ARCHIVE_COLUMNS: readonly Column[];
/** A type as DuckDB writes it, with members of structures in lower case, as in Athena's table, or as CloudTrail writes them. */
export declare function formatDuckDbType(type: ColumnType, names: 'columns' | 'members'): string;
/** What DuckDB's `json_transform` makes of JSON for a type: names as CloudTrail writes them. */
export declare function describeTransform(type: ColumnType): unknown;
/** The statement that makes an archive, copied to S3, a table of Athena's or Trino's Hive catalog. `location` ends in a slash. */
export declare function formatAthenaTable(location: string): string;
