import {
  type Certificate,
  type Listener,
  requirePort,
  startListener,
} from '../../listener/index.ts'
import { MAX_BODY_BYTES } from '../../protocol/index.ts'
import {
  type Accounting,
  carryAccounting,
  createEngine,
  type Engine,
  type Recordings,
  refuse,
  type ReplayOptions,
} from '../engine/index.ts'
import { answerAdmin, isAdminRequest } from './admin.ts'
import { convertDecided } from './client-response.ts'

export interface ReplayServerOptions extends ReplayOptions {
  /** The port; 0 or absent takes a free one. Each of several has a session of its own. */
  port?: number | readonly number[]
  /** The address to listen on; 127.0.0.1 unless it is given. Whoever reaches another one can read what is recorded. */
  host?: string
  /** Names that clients may call the server by, besides addresses and this machine's own: a web page could otherwise reach it by one. */
  allowHosts?: readonly string[]
  /** Serves HTTPS with this certificate (PEM) instead of HTTP. */
  tls?: Certificate
}

/** A replay server that runs; disposal stops it. */
export interface ReplayServer extends AsyncDisposable, Accounting {
  /** That of the first port. */
  readonly url: string
  readonly urls: readonly string[]
  stop(): Promise<void>
}

/**
 * Serves recordings over HTTP, for clients in any language: give them `url` as the endpoint, or `url` and a path of their own
 * (`http://127.0.0.1:4566/shard-1`), which is then their session. Below `/.starttask/` it tells of itself.
 */
export async function startReplayServer(
  recordings: Recordings,
  options: ReplayServerOptions = {},
): Promise<ReplayServer> {
  const { port = 0, host, allowHosts, tls, ...replayOptions } = options
  const ports = typeof port === 'number' ? [port] : port
  for (const one of ports.length === 0 ? [Number.NaN] : ports) requirePort(one)
  return serveEngine(createEngine(recordings, replayOptions), { ports, host, allowHosts, tls })
}

/** Where a server listens. */
interface Listening {
  ports: readonly number[]
  host?: ReplayServerOptions['host'] | undefined
  allowHosts?: ReplayServerOptions['allowHosts'] | undefined
  tls?: ReplayServerOptions['tls'] | undefined
}

/** As {@link startReplayServer}, over an engine that others ask as well. */
export async function serveEngine(
  engine: Engine,
  { ports, host, allowHosts, tls }: Listening,
): Promise<ReplayServer> {
  const listeners: Listener[] = []
  const stop = async () => void (await Promise.all(listeners.map((listener) => listener.stop())))
  try {
    for (const one of ports) {
      const within = ports.length === 1 ? { name: '' } : { name: `port-${one}` }
      const listener = await startListener({
        port: one,
        host,
        allowHosts,
        tls,
        maxBodyBytes: MAX_BODY_BYTES,
        refuse,
        respond: (request) =>
          isAdminRequest(request.url)
            ? answerAdmin(engine, request)
            : convertDecided(engine.decide(request, within.name).response),
      })
      if (within.name !== '') within.name = `port-${listener.port}`
      listeners.push(listener)
    }
  } catch (error) {
    await stop()
    throw error
  }
  const urls = listeners.map(({ url }) => url)
  return { ...carryAccounting(engine), url: urls[0] ?? '', urls, stop, [Symbol.asyncDispose]: stop }
}
