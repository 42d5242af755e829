import { checkRequest, ECS_SERVICE, START_TASK } from '../contract/index.ts'
import { HarnessError } from '../errors.ts'
import { findNearest, type Identity, identifyRequest } from '../matching/index.ts'
import {
  buildErrorAnswer,
  escapeControls,
  parseBody,
  parseTarget,
  type TransportFailure,
  type WireRequest,
  type WireResponse,
} from '../protocol/index.ts'
import type { Redaction } from '../recording/index.ts'
import { createLibrary, type Entry, type Recordings } from './library.ts'
import { describeDifferent, describeExhausted, describeUnknownOperation, type Miss, MISS_NAME } from './miss.ts'
import { parseReplayOptions, type ReplayOptions, type ReplaySettings } from './options.ts'
import { serveAnswer } from './served-answer.ts'

/** Which recorded exchange; `exchange` counts from 1. */
export interface ExchangePlace {
  recording: string
  exchange: number
}

/** The engine behind every replay door. It never opens a connection. */
export interface Replayer {
  /** Answers a request from the recordings, or with a miss: HTTP 400, `__type` `NoRecordingMatched`. */
  answer(request: WireRequest): Promise<WireResponse | TransportFailure>
  used(): (ExchangePlace & { times: number })[]
  unused(): ExchangePlace[]
  /** Starts every sequence again and forgets what was used. */
  reset(): void
}

/**
 * Creates the engine. Equal requests meet their recorded answers in recorded order.
 *
 * Warns (`StartTaskRedactionWarning`, once) when a recording was redacted by other rules than the replayer's own. Throws `usage` for an
 * unknown option, and what loading recordings and rules throws.
 */
export function createReplayer(recordings: Recordings, options: ReplayOptions = {}): Replayer {
  const settings = parseReplayOptions(options)
  const library = createLibrary(recordings, settings)
  if (library.foreign !== undefined) warnForeign(library.foreign)
  const played = new Map<string, number>()
  const times = new Map<Entry, number>()

  const choose = (identity: Identity): Entry | Miss | undefined => {
    const entries = library.find(identity)
    if (entries.length === 0) return undefined
    const turn = played.get(identity.key) ?? 0
    const entry = entries[chooseTurn(turn, entries.length, settings.afterLast)]
    if (!entry) return describeExhausted(identity.operation, entries)
    played.set(identity.key, turn + 1)
    times.set(entry, (times.get(entry) ?? 0) + 1)
    return entry
  }

  return {
    async answer(request) {
      const read = readRequest(request, settings.redaction)
      const operation = read.operation
      if (operation === undefined || !library.operations.includes(operation)) {
        return serveMiss(describeUnknownOperation(operation, library.operations, library.place), settings)
      }
      const identity = identifyRequest(operation, read.body, { ignore: settings.ignore })
      const chosen = read.isReadable ? choose(identity) : undefined
      if (chosen && !('phase' in chosen)) return play(chosen, settings)
      return serveMiss(chosen ?? describeDifferent(identity, findNearest(identity, library.entries), library.place, read.broken), settings)
    },
    used: () => library.entries.flatMap((entry) => (times.has(entry) ? [{ ...placeOf(entry), times: times.get(entry) ?? 0 }] : [])),
    unused: () => library.entries.filter((entry) => !times.has(entry)).map(placeOf),
    reset() {
      played.clear()
      times.clear()
    },
  }
}

function warnForeign(recording: string): void {
  process.emitWarning(
    `A recording was redacted by other rules than the replayer's, so that a request may not match what was recorded of it.\n  recording  ${recording}\n  remedy     give the rules file that the recorder had (rules, or --rules), or record again`,
    { type: 'StartTaskRedactionWarning', code: 'STARTTASK_REDACTION_DIFFERS' },
  )
}

function placeOf({ recording, exchange }: Entry): ExchangePlace {
  return { recording, exchange }
}

function chooseTurn(turn: number, count: number, afterLast: ReplaySettings['afterLast']): number {
  switch (afterLast) {
    case 'refuse':
      return turn
    case 'repeat':
      return Math.min(turn, count - 1)
    case 'restart':
      return turn % count
  }
}

interface ReadRequest {
  operation: string | undefined
  /** Whether the body was JSON within the limits; one that was not equals no recorded request. */
  isReadable: boolean
  /** The redacted body. */
  body: unknown
  /** What the contract says against it; asked only when nothing matches. */
  readonly broken: ReturnType<typeof checkRequest>
}

function readRequest(request: WireRequest, redaction: Redaction): ReadRequest {
  const target = parseTarget(request.headers['x-amz-target'])
  const operation = target?.service === ECS_SERVICE ? target.operation : undefined
  try {
    const body = redaction.redactRequestBody(request.headers, parseBody(request.body))
    return {
      operation,
      isReadable: true,
      body,
      get broken() {
        return operation === START_TASK ? checkRequest(body ?? {}).filter(({ severity }) => severity === 'error') : []
      },
    }
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    const finding = { pointer: '', rule: 'request.unreadable', severity: 'error', message: error.message, source: 'AWS JSON 1.1' } as const
    return { operation, isReadable: false, body: null, broken: [finding] }
  }
}

async function play(entry: Entry, settings: ReplaySettings): Promise<WireResponse | TransportFailure> {
  const ms = (entry.recorded.elapsedMs ?? 0) * settings.latencyScale
  if (ms > 0) await settings.clock.sleep(ms)
  return serveAnswer(entry.recorded.answer, { now: settings.clock.now(), requestId: crypto.randomUUID() })
}

function serveMiss(miss: Miss, settings: ReplaySettings): WireResponse {
  settings.onMiss(miss)
  return buildErrorAnswer(
    400,
    { name: MISS_NAME, message: escapeControls(miss.message) },
    { now: settings.clock.now(), requestId: crypto.randomUUID() },
  )
}
