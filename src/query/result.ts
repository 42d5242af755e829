/** A value of a row. Structures and lists are JSON texts; numbers that a double may not hold are `bigint` or text. */
export type Cell = string | number | bigint | boolean | null

/** The result of a query. */
export interface QueryResult {
  columns: readonly { name: string; type: string }[]
  rows: readonly (readonly Cell[])[]
  /** Whether there were more rows than were asked for. */
  hasMore: boolean
}

/** A query that is put to an engine. */
export interface Question {
  /** One SELECT; `:name` stands for a parameter. */
  sql: string
  /** Texts; a query that wants another type casts them. */
  parameters?: Readonly<Record<string, string>>
  /** At most so many rows are given; 1000 unless it is given. */
  limit?: number
  /** Ends the query. What was asked rejects then. */
  signal?: AbortSignal
}

/** So many rows are given where nobody says how many. */
export const DEFAULT_LIMIT = 1000
