import { createArchiveWriter, createKeys } from '../archive/index.ts'
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
import { MAX_RECORDING_BYTES, saveRecording } from '../recording/index.ts'
import { createRecording } from '../protocol/index.ts'
import type { Config } from '../config/index.ts'
import type { Imported, ImportFinding } from './imported.ts'

/** Where imported exchanges go, redacted. */
export interface Sink {
  add(imported: Imported): void
  /** Writes; gives what was left out. */
  finish(): Promise<ImportFinding[]>
  abandon(): void
}

/** Opens a recording, or an archive by the ending of its name. */
export function openSink(
  out: string,
  from: { name: string; limits: string },
  config: Config,
): Sink {
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
