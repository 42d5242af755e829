import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'

import { HarnessError } from '../message/index.ts'
import { type Guarded, refuseUntrustedCaller } from './guard.ts'
import { type Answering, type Handling, handleRequest } from './handling.ts'

/** A certificate and its key, both as PEM text. */
export interface Certificate {
  key: string
  cert: string
}

export interface ListenerOptions extends Answering {
  /** The port; 0 or absent takes a free one. */
  port?: number | undefined
  /** The address to listen on; 127.0.0.1 unless it is given. */
  host?: string | undefined
  /** Names besides addresses and this machine's own that clients may call it by. */
  allowHosts?: readonly string[] | undefined
  /** Serves HTTPS with this certificate instead of HTTP. */
  tls?: Certificate | undefined
}

/** A listener that runs. `stop` lets answers under way finish for at most two seconds, and waits for nothing else; disposal stops. */
export interface Listener extends AsyncDisposable {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

const GRACE_MS = 2000
const LOOPBACK_HOST = '127.0.0.1'

/** Starts an HTTP listener. Throws `usage` for a port or certificate that is none, `port-in-use` or `listen-failed`. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { port: asked = 0, host = LOOPBACK_HOST, allowHosts = [], tls } = options
  const guarded: Guarded = {
    isOpen: host !== LOOPBACK_HOST,
    hosts: allowHosts.map((name) => name.toLowerCase()),
  }
  const underWay = createUnderWay()
  const server = tls ? createSecureServer(tls) : createServer()
  const handling: Handling = {
    options,
    refuseCaller: (headers) => refuseUntrustedCaller(headers, guarded),
    isEnding: () => !server.listening,
    begin: () => underWay.begin(),
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    handleRequest(handling, request, response),
  )
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  const port = await listen(server, asked, host)
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopServer(server, underWay))
  return {
    url: `${tls ? 'https' : 'http'}://${nameHost(host)}:${port}`,
    port,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** What clients on this machine call it. */
function nameHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK_HOST
  return host.includes(':') ? `[${host}]` : host
}

function createSecureServer({ key, cert }: Certificate): Server {
  try {
    return createHttpsServer({ key, cert })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new HarnessError(
      'usage',
      `The certificate or its key cannot be used: ${reason}. Both are needed as PEM, of one another.`,
      {
        cause: error,
      },
    )
  }
}

/** Throws `usage` for a port that is none: for whoever must know before it opens a file, too. */
export function requirePort(port: number): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new HarnessError('usage', `The port is ${port}; a number from 0 to 65535 is needed.`)
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  requirePort(port)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(describeListenError(error, port, host)))
    server.listen({ port, host }, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new HarnessError('listen-failed', 'The listener has no port.')
  return address.port
}

function describeListenError(error: Error, port: number, host: string): HarnessError {
  if ('code' in error && error.code === 'EADDRINUSE') {
    return new HarnessError(
      'port-in-use',
      `Port ${port} on ${host} is taken. Name another with --port, or 0 for a free one.`,
      {
        cause: error,
      },
    )
  }
  return new HarnessError('listen-failed', `Cannot listen on ${host}:${port}: ${error.message}.`, {
    cause: error,
  })
}

/** Answers that are not yet on their way whole. */
interface UnderWay {
  /** One more; what it gives tells that it is not under way any longer. */
  begin(): () => void
  /** Resolves once there is none, also of those that begin meanwhile: a connection that is open may bring one more request. */
  whenNone(): Promise<void>
}

function createUnderWay(): UnderWay {
  let count = 0
  let tellNone: (() => void) | undefined
  return {
    begin() {
      let isSettled = false
      count++
      return () => {
        if (isSettled) return
        isSettled = true
        if (--count === 0) tellNone?.()
      }
    },
    whenNone: () =>
      new Promise((resolve) => {
        tellNone = resolve
        if (count === 0) resolve()
      }),
  }
}

/** Closing alone would wait for connections on which nothing is asked: one that is new, or kept alive after its last response. */
async function stopServer(server: Server, underWay: UnderWay): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await Promise.race([closed, underWay.whenNone()])
  server.closeAllConnections()
  await closed
  clearTimeout(timer)
}
