import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request as the listener hands it on: header names lower-case, the body's bytes whole. */
export interface ListenerRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: Uint8Array
}

/** What the listener writes: a response, or a transport failure that the client meets. */
export type ListenerResponse =
  | {
      status: number
      headers: Record<string, string>
      body: string | Uint8Array
      /** Breaks the connection off after the body. */
      isTruncated?: boolean
    }
  | { failure: 'refused' | 'reset' | 'timeout' | 'truncated' | 'other' }

/** The response that stands for a recorded one whose body broke off: it announces more bytes than it has. */
export const TRUNCATED_RESPONSE: {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
} = { status: 200, headers: { 'content-length': '1000' }, body: '{' }

/** Describes a body above the limit, for the refusal of its request. */
export function describeLargeBody(maxBytes: number): string {
  return `The request body has more than ${maxBytes} bytes; it was not read.`
}

/** How requests are answered. */
export interface Answering {
  /** The largest request body, in bytes; a larger one is answered 413 and not read to its end. */
  maxBodyBytes: number
  /** Makes the response of a refusal in the client's own protocol. */
  refuse(status: number, name: string, message: string): ListenerResponse
  /** At once where it can: what is written within the request's own turn costs less. */
  respond(request: ListenerRequest): ListenerResponse | Promise<ListenerResponse>
}

/** What a request's handling needs. */
export interface Handling {
  options: Answering
  /** Why a request is refused, by its headers. */
  refuseCaller(headers: IncomingMessage['headers']): string | undefined
  /** Whether the connection shall end with the response. */
  isEnding(): boolean
  /** A response begins, and a stop waits for it until it is on its way whole, or never will be: what it gives is called then, once or more. */
  begin(): () => void
}

/** By events and callbacks: promises and iterators would cost as much as the response. */
export function handleRequest(
  handling: Handling,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { options } = handling
  const settle = handling.begin()
  const write = (served: ListenerResponse) => writeResponse(handling, response, settle, served)
  const refusal = handling.refuseCaller(request.headers)
  if (refusal !== undefined) return write(options.refuse(403, 'RequestRefused', refusal))
  request.on('error', settle) // the client went away within its request
  readBody(request, options.maxBodyBytes, (body) => {
    if (body === undefined) {
      return write(options.refuse(413, 'RequestTooLarge', describeLargeBody(options.maxBodyBytes)))
    }
    const fail = (error: unknown) => {
      if (response.destroyed) return settle()
      const reason = error instanceof Error ? error.message : String(error)
      write(options.refuse(400, 'HarnessFailure', `starttask-harness failed to answer: ${reason}`))
    }
    try {
      const { method = 'GET', url = '/' } = request
      const response = options.respond({ method, url, headers: joinHeaders(request.headers), body })
      if (response instanceof Promise) response.then(write).catch(fail)
      else write(response)
    } catch (error) {
      fail(error)
    }
  })
}

/** `undefined` when there is too much of it. Nothing when the client went away within it. */
function readBody(
  request: IncomingMessage,
  maxBytes: number,
  done: (body: Uint8Array | undefined) => void,
): void {
  let first: Uint8Array | undefined
  let chunks: Uint8Array[] | undefined
  let length = 0
  const take = (chunk: Uint8Array) => {
    length += chunk.length
    if (length > maxBytes) {
      request.off('data', take).off('end', end).pause()
      done(undefined)
    } else if (first) (chunks ??= [first]).push(chunk)
    else first = chunk
  }
  const end = () => done(chunks ? Buffer.concat(chunks) : (first ?? NO_BYTES))
  request.on('data', take)
  request.on('end', end)
}

const NO_BYTES = new Uint8Array()

/** Node.js gives one text for each header but `set-cookie`, which no request has. */
function joinHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  const cookies = headers['set-cookie']
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said
  return (
    cookies === undefined ? headers : { ...headers, 'set-cookie': cookies.join(', ') }
  ) as Record<string, string>
}

function writeResponse(
  handling: Handling,
  response: ServerResponse,
  settle: () => void,
  served: ListenerResponse,
): void {
  if (response.destroyed) return settle() // the client went away: nobody is left to tell
  if (handling.isEnding()) response.setHeader('connection', 'close')
  if ('failure' in served) writeFailure(response, settle, served.failure)
  else if (served.isTruncated) writeTruncated(response, served)
  else {
    if (!response.req.complete) response.setHeader('connection', 'close')
    endWith(response.writeHead(served.status, served.headers), served.body)
    if (response.socket?.writableLength === 0) return settle()
  }
  response.once('close', settle)
}

/** Beyond it, a copy costs more than a second piece. */
const MOST_AT_ONCE = 16 * 1024

/** Bytes as Latin-1 text, which is those bytes: Node.js then writes them in one piece with the headers, which are Latin-1 as well. */
function endWith(response: ServerResponse, body: string | Uint8Array): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (bytes.length <= MOST_AT_ONCE && bytes instanceof Buffer)
    response.end(bytes.toString('latin1'), 'latin1')
  else response.end(bytes)
}

function writeFailure(
  response: ServerResponse,
  settle: () => void,
  failure: (ListenerResponse & { failure: string })['failure'],
): void {
  switch (failure) {
    case 'timeout':
      settle() // the client's own time limit ends it, or the listener's stop
      return
    case 'truncated':
      return writeTruncated(response, TRUNCATED_RESPONSE)
    case 'refused': // a connection that was accepted cannot be refused any more; a reset is the nearest that a client can meet
    case 'reset':
    case 'other':
      response.socket?.resetAndDestroy()
  }
}

function writeTruncated(
  response: ServerResponse,
  {
    status,
    headers,
    body,
  }: typeof TRUNCATED_RESPONSE | Extract<ListenerResponse, { status: number }>,
): void {
  response.writeHead(status, headers).write(body, () => response.socket?.destroy())
}
