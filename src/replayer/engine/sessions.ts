import { ECS_SERVICE } from '../../contract/index.ts'
import { HarnessError, isHarnessError } from '../../message/index.ts'
import { parseBody, parseTarget, type WireRequest } from '../../protocol/index.ts'
import type { FaultRule } from './fault.ts'
import type { Source } from './sources.ts'
import { hash } from 'node:crypto'

/** A recorded exchange as the replayer holds it. */
export interface Entry {
  recording: string
  /** The exchange's place in its recording, from 1. */
  exchange: number
  source: Source
  /** Its place among those of its sequence. */
  ordinal: number
  /** Its response as it is served, while that is kept. */
  prepared: PreparedResponse | undefined
}

/** The part of a recorded response that is the same whenever it is served. */
export interface PreparedResponse {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** The recorded exchanges whose requests are equal. */
export interface Sequence {
  operation: string
  /** Of what identifies the request. */
  digest: string
  /** In recorded order; each with the attempts that were made of it. */
  invocations: readonly (readonly Entry[])[]
  /** How many entries it was made of. */
  size: number
  /** The session that asked for it last, and how far that is in it: most requests come from one. */
  latest: { session: Session; turn: Turn } | undefined
}

/** What was played to one session: its requests never meet the counters of another. */
export interface Session {
  readonly name: string
  readonly turns: Map<Sequence, Turn>
  /** Requests that no recorded exchange answered. */
  missed: number
  /** Attempts that met a fault. */
  faulted: number
  readonly faults: FaultTurns
}

/** How far a session is in one sequence. */
export interface Turn {
  /** Which invocation comes next. */
  next: number
  /** Invocations of which attempts are left, by what the client calls its own; `''` for clients that name none. */
  live: Map<string, Attempts> | undefined
  /** How often each entry was played, by its ordinal. */
  readonly times: number[]
}

/** An invocation of which attempts are left. */
export interface Attempts {
  entries: readonly Entry[]
  next: number
}

/** What a session's requests have met. */
export interface FaultTurns {
  invocations: number
  /** Invocations of each sequence. */
  bySequence: Map<Sequence, number>
  /** Those that may come again, by what the client calls them. */
  live: Map<string, LiveInvocation>
}

/** An invocation, whether a fault fell on it or not. */
export interface LiveInvocation {
  rule: FaultRule | undefined
  attempts: number
}

/** What the next equal request meets after the last recorded response. */
export type AfterLast = 'refuse' | 'repeat' | 'restart'

/** How the session of a request is told: one for all, or by what the request carries. */
export type SessionOption = string | { by: 'access-key' | 'app-id' }

/** The name of the session of requests that tell none. */
const DEFAULT_SESSION = 'default'

/** The most sessions of one replayer, against clients that make up names without end. */
const MOST_SESSIONS = 10_000
const MOST_LIVE = 1000

/** The sessions of a replayer. */
export interface Sessions {
  /** Returns the session of a request, and notes the request. Throws `usage` if there are too many sessions. */
  open(name: string, request: WireRequest): Session
  find(name: string): Session | undefined
  list(): Iterable<Session>
  /** Lists the latest requests, oldest first. */
  listSent(): SentRequest[]
  /** Forgets a session and its requests, or all of them without a name. */
  reset(name?: string): void
}

export function createSessions(): Sessions {
  const sessions = new Map<string, Session>()
  const log = createRequestLog()
  let latest: Session | undefined // most requests come from one session
  return {
    open(name, request) {
      log.note(name, request)
      if (latest?.name === name) return latest
      latest = sessions.get(name)
      if (latest) return latest
      if (sessions.size >= MOST_SESSIONS) throw createTooMany()
      latest = createSession(name)
      sessions.set(name, latest)
      return latest
    },
    find: (name) => sessions.get(name),
    list: () => sessions.values(),
    listSent: () => log.list(),
    reset(name) {
      latest = undefined
      if (name === undefined) sessions.clear()
      else sessions.delete(name)
      log.reset(name)
    },
  }
}

function createTooMany(): HarnessError {
  return new HarnessError('usage', `There are ${MOST_SESSIONS} sessions already.`, {
    remedy: 'Reset them, or let fewer requests name a session of their own.',
  })
}

function createSession(name: string): Session {
  return {
    name,
    turns: new Map(),
    missed: 0,
    faulted: 0,
    faults: { invocations: 0, bySequence: new Map(), live: new Map() },
  }
}

/** How far the session is in a sequence. */
export function openTurn(session: Session, sequence: Sequence): Turn {
  const { latest } = sequence
  if (latest?.session === session) return latest.turn
  let turn = session.turns.get(sequence)
  if (!turn) session.turns.set(sequence, (turn = { next: 0, live: undefined, times: [] }))
  sequence.latest = { session, turn }
  return turn
}

/** How often a session played what. */
export function* listPlayed({ turns }: Session): Generator<{ entry: Entry; times: number }> {
  for (const [{ invocations }, turn] of turns) {
    for (const entry of invocations.flat()) {
      const times = turn.times[entry.ordinal]
      if (times !== undefined) yield { entry, times }
    }
  }
}

/**
 * The entry that answers next, `undefined` when all are played. A client's attempts of one invocation (`amz-sdk-invocation-id`) meet the
 * attempts of one recorded invocation, in their order; a client that names none goes through them one by one.
 */
export function takeNext(
  turn: Turn,
  sequence: Sequence,
  invocation: string,
  afterLast: AfterLast,
): Entry | undefined {
  const entry = takeEntry(turn, sequence, invocation, afterLast)
  if (entry) turn.times[entry.ordinal] = (turn.times[entry.ordinal] ?? 0) + 1
  return entry
}

function takeEntry(
  turn: Turn,
  sequence: Sequence,
  invocation: string,
  afterLast: AfterLast,
): Entry | undefined {
  const attempts = turn.live?.get(invocation)
  if (attempts) {
    const entry = attempts.entries[attempts.next++]
    if (attempts.next >= attempts.entries.length) turn.live?.delete(invocation)
    return entry
  }
  const entries =
    sequence.invocations[chooseTurn(turn.next, sequence.invocations.length, afterLast)]
  if (!entries) return undefined
  turn.next += 1
  if (entries.length > 1) {
    const live = (turn.live ??= new Map())
    if (live.size >= MOST_LIVE) live.delete(live.keys().next().value ?? '')
    live.set(invocation, { entries, next: 1 })
  }
  return entries[0]
}

/** As {@link takeNext}, and nothing is taken. */
export function seeNext(
  turn: Turn | undefined,
  sequence: Sequence,
  invocation: string,
  afterLast: AfterLast,
): Entry | undefined {
  const attempts = turn?.live?.get(invocation)
  if (attempts) return attempts.entries[attempts.next]
  return sequence.invocations[
    chooseTurn(turn?.next ?? 0, sequence.invocations.length, afterLast)
  ]?.[0]
}

function chooseTurn(turn: number, count: number, afterLast: AfterLast): number {
  switch (afterLast) {
    case 'refuse':
      return turn
    case 'repeat':
      return Math.min(turn, count - 1)
    case 'restart':
      return turn % count
  }
}

/**
 * The session that a request tells: by the path of its URL, which is `/` for everybody else; else by its access key or the app id of its user
 * agent, where the settings say so; else the one that the settings name.
 *
 * @param within what the adapter tells of it, a port for example
 */
export function readSession(
  request: WireRequest,
  session: SessionOption | undefined,
  within = '',
): string {
  const path = readPath(request.url)
  const told = path === '' ? readTold(request.headers, session) : path
  if (within === '') return told === '' ? DEFAULT_SESSION : told
  return told === '' ? within : `${within}/${told}`
}

function readPath(url: string): string {
  if (url === '/') return ''
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') + 3)
  if (start < 0) return ''
  const path = url.slice(start).replace(/[?#].*$/s, '')
  return path.replace(/^\/+/, '').replace(/\/+$/, '').slice(0, 200)
}

function readTold(headers: Record<string, string>, session: SessionOption | undefined): string {
  if (session === undefined) return ''
  if (typeof session === 'string') return session
  return session.by === 'access-key' ? readAccessKey(headers) : readAppId(headers)
}

/** A digest: the id itself is half of a credential, and names of sessions are shown. */
function readAccessKey(headers: Record<string, string>): string {
  const id = /Credential=([^/,\s]+)/.exec(headers['authorization'] ?? '')?.[1]
  if (id === undefined) return 'unsigned'
  return `access-key-${hash('sha256', id, 'hex').slice(0, 12)}`
}

/** SDKs send `app/NAME` in their user agent, from `userAgentAppId`, `AWS_SDK_UA_APP_ID` or the configuration file. */
function readAppId(headers: Record<string, string>): string {
  const agent = `${headers['user-agent'] ?? ''} ${headers['x-amz-user-agent'] ?? ''}`
  return /(?:^|\s)app\/([^\s]{1,100})/.exec(agent)?.[1] ?? 'no-app-id'
}

/** The session of requests that name none, for messages. */
export function describeSession(name: string): string {
  return name === DEFAULT_SESSION ? '' : ` in session ${name}`
}

/** A request as it came to an adapter: one attempt. */
export interface SentRequest {
  session: string
  /** `undefined` for a request that names no operation of ECS. */
  operation: string | undefined
  /** The client's id of its invocation, which its attempts share. */
  invocation: string | undefined
  headers: Record<string, string>
  /** The parsed body as it was sent, not redacted; `undefined` where it is no JSON, or has more than 64 KiB. */
  body: unknown
}

/** The latest requests, in memory. They are parsed when they are listed. */
interface RequestLog {
  note(session: string, request: WireRequest): void
  list(): SentRequest[]
  /** Forgets those of a session, or all of them without a name. */
  reset(session?: string): void
}

interface Noted {
  session: string
  headers: Record<string, string>
  body: string | Uint8Array
}

const MOST_REQUESTS = 1000
const MOST_LOGGED_BYTES = 64 * 1024

function createRequestLog(): RequestLog {
  let noted: Noted[] = []
  let next = 0 // the index of the oldest one, once each new request replaces one
  const listNoted = () => [...noted.slice(next), ...noted.slice(0, next)]
  return {
    note(session, { headers, body }) {
      const one = { session, headers, body: body.length > MOST_LOGGED_BYTES ? '' : body }
      if (noted.length < MOST_REQUESTS) return void noted.push(one)
      noted[next] = one
      next = (next + 1) % MOST_REQUESTS
    },
    list: () => listNoted().map(readNoted),
    reset(session) {
      noted = session === undefined ? [] : listNoted().filter((one) => one.session !== session)
      next = 0
    },
  }
}

function readNoted({ session, headers, body }: Noted): SentRequest {
  const target = parseTarget(headers['x-amz-target'])
  return {
    session,
    operation: target?.service === ECS_SERVICE ? target.operation : undefined,
    invocation: headers['amz-sdk-invocation-id'],
    headers,
    body: tryToParse(body),
  }
}

function tryToParse(body: string | Uint8Array): unknown {
  try {
    return parseBody(body)
  } catch (error) {
    if (isHarnessError(error)) return undefined
    throw error
  }
}
