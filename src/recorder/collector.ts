import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { loadConfig } from '../config/index.ts'
import { describeReason, formatCount, HarnessError } from '../message/index.ts'
import {
  type CapturedRequest,
  type CapturedResponse,
  type Exchange,
  parseTarget,
  readCapturedRequest,
  readCapturedResponse,
  type TransportFailure,
} from '../protocol/index.ts'
import {
  type Journal,
  type JournalEntry,
  type JournalHeader,
  nameJournal,
  openJournal,
  openRecordingFile,
} from '../recording/index.ts'
import {
  createRedaction,
  loadPseudonymKey,
  type RedactedRequest,
  type Redaction,
  scanExchange,
} from '../redaction/index.ts'
import { type Leaver, watchExit } from './exit.ts'
import { type FileState, finishJournals, readFileState, refuseSecrets } from './finish.ts'
import { listNamedFiles, requireOut, requireWritable } from './layout.ts'
import { readRunStart, readTime } from './options.ts'

/** Where exchanges go and where they come from. */
export interface CollectorOptions {
  /** A `.json` file for all, or a folder with one file for each different request. */
  out: string
  /** Goes into the recordings' provenance. */
  provenance: Record<string, unknown>
  /** The configuration file whose `keep` and `redact` apply; otherwise `starttask.config.json`, in the working directory or above. */
  config?: string
  /** Whether exchanges stay in a file that were recorded before and not again; they do unless this says `replace`. With `add` all stay. */
  existing?: 'keep' | 'replace' | 'add'
}

/** When what happened, in milliseconds from the request's start. */
export interface Timing {
  /** When the response's headers were there. */
  headersMs?: number
}

/** An exchange that has begun. Settled once, and not after the collector's stop: a later call does nothing. Never throws. */
export interface OpenExchange {
  /**
   * Takes what it is given at once. Resolves when the exchange is in the recorder's journal, or is known not to come there, or after a
   * second of waiting for the disk. Never rejects.
   */
  finish(
    body: Uint8Array,
    response: CapturedResponse | TransportFailure,
    timing?: Timing,
  ): Promise<void>
  /** It was no exchange with the service: it is neither recorded nor lost. */
  drop(): void
}

/** An exchange whose `finish` somebody waits for. */
export interface AwaitedExchange extends OpenExchange {
  /** Takes the request's body while the response is awaited, so that less is left to do when it comes. */
  expect(body: Uint8Array): void
}

/** Redacts exchanges as they end, appends them to a journal, and puts them in place at the end. */
export interface Collector {
  /** Takes the exchange's place in the order, and its time; `headers` are the request's, names in lower case. */
  begin(headers: Record<string, string>): AwaitedExchange
  /**
   * Puts all in place; the same when called again. `lost` counts exchanges that began and had no end. Throws `write-failed`, `lock-held`
   * or `secret-found`; what the journal holds can be read then, and the next recorder for the same `out` puts it in place.
   */
  stop(): Promise<{ written: string[]; lost: number }>
}

/**
 * Throws `usage` without a usable `out`, `write-failed` where nothing can be written, what reading the configuration and the key throws, and what opening a
 * file that exists throws: one that is no recording is not written over.
 */
export function createCollector(options: CollectorOptions): Collector {
  const out = requireOut(options.out)
  const { keep, redact, match } = loadConfig(
    options.config === undefined ? {} : { file: options.config },
  )
  const redaction = createRedaction({ key: loadPseudonymKey().key, keep, redact })
  const before = readStates(out)
  const began = performance.now()
  const header = describeJournal(out, options, redaction, match.ignore)
  const journal = openJournal(nameJournal(out, randomUUID()), header)
  const attempts = createAttemptCounter()
  const queue = createRedactionQueue(redaction, journal)
  let open = 0
  let places = 0
  let stopped: ReturnType<Collector['stop']> | undefined

  const stopWatchingExit = watchExit(createLeaver(out, queue, journal))
  const stopNow = async () => {
    queue.drain()
    const { lost, cause } = await journal.close()
    try {
      const { written, leaks } = await finishJournals(
        out,
        journal.exists ? { path: journal.path, before, redaction: () => redaction } : undefined,
      )
      refuseLost(lost, cause, journal.path)
      refuseSecrets(leaks)
      refuseFailures(queue.failures)
      return { written, lost: open }
    } finally {
      stopWatchingExit()
    }
  }

  return {
    begin(headers) {
      let isSettled = stopped !== undefined
      const place = places++
      const startedAtMs = Math.round(performance.now() - began)
      const number = attempts.count(headers)
      if (!isSettled) open += 1
      const settleOnce = () => {
        if (isSettled || stopped !== undefined) return false
        isSettled = true
        open -= 1
        return true
      }
      let half: RedactedRequest | undefined
      let isExpected = false
      return {
        expect(body) {
          isExpected = true
          setImmediate(() => {
            half = attempt(() => redaction.redactRequest(readCapturedRequest({ headers, body })))
          })
        },
        finish(body, response, { headersMs } = {}) {
          if (!settleOnce()) return Promise.resolve()
          const at = {
            ...number,
            ...describeTimes(startedAtMs, performance.now() - began, headersMs),
          }
          const ended = {
            place,
            request: { headers, body },
            ...(half ? { half } : {}),
            response,
            at,
          }
          return isExpected ? queue.addNow(ended) : queue.add(ended)
        },
        drop() {
          settleOnce()
        },
      }
    },
    stop: () => (stopped ??= stopNow()),
  }
}

function createLeaver(
  out: string,
  queue: ReturnType<typeof createRedactionQueue>,
  journal: ReturnType<typeof openJournal>,
): Leaver {
  return {
    leave() {
      queue.drain()
      journal.flush()
      refuseFailures(queue.failures)
    },
    get left() {
      return journal.exists ? { out, journal: journal.path } : undefined
    },
  }
}

/** What fails here fails again, and is told, when the exchange has ended. */
function attempt<Result>(step: () => Result): Result | undefined {
  try {
    return step()
  } catch {
    return undefined
  }
}

function describeTimes(
  startedAtMs: number,
  endedMs: number,
  headersMs: number | undefined,
): Pick<Exchange, 'startedAtMs' | 'elapsedMs' | 'headersMs'> {
  return {
    startedAtMs,
    elapsedMs: Math.round(endedMs) - startedAtMs,
    ...(headersMs === undefined ? {} : { headersMs: Math.round(headersMs) }),
  }
}

/** How the files are to which exchanges may go, read before the first request: a file that is no recording is refused here. */
function readStates(out: string): Map<string, FileState> {
  const paths = out.endsWith('.json') ? [out] : listNamedFiles(out)
  for (const path of paths) openRecordingFile(path)
  requireWritable(out)
  return new Map(paths.map((path) => [path, readFileState(path)]))
}

function describeJournal(
  out: string,
  { provenance, existing }: CollectorOptions,
  redaction: Redaction,
  ignore: readonly string[],
): JournalHeader {
  return {
    format: 'starttask-journal',
    version: 1,
    out: out.endsWith('.json') ? basename(out) : '',
    startedAt: Math.floor(readTime()),
    runStartedAt: readRunStart(process.env),
    provenance: redaction.redactProvenance(provenance), // a note is a text like any other
    existing: existing ?? 'keep',
    ignore,
    pid: process.pid,
    host: hostname(),
  }
}

function refuseLost(lost: number, cause: unknown, path: string): void {
  if (lost === 0) return
  throw new HarnessError(
    'write-failed',
    `Cannot write ${formatCount(lost, 'exchange')} to ${path}: ${describeReason(cause)}. Earlier exchanges are in place.`,
    { cause },
  )
}

/** What redaction or the search for secrets could not take: it is not written, and told at the end. */
function refuseFailures(failures: readonly unknown[]): void {
  const [first] = failures
  if (failures.length === 0) return
  const isSecret = failures.some(
    (failure) => failure instanceof HarnessError && failure.code === 'secret-found',
  )
  throw new HarnessError(
    isSecret ? 'secret-found' : 'write-failed',
    `The recorder did not write ${formatCount(failures.length, 'exchange')}. ${describeReason(first)}`,
    { cause: first },
  )
}

/** Numbers invocations and their attempts. The SDKs' own invocation ids are random: only the order is kept. */
function createAttemptCounter() {
  const seen = new Map<string, { invocation: string; attempts: number }>()
  return {
    count(
      headers: Record<string, string>,
    ): { invocation: string; attempt: number } | { invocation?: never; attempt?: never } {
      const id = headers['amz-sdk-invocation-id']
      if (id === undefined) return {}
      const known = seen.get(id) ?? { invocation: `invocation-${seen.size + 1}`, attempts: 0 }
      known.attempts += 1
      seen.set(id, known)
      return { invocation: known.invocation, attempt: known.attempts }
    },
  }
}

/** What an exchange is told apart by, and when it was. */
type Moment = Omit<Exchange, 'operation' | 'request' | 'response'>

/** An exchange that has ended and is not redacted yet: secrets and all, in memory alone. */
export interface Ended {
  place: number
  request: CapturedRequest
  /** The request, redacted while its response was awaited. */
  half?: RedactedRequest
  response: CapturedResponse | TransportFailure
  at: Moment
}

/** How long a turn of redaction may take: the process has other work. */
const LONGEST_TURN_MS = 8
/** How long an exchange's end waits for the disk. */
const LONGEST_WAIT_MS = 1000

/** Redacts what has ended and appends it to a journal, a little at a time: the process has other work. */
export interface RedactionQueue {
  /** Takes it at once. Resolves when it is in the journal, or is known not to come there, or after a second of waiting for the disk. */
  add(ended: Ended): Promise<void>
  /** As `add`, without a turn between: for whoever waits for it. */
  addNow(ended: Ended): Promise<void>
  /** Redacts all that waits, now. */
  drain(): void
  /** What redaction or the search for secrets threw: each stands for an exchange that is not written. */
  readonly failures: readonly unknown[]
}

function createRedactionQueue(redaction: Redaction, journal: Journal): RedactionQueue {
  const waiting: { ended: Ended; settle: () => void }[] = []
  const failures: unknown[] = []
  let turn: NodeJS.Immediate | undefined

  const takeNext = () => {
    const next = waiting.shift()
    if (!next) return
    try {
      void settleInTime(journal.append(redactEnded(next.ended, redaction)), next.settle)
    } catch (error) {
      failures.push(error)
      next.settle()
    }
  }
  const takeTurn = () => {
    turn = undefined
    const until = performance.now() + LONGEST_TURN_MS
    while (waiting.length > 0 && performance.now() < until) takeNext()
    if (waiting.length > 0) turn = setImmediate(takeTurn)
  }

  const takeAll = () => {
    while (waiting.length > 0) takeNext()
  }

  return {
    failures,
    add(ended) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ ended, settle: resolve })
      turn ??= setImmediate(takeTurn)
      return promise
    },
    addNow(ended) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ ended, settle: resolve })
      takeAll()
      return promise
    },
    drain: takeAll,
  }
}

async function settleInTime(written: Promise<unknown>, settle: () => void): Promise<void> {
  const timer = setTimeout(settle, LONGEST_WAIT_MS)
  timer.unref()
  await written
  clearTimeout(timer)
  settle()
}

/** Throws `secret-found` for what redaction left: our own patterns look once more before anything is written. */
function redactEnded(
  { place, request, half, response, at }: Ended,
  redaction: Redaction,
): JournalEntry {
  const redacted = half ?? redaction.redactRequest(readCapturedRequest(request))
  const exchange = redacted.finish(readAnswered(request, response, at))
  const [leak] = scanExchange(exchange)
  if (leak)
    throw new HarnessError(
      'secret-found',
      `What looks like a secret was still in ${leak.pointer}: ${leak.kind}.`,
    )
  return { place, client: readClient(request.headers, redaction), exchange }
}

function readAnswered(
  { headers }: CapturedRequest,
  response: CapturedResponse | TransportFailure,
  at: Moment,
): Omit<Exchange, 'request'> {
  const operation = parseTarget(headers['x-amz-target'])?.operation ?? 'unknown'
  return {
    operation,
    ...at,
    response: 'failure' in response ? response : readCapturedResponse(response),
  }
}

/** The first product of a `User-Agent`, `aws-cli/1.45.11` for example; redacted as a part of the request, for it is free text. */
function readClient(headers: Record<string, string>, redaction: Redaction): string {
  const product = /^[A-Za-z0-9._+-]{1,40}\/[0-9A-Za-z._+-]{1,40}/.exec(
    headers['user-agent'] ?? '',
  )?.[0]
  return product !== undefined && redaction.redactRequestBody(headers, product) === product
    ? product
    : 'unknown'
}
