/** Questions that come up after each incident, in the portable subset: the same text runs in DuckDB, Athena and Trino. */
export interface NamedQuery {
    name: string;
    about: string;
    sql: string;
    /** Whether it asks for columns that an archive has, and CloudTrail has not. */
    needsArchive: boolean;
}
/** The queries that ship. */
export declare const NAMED_QUERIES: readonly NamedQuery[];
