import type * as DuckDb from '@duckdb/node-api'
import type { DuckDBAppender, DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'

import { HarnessError } from '../message/index.ts'

/** A database in memory with one connection. It spills nothing to a disk, loads no extension, and has no files of its own. */
export interface Database extends Disposable {
  connection: DuckDBConnection
  /** Reports whether a statement does nothing but read. */
  readsOnly: (prepared: DuckDBPreparedStatement) => boolean
}

export type { DuckDBAppender, DuckDBConnection }

/** Opens DuckDB, where the user installed it. Throws `not-found` where it is not. */
export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance, StatementType } = await loadDuckDb()
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: '', // what a raw file says is not redacted: it must not lie on a disk
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  return {
    connection,
    readsOnly: ({ statementType }) => statementType === StatementType.SELECT,
    [Symbol.dispose]() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function loadDuckDb(): Promise<typeof DuckDb> {
  try {
    return await import('@duckdb/node-api')
  } catch (cause) {
    throw new HarnessError(
      'not-found',
      'DuckDB is needed to keep and ask a Parquet archive, and cannot be loaded here.',
      { remedy: 'npm install -D @duckdb/node-api@1.5.5-r.5', cause },
    )
  }
}
