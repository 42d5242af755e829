import { describeReason, formatCount } from '../message/index.ts'
import { readUnpacked } from '../archive/index.ts'
import { parseExchangeValue } from '../recording/index.ts'
import type { Config } from '../config/index.ts'
import type { Imported, ImportFinding, ImportFormat, ImportSource } from './imported.ts'
import { openSink } from './sink.ts'

/** What to import, and where to. */
export interface ImportJob {
  format: ImportFormat
  files: readonly string[]
  /** A recording, `x.json`, or an archive, `x.ndjson` or `x.ndjson.zst`. */
  out: string
  operations: readonly string[]
  config: Config
  /** Told often; what is cheap may be done here. */
  onProgress: (progress: ImportProgress) => void
}

/** How far an import is. */
export interface ImportProgress {
  /** The file that is read, from 1. */
  file: number
  /** What was read of all files so far, unpacked. */
  bytes: number
  /** Exchanges and task state changes so far. */
  found: number
}

export interface ImportResult {
  exchanges: number
  taskStates: number
  findings: ImportFinding[]
}

/** Imports files into one recording or archive, redacted; nothing is written where there is nothing. Throws what writing throws. */
export function importFiles({ files, ...job }: ImportJob): Promise<ImportResult> {
  return importSources({
    ...job,
    sources: files.map((file) => ({ file, read: () => readUnpacked(file) })),
  })
}

/** As {@link importFiles}, from what need not be files. */
export async function importSources(
  job: Omit<ImportJob, 'files'> & { sources: readonly ImportSource[] },
): Promise<ImportResult> {
  const { format, sources, out, operations, config, onProgress } = job
  const sink = openSink(out, format, config)
  const result: ImportResult = { exchanges: 0, taskStates: 0, findings: [] }
  let [at, bytes] = [0, 0]
  const report = () => onProgress({ file: at, bytes, found: result.exchanges + result.taskStates })
  const count = (piece: Uint8Array) => {
    bytes += piece.length
    report()
  }
  try {
    for (const [index, source] of sources.entries()) {
      const { file } = source
      at = index + 1
      const tell = (finding: Omit<ImportFinding, 'file'>) =>
        void result.findings.push({ file, ...finding })
      const order = createOrderWatch()
      for await (const imported of format.read(watchPieces(source, count), tell, { operations })) {
        const reason = 'task' in imported ? undefined : findRefusal(imported.exchange)
        const place = imported.line === undefined ? {} : { line: imported.line }
        if (reason !== undefined) {
          tell({
            ...place,
            rule: 'import.record',
            severity: 'error',
            message: `no recording can hold it: ${reason}`,
          })
          continue
        }
        order.see(imported)
        sink.add(imported)
        if ('task' in imported) result.taskStates += 1
        else result.exchanges += 1
        if ((result.exchanges + result.taskStates) % BETWEEN_REPORTS === 0) report()
      }
      order.finish(tell, out.endsWith('.json'))
      report()
    }
    if (result.exchanges + result.taskStates > 0) result.findings.push(...(await sink.finish()))
    else sink.abandon()
  } catch (error) {
    sink.abandon()
    throw error
  }
  return result
}

/** A document that is parsed as one gives many exchanges after its last byte was read. */
const BETWEEN_REPORTS = 500

function watchPieces(source: ImportSource, see: (piece: Uint8Array) => void): ImportSource {
  return {
    file: source.file,
    async *read() {
      for await (const piece of source.read()) {
        see(piece)
        yield piece
      }
    },
  }
}

/** Returns the reason why the recording format rejects an exchange; `undefined` if it accepts it. */
export function findRefusal(exchange: unknown): string | undefined {
  try {
    parseExchangeValue(exchange, 'the exchange')
    return undefined
  } catch (error) {
    return describeReason(error)
  }
}

/** Counts records that are earlier than the one before them in their file. */
function createOrderWatch() {
  let last = -Infinity
  let first: { line?: number } | undefined
  let count = 0
  return {
    see({ at, line }: Imported) {
      if (at === undefined) return
      if (at < last) {
        first ??= line === undefined ? {} : { line }
        count += 1
      }
      last = at
    },
    finish(tell: (finding: Omit<ImportFinding, 'file'>) => void, isSorted: boolean) {
      if (!first) return
      const records = formatCount(count, 'record is', 'records are')
      const message = `${records} earlier than the one before, the first of them here; ${isSorted ? 'they stand in the order of their times now' : 'an archive keeps the order of its source'}`
      tell({ ...first, rule: 'import.order', severity: 'info', message })
    },
  }
}
