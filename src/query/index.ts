/** The archive that can be asked: exchanges by the million as Parquet files, and queries that mean the same in DuckDB, Athena and Trino. */
export { type Asked, ask, type AskJob } from './ask.ts'
export { askAthena, type AthenaJob } from './athena.ts'
export { type BuildJob, buildParquetArchive, type Built } from './build.ts'
export { formatAthenaTable } from './columns.ts'
export { type NamedQuery, NAMED_QUERIES } from './named-queries.ts'
export { type Cell, type QueryResult, type Question } from './result.ts'
export { parseStatement } from './statement.ts'
