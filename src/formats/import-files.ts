import { createArchiveWriter, createKeys, readUnpacked } from '../archive/index.ts'
import type { Config } from '../config/index.ts'
import { describeReason, formatCount } from '../message/index.ts'
import {
  createRecording,
  MAX_RECORDING_BYTES,
  parseExchangeValue,
  saveRecording,
} from '../recording/index.ts'
import {
  createRedaction,
  loadPseudonymKey,
  type RedactedExchange,
  type RedactedProvenance,
  type RedactedRecording,
  type RedactedTaskState,
  type Redaction,
  scanRecording,
} from '../redaction/index.ts'
import type { Imported, ImportFinding, ImportFormat, ImportSource } from './imported.ts'

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

/** Where imported exchanges go, redacted. */
interface Sink {
  add(imported: Imported): void
  /** Writes; gives what was left out. */
  finish(): Promise<ImportFinding[]>
  abandon(): void
}

/** Opens a recording, or an archive by the ending of its name. */
function openSink(out: string, from: { name: string; limits: string }, config: Config): Sink {
  const redaction = createRedaction({
    key: loadPseudonymKey().key,
    keep: config.keep,
    redact: config.redact,
  })
  const provenance = redaction.redactProvenance({
    source: `imported from ${from.name}`,
    limits: from.limits,
  })
  return out.endsWith('.json')
    ? openRecordingSink(out, provenance, redaction)
    : openArchiveSink(out, { provenance, redaction, config })
}

interface Timed {
  at: number | undefined
  order: string
  exchange: RedactedExchange
}

interface TimedState {
  at: number
  change: RedactedTaskState
}

const byNumbers = new Intl.Collator('en', { numeric: true }).compare

/** One recording: exchanges in the order of their time. What looks like a secret all the same is left out. */
function openRecordingSink(
  out: string,
  provenance: RedactedProvenance,
  redaction: Redaction,
): Sink {
  const kept: Timed[] = []
  const states: TimedState[] = []
  return {
    add(one) {
      if ('task' in one)
        states.push({ at: one.at, change: redaction.redactTaskState({ atMs: 0, task: one.task }) })
      else
        kept.push({
          at: one.at,
          order: one.order ?? '',
          exchange: redaction.redactExchange(one.exchange),
        })
    },
    abandon() {},
    async finish() {
      const whole = assemble(kept, states, provenance)
      const leaks = await scanRecording(whole)
      const recording = leaveOut(whole, leaks)
      if (recording.exchanges.length + (recording.taskStateChanges?.length ?? 0) > 0)
        saveRecording(out, recording, { maxBytes: MAX_RECORDING_BYTES })
      return leaks.map(({ exchange, pointer, kind }) => ({
        file: out,
        rule: 'import.secret',
        severity: 'error',
        message: `${exchange === 0 ? 'what was told of tasks' : `exchange ${exchange}`} still looks like a secret (${kind}) at ${pointer} and is left out; name the place under "redact" in the configuration file`,
      }))
    },
  }
}

function leaveOut(
  { taskStateChanges, ...recording }: RedactedRecording,
  leaks: readonly { exchange: number }[],
): RedactedRecording {
  const bad = new Set(leaks.map(({ exchange }) => exchange))
  return {
    ...recording,
    ...(taskStateChanges && !bad.has(0) ? { taskStateChanges } : {}),
    exchanges: recording.exchanges.filter((_exchange, index) => !bad.has(index + 1)),
  }
}

function assemble(
  kept: readonly Timed[],
  states: readonly TimedState[],
  provenance: RedactedProvenance,
): RedactedRecording {
  const began = [...kept, ...states].reduce(
    (first, { at }) => (at === undefined ? first : Math.min(first, at)),
    Infinity,
  )
  const base = Number.isFinite(began) ? began : 0
  const ordered = kept.toSorted(
    (one, other) => (one.at ?? base) - (other.at ?? base) || byNumbers(one.order, other.order),
  )
  return createRecording({
    recordedAt: new Date(base).toISOString(),
    provenance,
    ...(states.length > 0
      ? {
          taskStateChanges: states
            .toSorted((one, other) => one.at - other.at)
            .map(({ at, change }) => ({ ...change, atMs: at - base })),
        }
      : {}),
    exchanges: ordered.map(({ at = base, exchange }) => ({ ...exchange, startedAtMs: at - base })),
  })
}

interface ArchiveSettings {
  provenance: RedactedProvenance
  redaction: Redaction
  config: Config
}

/** An archive: exchanges in the order of the source, in memory that does not grow. */
function openArchiveSink(out: string, { provenance, redaction, config }: ArchiveSettings): Sink {
  const keys = createKeys({
    match: { ignore: config.match.ignore, loosen: config.match.loosen, environment: 'names' },
    redaction: createRedaction(config),
  })
  let opened: { writer: ReturnType<typeof createArchiveWriter>; base: number } | undefined
  let hasStates = false
  const open = (at: number) => ({
    base: at,
    writer: createArchiveWriter(out, {
      recordedAt: new Date(at).toISOString(),
      provenance,
      keys: keys.rules,
    }),
  })
  return {
    add(one) {
      if ('task' in one) {
        hasStates = true
        return
      }
      const exchange = redaction.redactExchange(one.exchange)
      opened ??= open(one.at ?? 0)
      const clean = { ...exchange, startedAtMs: Math.max(0, (one.at ?? opened.base) - opened.base) }
      opened.writer.add(clean, keys.digest(clean))
    },
    abandon: () => opened?.writer.abandon(),
    finish() {
      opened?.writer.finish()
      return Promise.resolve(hasStates ? [describeStates(out)] : [])
    },
  }
}

function describeStates(out: string): ImportFinding {
  const message =
    'an archive holds exchanges alone: task state changes are left out; import them into a recording, x.json'
  return { file: out, rule: 'import.task-states', severity: 'error', message }
}
