import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { describeReason, HarnessError } from '../message/index.ts'
import { type Guarded, refuseUntrustedCaller } from './guard.ts'
import { handleRequest, type Handling, type Responding } from './handling.ts'
import { createServer as createHttpsServer } from 'node:https'

/** A certificate and its key, both as PEM text. */
export interface Certificate {
  key: string
  cert: string
}

export interface ListenerOptions extends Responding {
  /** The port. @default 0, which takes a free one */
  port?: number | undefined
  /** The address to listen on. @default 127.0.0.1 */
  host?: string | undefined
  /** Host names that clients may use in addition to addresses and the names of this machine. */
  allowHosts?: readonly string[] | undefined
  /** Serves HTTPS with this certificate instead of HTTP. */
  tls?: Certificate | undefined
}

/** A running listener. `stop` waits at most two seconds for responses in progress, and for nothing else. Disposal stops. */
export interface Listener extends AsyncDisposable {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

const GRACE_MS = 2000
const LOOPBACK_HOST = '127.0.0.1'

/** Starts an HTTP listener. Throws `usage` for an invalid port or certificate, `port-in-use` or `listen-failed`. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { port: asked = 0, host = LOOPBACK_HOST, allowHosts = [], tls } = options
  const guarded: Guarded = {
    isOpen: host !== LOOPBACK_HOST,
    hosts: allowHosts.map((name) => name.toLowerCase()),
  }
  const responses = createResponses()
  const server = tls ? createSecureServer(tls) : createServer()
  const handling: Handling = {
    options,
    refuseCaller: (headers) => refuseUntrustedCaller(headers, guarded),
    isEnding: () => !server.listening,
    begin: () => responses.begin(),
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
  const stop = () => (stopping ??= stopServer(server, responses))
  return {
    url: `${tls ? 'https' : 'http'}://${nameHost(host)}:${port}`,
    port,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Returns the host name for clients on this machine. */
function nameHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK_HOST
  return host.includes(':') ? `[${host}]` : host
}

function createSecureServer({ key, cert }: Certificate): Server {
  try {
    return createHttpsServer({ key, cert })
  } catch (error) {
    throw new HarnessError(
      'usage',
      `The certificate or its key cannot be used: ${describeReason(error)}.`,
      { remedy: 'Pass a certificate and the key that belongs to it, both as PEM.', cause: error },
    )
  }
}

/** Throws `usage` for an invalid port. Callers that open files first check it before. */
export function requirePort(port: number): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new HarnessError('usage', `The port is ${port}.`, {
      remedy: 'Pass a port from 0 to 65535. Port 0 takes a free one.',
    })
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
    return new HarnessError('port-in-use', `Port ${port} on ${host} is taken.`, {
      remedy: 'Pass another port, or 0 for a free one.',
      cause: error,
    })
  }
  return new HarnessError('listen-failed', `Cannot listen on ${host}:${port}: ${error.message}.`, {
    cause: error,
  })
}

/** The responses in progress. */
interface Responses {
  /** Counts one more; the returned function ends it. */
  begin(): () => void
  /** Resolves when there are none, including those that begin later: an open connection may bring one more request. */
  whenNone(): Promise<void>
}

function createResponses(): Responses {
  let count = 0
  let resolveNone: (() => void) | undefined
  return {
    begin() {
      let isSettled = false
      count++
      return () => {
        if (isSettled) return
        isSettled = true
        if (--count === 0) resolveNone?.()
      }
    },
    whenNone: () =>
      new Promise((resolve) => {
        resolveNone = resolve
        if (count === 0) resolve()
      }),
  }
}

/** Stops a server. `close` would also wait for connections without a request: new ones, and those kept alive after their last response. */
async function stopServer(server: Server, responses: Responses): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await Promise.race([closed, responses.whenNone()])
  server.closeAllConnections()
  await closed
  clearTimeout(timer)
}
