/** The archive that can be asked: exchanges by the million as Parquet files, and queries that mean the same in DuckDB, Athena and Trino. */
export { ask, type Asked, type AskJob } from './ask.ts';
export { askAthena, type AthenaJob } from './athena.ts';
export { type BuildJob, buildParquetArchive, type Built } from './build.ts';
export { formatAthenaTable } from './columns.ts';
export { NAMED_QUERIES, type NamedQuery } from './named-queries.ts';
export type { Cell, QueryResult, Question } from './result.ts';
export { parseStatement } from './statement.ts';
