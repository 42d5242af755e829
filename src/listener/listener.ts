import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

import { HarnessError } from '../errors.ts'
import { refuseForeignCaller } from './guard.ts'

/** A request as the listener hands it on: header names lower-case, the body's bytes whole. */
export interface ListenerRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: Uint8Array
}

/** What the listener writes: an answer, or a transport failure that the client shall meet. */
export type ListenerAnswer =
  | { status: number; headers: Record<string, string>; body: string | Uint8Array }
  | { failure: 'refused' | 'reset' | 'timeout' | 'truncated' | 'other' }

export interface ListenerOptions {
  /** The port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number
  /** The largest request body, in bytes; a larger one is answered 413 and not read to its end. */
  maxBodyBytes: number
  /** Makes the answer of a refusal in the client's own protocol. */
  refuse(status: number, name: string, message: string): ListenerAnswer
  answer(request: ListenerRequest): Promise<ListenerAnswer>
}

/** A listener that runs. `stop` lets answers under way finish for at most two seconds, and waits for nothing else; disposal stops. */
export interface Listener extends AsyncDisposable {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

const GRACE_MS = 2000

/** Starts an HTTP listener on 127.0.0.1. Throws `usage` for a port that is none, `port-in-use` or `listen-failed`. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const underWay = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const handled = handleRequest(options, server, request, response).finally(() => underWay.delete(handled))
    underWay.add(handled)
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  const port = await listen(server, options.port ?? 0)
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopServer(server, underWay))
  return { url: `http://127.0.0.1:${port}`, port, stop, [Symbol.asyncDispose]: stop }
}

/** Throws `usage` for a port that is none: for whoever must know before it opens a file, too. */
export function requirePort(port: number): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new HarnessError('usage', `The port is ${port}; a number from 0 to 65535 is needed.`)
}

async function listen(server: Server, port: number): Promise<number> {
  requirePort(port)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(describeListenError(error, port)))
    server.listen({ port, host: '127.0.0.1' }, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new HarnessError('listen-failed', 'The listener has no port.')
  return address.port
}

function describeListenError(error: Error, port: number): HarnessError {
  if ('code' in error && error.code === 'EADDRINUSE') {
    return new HarnessError('port-in-use', `Port ${port} on 127.0.0.1 is taken. Name another with --port, or 0 for a free one.`, {
      cause: error,
    })
  }
  return new HarnessError('listen-failed', `Cannot listen on 127.0.0.1:${port}: ${error.message}.`, { cause: error })
}

/** Closing alone would wait for connections on which nothing is asked: one that is new, or kept alive after its last answer. */
async function stopServer(server: Server, underWay: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await Promise.race([closed, settleAll(underWay)])
  server.closeAllConnections()
  await closed
  clearTimeout(timer)
}

/** Also what begins meanwhile: a connection that is open may bring one more request. */
async function settleAll(underWay: ReadonlySet<Promise<void>>): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay)
}

/** Resolves when the answer is on its way whole, or when none will be. */
async function handleRequest(options: ListenerOptions, server: Server, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const closed = new Promise<void>((resolve) => response.once('close', resolve))
  response.on('error', () => {}) // the client went away: nobody is left to tell
  const write = (answer: ListenerAnswer) => {
    if (!server.listening) response.setHeader('connection', 'close')
    return writeAnswer(response, answer, closed)
  }
  try {
    await write(await decide(options, request))
  } catch (error) {
    if (request.errored || response.destroyed) return
    const reason = error instanceof Error ? error.message : String(error)
    await write(options.refuse(400, 'HarnessFailure', `starttask-harness failed to answer: ${reason}`))
  }
}

async function decide(options: ListenerOptions, request: IncomingMessage): Promise<ListenerAnswer> {
  const refusal = refuseForeignCaller(request.headers)
  if (refusal !== undefined) return options.refuse(403, 'RequestRefused', refusal)
  const body = await readBody(request, options.maxBodyBytes)
  if (body === undefined) {
    return options.refuse(413, 'RequestTooLarge', `The request body has more than ${options.maxBodyBytes} bytes; it was not read.`)
  }
  return options.answer({ method: request.method ?? 'GET', url: request.url ?? '/', headers: joinHeaders(request.headers), body })
}

/** By events, which cost less than an iterator. */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    const take = (chunk: Uint8Array) => {
      length += chunk.length
      if (length <= maxBytes) return void chunks.push(chunk)
      request.off('data', take).pause()
      resolve(undefined)
    }
    request.on('data', take)
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.once('error', reject)
    request.once('close', () => reject(new Error('The client went away within its request.')))
  })
}

function joinHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  const entries: [string, string][] = []
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) entries.push([name, Array.isArray(value) ? value.join(', ') : value])
  }
  return Object.fromEntries(entries)
}

async function writeAnswer(response: ServerResponse, answer: ListenerAnswer, closed: Promise<void>): Promise<void> {
  if (!('failure' in answer)) {
    if (!response.req.complete) response.setHeader('connection', 'close')
    response.writeHead(answer.status, answer.headers).end(Buffer.from(answer.body)) // as text, it would bring the headers into its own encoding
    return closed
  }
  switch (answer.failure) {
    case 'timeout':
      return // the client's own time limit ends it, or the listener's stop
    case 'truncated':
      response.writeHead(200, { 'content-length': '1000' }).write('{', () => response.socket?.destroy())
      return closed
    case 'refused': // a connection that was accepted cannot be refused any more; a reset is the nearest that a client can meet
    case 'reset':
    case 'other':
      response.socket?.resetAndDestroy()
  }
}
