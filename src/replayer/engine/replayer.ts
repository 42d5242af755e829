import { checkRequest, ECS_SERVICE, START_TASK } from '../../contract/index.ts'
import { formatMessage, HarnessError, isHarnessError } from '../../message/index.ts'
import { createIdentify, findNearest, type Identity } from '../../matching/index.ts'
import {
  parseBody,
  parseTarget,
  readBodyText,
  readUnsupportedProtocol,
  type TransportFailure,
  type UnsupportedProtocol,
  type WireRequest,
  type WireResponse,
} from '../../protocol/index.ts'
import { type Accounting, carryAccounting, createAccounting } from './accounting.ts'
import {
  createLibrary,
  type ExchangePlace,
  type Library,
  placeOf,
  type Recordings,
} from './library.ts'
import { createMemo } from './memo.ts'
import {
  describeDifferent,
  describeExhausted,
  describeMatch,
  describeRecordedBody,
  describeUnknownOperation,
  type Miss,
} from './miss.ts'
import { parseReplayOptions, type ReplayOptions, type ReplaySettings } from './options.ts'
import { createServing, type MaybeLater, refuseFailure, refuseMiss } from './serving.ts'
import {
  createSessions,
  type Entry,
  openTurn,
  readSession,
  seeNext,
  type Sequence,
  type Session,
  takeNext,
} from './sessions.ts'
import { trackUsage } from './usage.ts'

/** What would answer a request, and why. */
export type Explanation =
  | { matched: true; operation: string; places: ExchangePlace[]; message: string }
  | { matched: false; miss: Miss; message: string }

/** The engine behind every replay adapter. It never opens a connection. */
export interface Replayer extends Accounting {
  /**
   * Answers a request from the recordings, or with a miss: HTTP 400, `__type` `NoRecordingMatched`. Never rejects: what fails, a callback that
   * throws included, is answered HTTP 400, `__type` `HarnessFailure`. The body's bytes are shared with later responses: do not change them.
   */
  respond(request: WireRequest): Promise<WireResponse | TransportFailure>
  /** What would answer a request now; nothing is played or counted. */
  explain(request: WireRequest): Promise<Explanation>
}

/** A response with the exchange that it is of, for adapters of this package. */
export interface Decision {
  /** The exchange that is played; `undefined` for a miss. It stands fast at once, before the response has taken its time. */
  place: ExchangePlace | undefined
  response: MaybeLater<WireResponse | TransportFailure>
}

/** The engine, for adapters of this package. */
export interface Engine extends Replayer {
  /** @param within what the adapter tells of the request's session, a port for example */
  decide(request: WireRequest, within?: string): Decision
}

/**
 * Creates the engine. Equal requests meet their recorded responses in recorded order.
 *
 * Warns (`StartTaskRedactionWarning`, once) when a recording was redacted by other rules than the replayer's own. Throws `usage` for an
 * unknown option, and what loading recordings and rules throws.
 */
export function createReplayer(recordings: Recordings, options: ReplayOptions = {}): Replayer {
  return createEngine(recordings, options)
}

/** Creates the engine of {@link createReplayer} for adapters of this package. */
export function createEngine(recordings: Recordings, options: ReplayOptions = {}): Engine {
  const settings = parseReplayOptions(options)
  const library = createLibrary(recordings, settings)
  if (library.foreign !== undefined) warnOfOtherRedaction(library.foreign)
  const { find, describeNotFound } = createFinder(library, settings)
  const sessions = createSessions()
  const accounting = createAccounting(library, sessions)
  const serve = createServing(settings)

  const serveMiss = async (
    described: MaybeLater<Miss>,
    session: Session,
    foreign?: UnsupportedProtocol,
  ): Promise<WireResponse> => {
    const miss = await described
    accounting.noteMiss(session, miss)
    settings.onMiss(miss)
    return refuseMiss(miss.message, settings.clock.now(), foreign)
  }

  const decideMiss = (
    session: Session,
    described: MaybeLater<Miss>,
    protocol?: UnsupportedProtocol,
  ): Decision => {
    session.missed += 1
    const response = serveMiss(described, session, protocol).catch(refuseFailure)
    return { place: undefined, response }
  }

  const decideUnguarded = (request: WireRequest, within: string | undefined): Decision => {
    const session = sessions.open(readSession(request, settings.session, within), request)
    const found = find(request)
    if (!('invocations' in found))
      return decideMiss(session, describeNotFound(found), found.foreign)
    const turn = openTurn(session, found)
    const invocation = readInvocation(request)
    const fault = settings.faults?.(session, found, invocation)
    if (fault) session.faulted += 1
    const kept = fault?.instead && seeNext(turn, found, invocation, settings.afterLast)
    if (fault?.instead && kept)
      return { place: placeOf(kept), response: fault.instead(settings.clock.now()) } // whose turn it stays
    const entry = takeNext(turn, found, invocation, settings.afterLast)
    if (!entry) return decideMiss(session, describeExhausted(found, session.name))
    return {
      place: placeOf(entry),
      response: serve(entry, {
        request,
        operation: found.operation,
        times: turn.times[entry.ordinal] ?? 1,
        fault,
      }),
    }
  }
  const decide = (request: WireRequest, within?: string): Decision => {
    try {
      return decideUnguarded(request, within)
    } catch (error) {
      return { place: undefined, response: refuseFailure(error) }
    }
  }

  const explain = async (request: WireRequest): Promise<Explanation> => {
    const found = find(request)
    if (!('invocations' in found)) return explainMiss(await describeNotFound(found))
    const name = readSession(request, settings.session)
    const turn = sessions.find(name)?.turns.get(found)
    const next = seeNext(turn, found, readInvocation(request), settings.afterLast)
    if (!next) return explainMiss(describeExhausted(found, name))
    return explainMatch(found, next)
  }

  trackUsage(accounting)
  return {
    ...carryAccounting(accounting),
    respond: async (request) => decide(request).response,
    decide,
    explain,
  }
}

/** Why nothing recorded equals a request: how far it came. */
interface NotFound {
  operation: string | undefined
  foreign?: UnsupportedProtocol | undefined
  identity?: Identity
  /** The redacted body. */
  body?: unknown
  unreadable?: HarnessError
}

/** Finds what is recorded of requests. Most requests are found in the memo. */
interface Finder {
  find: (request: WireRequest) => Sequence | NotFound
  describeNotFound: (notFound: NotFound) => Promise<Miss>
}

function createFinder(library: Library, settings: ReplaySettings): Finder {
  const identify = createIdentify(settings.match)
  const memo = createMemo<Sequence>()

  const find = (request: WireRequest): Sequence | NotFound => {
    const known =
      typeof request.body === 'string' ? undefined : memo.find(request.headers, request.body)
    if (known) return known
    const operation = readOperation(request)
    if (operation === undefined || !library.operations.includes(operation))
      return { operation, foreign: readUnsupportedProtocol(request) }
    const read = readBody(request, settings)
    if (read instanceof HarnessError) return { operation, unreadable: read }
    const identity = identify(operation, read.body)
    const sequence = library.find(identity)
    if (sequence && typeof request.body !== 'string') memo.keep(request.body, sequence)
    return sequence ?? { operation, identity, body: read.body }
  }

  const describeNotFound = async ({
    operation,
    identity,
    body,
    unreadable,
    foreign,
  }: NotFound): Promise<Miss> => {
    if (operation === undefined || (!identity && !unreadable))
      return describeUnknownOperation(operation, library, foreign)
    const sent = identity ?? identify(operation, null)
    const near = await findNearest(
      sent,
      describeCandidates(operation),
      ({ entry, recorded }) => library.identify(entry, recorded),
      {
        pause,
      },
    )
    return describeDifferent(
      sent,
      near,
      library,
      unreadable ? [describeUnreadable(unreadable)] : findBroken(operation, body),
    )
  }

  function* describeCandidates(operation: string) {
    for (const candidate of library.list(operation))
      yield { candidate, body: describeRecordedBody(candidate.recorded) }
  }

  return { find, describeNotFound }
}

function warnOfOtherRedaction(recording: string): void {
  process.emitWarning(
    formatMessage({
      summary:
        "A recording was redacted by other rules than the replayer's, so that a request may not match what was recorded of it.",
      details: [['recording', recording]],
      remedy:
        'Pass the configuration file of the recorder: `config`, or --config. Or record again.',
    }),
    { type: 'StartTaskRedactionWarning', code: 'STARTTASK_REDACTION_DIFFERS' },
  )
}

function readOperation({ headers }: WireRequest): string | undefined {
  const target = parseTarget(headers['x-amz-target'])
  return target?.service === ECS_SERVICE ? target.operation : undefined
}

/** What a client calls its invocation is the same for all attempts of it: SDK v3, boto3 and aws-cli send it. */
function readInvocation({ headers }: WireRequest): string {
  return headers['amz-sdk-invocation-id'] ?? ''
}

/** The redacted body; the error of one that is not JSON within the limits, and equals no recorded request. */
function readBody(
  { headers, body }: WireRequest,
  { redaction }: ReplaySettings,
): { body: unknown } | HarnessError {
  try {
    const text = readBodyText(body)
    return { body: redaction.redactRequestBody(headers, parseBody(text), text) }
  } catch (error) {
    if (isHarnessError(error)) return error
    throw error
  }
}

function findBroken(operation: string, body: unknown): ReturnType<typeof checkRequest> {
  return operation === START_TASK
    ? checkRequest(body ?? {}).filter(({ severity }) => severity === 'error')
    : []
}

function describeUnreadable(error: HarnessError): ReturnType<typeof checkRequest>[number] {
  return {
    pointer: '',
    rule: 'request.unreadable',
    severity: 'error',
    message: error.message,
    source: 'AWS JSON 1.1',
  }
}

/** Others get their turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function explainMatch(sequence: Sequence, next: Entry): Explanation {
  return {
    matched: true,
    operation: sequence.operation,
    places: sequence.invocations.flat().map(placeOf),
    message: describeMatch(sequence, next),
  }
}

function explainMiss(miss: Miss): Explanation {
  return { matched: false, miss, message: miss.message }
}
