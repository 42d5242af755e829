import { buildResponse, type WireRequest, type WireResponse } from '../../protocol/index.ts'
import type { Engine } from '../engine/index.ts'

/** Below it a replay server tells of itself; no request of a client lies there. */
const ADMIN = '/.starttask'

export function isAdminRequest(url: string): boolean {
  return url.startsWith(ADMIN) && /^\/\.starttask(?:[/?]|$)/.test(url)
}

type Told = Pick<Engine, 'all' | 'used' | 'sessions' | 'unmatched' | 'reset'>

interface Endpoint {
  method: 'GET' | 'POST'
  says: string
  tell(engine: Told, query: URLSearchParams): object
}

const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  [
    'list',
    { method: 'GET', says: 'every recorded exchange, and how often it was played', tell: tellList },
  ],
  [
    'counters',
    {
      method: 'GET',
      says: 'the sessions, with what each played and missed',
      tell: (engine) => ({ sessions: engine.sessions() }),
    },
  ],
  [
    'unmatched',
    {
      method: 'GET',
      says: 'the latest requests that no recording matched',
      tell: (engine) => ({ unmatched: engine.unmatched() }),
    },
  ],
  [
    'reset',
    {
      method: 'POST',
      says: 'starts every sequence again; ?session=NAME those of one session',
      tell: reset,
    },
  ],
])

/** Answers a request below `/.starttask/`, in JSON. */
export function answerAdmin(
  engine: Told,
  { method, url }: Pick<WireRequest, 'method' | 'url'>,
): WireResponse {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1')
  const name = pathname.slice(ADMIN.length + 1).replace(/\/$/, '')
  if (name === '')
    return serve(200, {
      endpoints: [...ENDPOINTS].map(
        ([path, { method: takes, says }]) => `${takes} ${ADMIN}/${path}: ${says}`,
      ),
    })
  const endpoint = ENDPOINTS.get(name)
  if (!endpoint)
    return serve(404, {
      message: `There is no such endpoint. There are: ${[...ENDPOINTS.keys()].join(', ')}.`,
    })
  if (endpoint.method !== method)
    return serve(
      405,
      { message: `${ADMIN}/${name} takes ${endpoint.method}.` },
      { allow: endpoint.method },
    )
  return serve(200, endpoint.tell(engine, searchParams))
}

function tellList(engine: Told): object {
  const times = new Map(
    engine.used().map((place) => [`${place.exchange} ${place.recording}`, place.times]),
  )
  return {
    exchanges: engine.all().map((place) => ({
      ...place,
      times: times.get(`${place.exchange} ${place.recording}`) ?? 0,
    })),
  }
}

function reset(engine: Told, query: URLSearchParams): object {
  const session = query.get('session') ?? undefined
  engine.reset(session)
  return { reset: session ?? 'all sessions' }
}

function serve(status: number, told: object, headers: Record<string, string> = {}): WireResponse {
  const body = `${JSON.stringify({ schemaVersion: 1, ...told }, undefined, 2)}\n`
  const built = buildResponse(status, body, {
    now: Date.now(),
    requestId: crypto.randomUUID(),
    contentType: 'application/json',
  })
  return { ...built, headers: { ...built.headers, ...headers } }
}
