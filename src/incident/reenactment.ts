import { START_TASK } from '../contract/index.ts'
import { startListener } from '../listener/index.ts'
import { createRecording } from '../recording/index.ts'
import {
  buildErrorResponse,
  type Exchange,
  formatCanonicalJson,
  isObject,
  MAX_BODY_BYTES,
  parseBody,
  parseTarget,
  readCapturedRequest,
  type Recording,
  type TransportFailure,
  type WireRequest,
  type WireResponse,
} from '../protocol/index.ts'
import { createRedaction, type RedactedExchange, type Redaction } from '../redaction/index.ts'
import { createIdentify } from '../matching/index.ts'
import {
  createEngine,
  createReplayer,
  readMatchRules,
  type ReplayClock,
  type ReplayOptions,
} from '../replayer/engine/index.ts'
import { type Day, readDay } from './day.ts'
import { type Departure, findDepartures } from './departures.ts'
import { type IncidentExpectations, judge, readExpectations } from './expectations.ts'
import { createTimeline, type RedactedTimeline, type Timeline } from './timeline.ts'
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'

/** The service of that day, and its clock. */
export interface ReenactedService {
  /** The endpoint of a server on this machine. */
  readonly url: string
  /** Milliseconds since the incident began; code that waits by it waits no real time. */
  readonly clock: ReplayClock
}

export interface ReenactOptions {
  /** The delay of responses: none (default), the recorded one, or a multiple of it. */
  time?: 'none' | 'recorded' | { scale: number }
  /** Time as the service sees it; otherwise one that jumps to when the next waiting one wants to be woken. */
  clock?: ReplayClock
  /** What identifies a request, as for a replayer. */
  match?: ReplayOptions['match']
  config?: string
  /** Other ids of composed tasks for another number; the same requests meet the same under one. Otherwise 0. */
  seed?: number
  /** Instead of those that the incident's recordings state. */
  expectations?: IncidentExpectations
}

/** How today's code fared. */
export interface Reenactment<Result> {
  /** What the code gave, or threw. */
  result: { kind: 'returned'; value: Result } | { kind: 'threw'; error: unknown }
  /** Today's requests and what they met. */
  timeline: RedactedTimeline
  /** How many of the responses were recorded that day, and how many follow from it. */
  answered: { recorded: number; composed: number }
  departures: readonly Departure[]
  launches: { thatDay: number; today: number }
  /** What is not as the expectations have it; empty where it is, `undefined` where there are none. */
  broken: readonly string[] | undefined
}

/**
 * Re-enacts an incident with today's code. A request that was made that day meets that day's responses, faults included, in their order; any other
 * StartTask meets the service as it was at that time ({@link Day}), and is counted as composed. Nothing is drawn by chance: the same requests in the same order meet the same.
 *
 * Throws what starting a server throws. What the code throws is a result.
 */
export async function reenact<Result>(
  incident: Timeline,
  callMyCode: (service: ReenactedService) => Promise<Result>,
  options: ReenactOptions = {},
): Promise<Reenactment<Result>> {
  const expectations = options.expectations ?? readExpectations(incident)
  const virtual = options.clock ? undefined : createVirtualClock()
  const clock = options.clock ?? virtual ?? createVirtualClock()
  const service = createService(incident, clock, virtual, options)
  const listener = await startListener({
    port: 0,
    maxBodyBytes: MAX_BODY_BYTES,
    refuse: (status, name, message) =>
      buildErrorResponse(
        status,
        { name, message },
        { now: Date.now(), requestId: crypto.randomUUID() },
      ),
    respond: (request) => service.respond(request),
  })
  const result = await Promise.resolve({ url: listener.url, clock })
    .then(callMyCode)
    .then((value) => ({ kind: 'returned', value }) as const)
    .catch((error: unknown) => ({ kind: 'threw', error }) as const)
  await listener.stop()
  const today = createRecording({
    recordedAt: incident.beganAt,
    provenance: service.redaction.redactProvenance({}),
    exchanges: service.exchanges,
  })
  const timeline = createTimeline([{ name: 'today', recording: today }])
  const departures = await findDepartures(
    incident,
    timeline,
    createIdentify(readMatchRules(readShared(options))),
  )
  const launches = { thatDay: countLaunches(incident), today: countLaunches(timeline) }
  return {
    result,
    timeline,
    answered: service.answered,
    departures,
    launches,
    broken:
      expectations &&
      judge(expectations, { findings: timeline.findings, departures, launches: launches.today }),
  }
}

function countLaunches({ events }: Timeline): number {
  return events.reduce(
    (sum, event) => sum + (event.kind === 'attempt' ? event.taskArns.length : 0),
    0,
  )
}

interface Service {
  respond(request: WireRequest): Promise<WireResponse | TransportFailure>
  redaction: Redaction
  exchanges: RedactedExchange[]
  answered: { recorded: number; composed: number }
}

function createService(
  incident: Timeline,
  clock: ReplayClock,
  virtual: VirtualClock | undefined,
  options: ReenactOptions,
): Service {
  const attempts = incident.events.filter((event) => event.kind === 'attempt')
  const recording = makeRecording(
    incident,
    attempts.map(({ exchange, atMs, recording: name }) => ({
      ...exchange,
      startedAtMs: atMs,
      ...(exchange.invocation === undefined
        ? {}
        : { invocation: `${name} ${exchange.invocation}` }),
    })),
  )
  const engine = createEngine(recording, {
    ...readShared(options),
    latency: options.time ?? 'none',
    clock,
  })
  const redaction = createRedaction()
  const day = readDay(incident)
  const exchanges: RedactedExchange[] = []
  const answered = { recorded: 0, composed: 0 }
  const began = clock.now()
  const invocations = createInvocations()
  const salts = createSalts(options.seed ?? 0)
  return {
    redaction,
    exchanges,
    answered,
    async respond(request) {
      virtual?.touch()
      const { place, response } = engine.decide(request)
      const attempt = place && attempts[place.exchange - 1]
      if (attempt) virtual?.advanceTo(attempt.atMs)
      const startedAtMs = clock.now() - began
      const asked = readRequest(request)
      const composed = attempt ? undefined : compose(day, asked, startedAtMs, salts)
      const given = attempt?.exchange.response ?? composed
      if (!given || !asked) return response // a miss of another operation, or what is no request at all
      answered[attempt ? 'recorded' : 'composed'] += 1
      const exchange: Exchange = {
        operation: asked.operation,
        ...invocations(request.headers['amz-sdk-invocation-id']),
        startedAtMs,
        elapsedMs: attempt?.exchange.elapsedMs ?? 0,
        request: readCapturedRequest({ headers: request.headers, body: Buffer.from(request.body) }),
        response: given,
      }
      exchanges.push(redaction.redactExchange(exchange))
      if (attempt) virtual?.advanceTo(attempt.atMs + (attempt.exchange.elapsedMs ?? 0))
      return attempt
        ? response
        : createReplayer(makeRecording(incident, [exchange]), {
            afterLast: 'repeat',
            match: { ignore: ['/*'] },
          }).respond(request)
    },
  }
}

/** What a re-enactment has in common with a replayer. */
function readShared({ match, config }: ReenactOptions): Pick<ReplayOptions, 'match' | 'config'> {
  return { ...(match ? { match } : {}), ...(config === undefined ? {} : { config }) }
}

interface Asked {
  operation: string
  body: unknown
}

function readRequest({ headers, body }: WireRequest): Asked | undefined {
  const operation = parseTarget(headers['x-amz-target'])?.operation
  if (operation === undefined) return undefined
  try {
    return { operation, body: parseBody(body) }
  } catch {
    return undefined
  }
}

function compose(
  day: Day,
  asked: Asked | undefined,
  startedAtMs: number,
  salts: (body: unknown) => string,
): Exchange['response'] | undefined {
  return asked?.operation === START_TASK && isObject(asked.body)
    ? day.respond(asked.body, startedAtMs, salts(asked.body))
    : undefined
}

/** Seed and how often the same was asked: what others ask meanwhile changes nothing. */
function createSalts(seed: number): (body: unknown) => string {
  const times = new Map<string, number>()
  return (body) => {
    const key = formatCanonicalJson(body)
    const time = (times.get(key) ?? 0) + 1
    times.set(key, time)
    return `${seed} ${time}`
  }
}

/** Names invocations in order, and counts their attempts. */
function createInvocations(): (id: string | undefined) => {
  invocation?: string
  attempt?: number
} {
  const known = new Map<string, { name: string; attempts: number }>()
  return (id) => {
    if (id === undefined) return {}
    const invocation = known.get(id) ?? { name: `invocation-${known.size + 1}`, attempts: 0 }
    invocation.attempts += 1
    known.set(id, invocation)
    return { invocation: invocation.name, attempt: invocation.attempts }
  }
}

/** Under the rules of redaction that the incident's recordings name, where they name one. */
function makeRecording({ beganAt, sources }: Timeline, exchanges: readonly Exchange[]): Recording {
  const rules = [
    ...new Set(
      sources.flatMap(({ provenance: { redaction } }) =>
        typeof redaction === 'string' ? [redaction] : [],
      ),
    ),
  ]
  const provenance = rules.length === 1 ? { redaction: rules[0] } : {}
  return createRecording({ recordedAt: beganAt, provenance, exchanges: [...exchanges] })
}
