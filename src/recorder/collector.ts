import { checkExchange } from '../contract/index.ts'
import { type Exchange, parseTarget, type TransportFailure } from '../protocol/index.ts'
import {
  openRecordingFile,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  redactExchange,
  redactRequestBody,
  type RecordingFile,
  type RedactedExchange,
} from '../recording/index.ts'
import { VERSION } from '../version.ts'
import { type CapturedAnswer, type CapturedRequest, readCapturedAnswer, readCapturedRequest } from './captured.ts'
import { chooseFile, listNamedFiles, requireOut } from './layout.ts'

/** Where exchanges go and where they come from. */
export interface CollectorOptions {
  /** A `.json` file for all, or a folder with one file for each different request. */
  out: string
  /** Goes into the recordings' provenance. */
  provenance: Record<string, unknown>
}

/** An exchange that has begun. Settled once, and not after the collector's stop: a later call does nothing. Never throws. */
export interface OpenExchange {
  finish(body: Uint8Array, answer: CapturedAnswer | TransportFailure): void
  /** It was no exchange with the service: it is neither recorded nor lost. */
  drop(): void
}

/** Redacts, orders and saves exchanges as they end. */
export interface Collector {
  /** Takes the exchange's place in the order, and its time; `headers` are the request's, names in lower case. */
  begin(headers: Record<string, string>): OpenExchange
  /** Writes what is left; throws what the first file that cannot be written throws. `lost` counts exchanges that began and had no end. */
  stop(): { written: string[]; lost: number }
}

interface Slot {
  exchange?: RedactedExchange
  isDropped?: boolean
}

/** A save may take at most this share of the time: long recordings are written less often, and whole at the end. */
const SAVE_SHARE = 20

/** Throws `usage` without a usable `out`, and what opening a file that exists throws: one that is no recording is not written over. */
export function createCollector(options: CollectorOptions): Collector {
  const out = requireOut(options.out)
  const recordedAt = new Date().toISOString()
  const began = performance.now()
  const existing = openExisting(out)
  const written = new Set<string>()
  const slots: Slot[] = []
  const clients = new Set<string>()
  const attempts = createAttemptCounter()
  let nextSave = 0
  let isDirty = false
  let isStopped = false

  const saveFile = (path: string, exchanges: RedactedExchange[]) => {
    const file = existing.get(path) ?? openRecordingFile(path)
    existing.set(path, file)
    const provenance = describeProvenance(options.provenance, clients, exchanges)
    file.save({ format: RECORDING_FORMAT, version: RECORDING_VERSION, recordedAt, provenance, exchanges })
    written.add(path)
  }
  const saveAll = () => {
    const done = slots.flatMap(({ exchange }) => exchange ?? [])
    const saved = [...Map.groupBy(done, (exchange) => chooseFile(out, exchange))].map(([path, exchanges]) =>
      attempt(() => saveFile(path, exchanges)),
    )
    const failed = saved.find((failure) => failure !== undefined)
    if (failed) throw failed.error
    isDirty = false
  }
  const saveSoon = () => {
    isDirty = true
    const before = performance.now()
    if (before < nextSave) return
    attempt(saveAll) // the client's request must not suffer from a full disk: stop tries again, and throws
    const after = performance.now()
    nextSave = after + (after - before) * SAVE_SHARE
  }
  const stopWatchingExit = watchExit(() => {
    if (isDirty) saveAll()
  })

  return {
    begin(headers) {
      const slot: Slot = {}
      slots.push(slot)
      const startedAtMs = Math.round(performance.now() - began)
      const place = { ...attempts.count(headers), startedAtMs }
      clients.add(readClient(headers))
      return {
        finish(body, answer) {
          if (slot.exchange || slot.isDropped || isStopped) return
          const elapsedMs = Math.round(performance.now() - began) - startedAtMs
          attempt(() => {
            slot.exchange = redactExchange(readExchange({ headers, body }, answer, { ...place, elapsedMs }))
            saveSoon()
          })
        },
        drop() {
          slot.isDropped = true
        },
      }
    },
    stop() {
      isStopped = true
      stopWatchingExit()
      saveAll()
      return { written: [...written], lost: slots.filter(({ exchange, isDropped }) => !exchange && !isDropped).length }
    },
  }
}

/** What a step threw, `undefined` when it went well. */
function attempt(step: () => void): { error: unknown } | undefined {
  try {
    step()
    return undefined
  } catch (error) {
    return { error }
  }
}

/** What lies where recordings may go, read before the first request: the file, or a folder's files of the names that a recorder gives. */
function openExisting(out: string): Map<string, RecordingFile> {
  const paths = out.endsWith('.json') ? [out] : listNamedFiles(out)
  return new Map(paths.map((path) => [path, openRecordingFile(path)]))
}

const watchers = new Set<() => void>()

/** Saves what a process that ends at once has in memory. One listener for all collectors: Node.js warns of more than ten. */
function watchExit(save: () => void): () => void {
  if (watchers.size === 0) process.on('exit', saveWatched)
  watchers.add(save)
  return () => {
    watchers.delete(save)
    if (watchers.size === 0) process.off('exit', saveWatched)
  }
}

function saveWatched(): void {
  const failed = [...watchers].map(attempt).find((failure) => failure !== undefined)
  if (failed) throw failed.error
}

function readExchange(
  request: CapturedRequest,
  answer: CapturedAnswer | TransportFailure,
  place: Pick<Exchange, 'invocation' | 'attempt' | 'startedAtMs' | 'elapsedMs'>,
): Exchange {
  return {
    operation: parseTarget(request.headers['x-amz-target'])?.operation ?? 'unknown',
    ...place,
    request: readCapturedRequest(request),
    answer: 'failure' in answer ? answer : readCapturedAnswer(answer),
  }
}

function describeProvenance(
  given: Record<string, unknown>,
  clients: ReadonlySet<string>,
  exchanges: readonly Exchange[],
): Record<string, unknown> {
  const rules = exchanges.flatMap(checkExchange).filter(({ rule, severity }) => severity === 'error' && !rule.startsWith('request.'))
  const departures = [...new Set(rules.map(({ rule }) => rule))].toSorted()
  return {
    recordedBy: `starttask-harness ${VERSION}`,
    client: [...clients].toSorted().join(', '),
    ...given,
    ...(departures.length > 0 ? { departures } : {}),
  }
}

/** The first product of a `User-Agent`, `aws-cli/1.45.11` for example; redacted as a part of the request, for it is free text. */
function readClient(headers: Record<string, string>): string {
  const product = /^[A-Za-z0-9._+-]{1,40}\/[0-9A-Za-z._+-]{1,40}/.exec(headers['user-agent'] ?? '')?.[0]
  return product !== undefined && redactRequestBody(headers, product) === product ? product : 'unknown'
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
