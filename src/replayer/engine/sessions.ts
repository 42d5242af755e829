import { hash } from 'node:crypto'

import type { WireRequest } from '../../protocol/index.ts'
import type { Entry, Sequence, Session, Turn } from './sequence.ts'

/** What the next equal request meets after the last recorded response. */
export type AfterLast = 'refuse' | 'repeat' | 'restart'

/** How the session of a request is told: one for all, or by what the request carries. */
export type SessionOption = string | { by: 'access-key' | 'app-id' }

/** The name of the session of requests that tell none. */
const DEFAULT_SESSION = 'default'

/** How many sessions one replayer keeps: whoever makes up names without end is refused. */
export const MOST_SESSIONS = 10_000
const MOST_LIVE = 1000

export function createSession(name: string): Session {
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
