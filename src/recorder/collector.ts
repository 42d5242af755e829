import { checkExchange } from '../contract/index.ts'
import { type Exchange, parseTarget, type TransportFailure } from '../protocol/index.ts'
import {
  openRecordingFile,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  redactExchange,
  type RecordingFile,
  type RedactedExchange,
} from '../recording/index.ts'
import { VERSION } from '../version.ts'
import { type CapturedAnswer, type CapturedRequest, readCapturedAnswer, readCapturedRequest } from './captured.ts'
import { chooseFile, requireOut } from './layout.ts'

/** Where exchanges go and where they come from. */
export interface CollectorOptions {
  /** A `.json` file for all, or a folder with one file for each different request. */
  out: string
  /** Goes into the recordings' provenance. */
  provenance: Record<string, unknown>
}

/** An exchange that has begun. Settled once; a second call does nothing. */
export interface OpenExchange {
  finish(answer: CapturedAnswer | TransportFailure): void
}

/** Redacts, orders and saves exchanges as they end. */
export interface Collector {
  begin(request: CapturedRequest): OpenExchange
  /** Writes what is left. `lost` counts exchanges that began and had no end. */
  stop(): { written: string[]; lost: number }
}

interface Slot {
  exchange?: RedactedExchange
}

/** A save may take at most this share of the time: long recordings are written less often, and whole at the end. */
const SAVE_SHARE = 20

/** Throws `usage` without a usable `out`, and what opening a file that exists throws: one that is no recording is not written over. */
export function createCollector(options: CollectorOptions): Collector {
  const out = requireOut(options.out)
  const began = Date.now()
  const slots: Slot[] = []
  const files = new Map<string, RecordingFile>(out.endsWith('.json') ? [[out, openRecordingFile(out)]] : [])
  const clients = new Set<string>()
  const attempts = createAttemptCounter()
  let nextSave = 0
  let isDirty = false

  const saveAll = () => {
    const done = slots.flatMap(({ exchange }) => exchange ?? [])
    for (const [path, exchanges] of Map.groupBy(done, (exchange) => chooseFile(out, exchange))) {
      const file = files.get(path) ?? openRecordingFile(path)
      files.set(path, file)
      file.save({
        format: RECORDING_FORMAT,
        version: RECORDING_VERSION,
        recordedAt: new Date(began).toISOString(),
        provenance: describeProvenance(options.provenance, clients, exchanges),
        exchanges,
      })
    }
    isDirty = false
  }
  const saveSoon = () => {
    isDirty = true
    const before = performance.now()
    if (before < nextSave) return
    try {
      saveAll()
    } catch {
      // the client's request must not suffer from a full disk: stop tries again, and throws
    }
    const after = performance.now()
    nextSave = after + (after - before) * SAVE_SHARE
  }
  const saveAtExit = () => {
    if (isDirty) saveAll()
  }
  process.once('exit', saveAtExit)

  return {
    begin(request) {
      const slot: Slot = {}
      slots.push(slot)
      const startedAtMs = Date.now() - began
      const { invocation, attempt } = attempts.count(request.headers)
      clients.add(readClient(request.headers['user-agent']))
      return {
        finish(answer) {
          if (slot.exchange) return
          slot.exchange = redactExchange({
            operation: parseTarget(request.headers['x-amz-target'])?.operation ?? 'unknown',
            ...(invocation === undefined ? {} : { invocation, attempt }),
            startedAtMs,
            elapsedMs: Date.now() - began - startedAtMs,
            request: readCapturedRequest(request),
            answer: 'failure' in answer ? answer : readCapturedAnswer(answer),
          })
          saveSoon()
        },
      }
    },
    stop() {
      process.off('exit', saveAtExit)
      saveAll()
      return { written: slots.some(({ exchange }) => exchange) ? [...files.keys()] : [], lost: slots.filter(({ exchange }) => !exchange).length }
    },
  }
}

function describeProvenance(given: Record<string, unknown>, clients: ReadonlySet<string>, exchanges: readonly Exchange[]): Record<string, unknown> {
  const rules = exchanges.flatMap(checkExchange).filter(({ rule, severity }) => severity === 'error' && !rule.startsWith('request.'))
  const departures = [...new Set(rules.map(({ rule }) => rule))].toSorted()
  return {
    recordedBy: `starttask-harness ${VERSION}`,
    client: [...clients].toSorted().join(', '),
    ...given,
    ...(departures.length > 0 ? { departures } : {}),
  }
}

/** The first product of a `User-Agent`, `aws-cli/1.45.11` for example. */
function readClient(userAgent: string | undefined): string {
  return /^[A-Za-z0-9._+-]{1,40}\/[0-9A-Za-z._+-]{1,40}/.exec(userAgent ?? '')?.[0] ?? 'unknown'
}

/** Numbers invocations and their attempts. The SDKs' own invocation ids are random: only the order is kept. */
function createAttemptCounter() {
  const seen = new Map<string, { invocation: string; attempts: number }>()
  return {
    count(headers: Record<string, string>): { invocation: string; attempt: number } | { invocation?: never; attempt?: never } {
      const id = headers['amz-sdk-invocation-id']
      if (id === undefined) return {}
      const known = seen.get(id) ?? { invocation: `invocation-${seen.size + 1}`, attempts: 0 }
      known.attempts += 1
      seen.set(id, known)
      return { invocation: known.invocation, attempt: known.attempts }
    },
  }
}
