import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeReason } from '../message/index.ts'

/** A request as the listener passes it on: header names lower-case, the body complete. */
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

/** The functions that respond to requests. */
export interface Responding {
  /** The largest request body, in bytes; a larger one is answered 413 and not read to its end. */
  maxBodyBytes: number
  /** Makes an error response in the protocol of the client. */
  refuse(status: number, name: string, message: string): ListenerResponse
  /** Responds, synchronously if possible: a response in the same turn of the event loop is cheaper. */
  respond(request: ListenerRequest): ListenerResponse | Promise<ListenerResponse>
}

/** The settings of a server. */
export interface Handling {
  options: Responding
  /** Returns the reason why a request is refused, from its headers. */
  refuseCaller(headers: IncomingMessage['headers']): string | undefined
  /** Reports whether the connection ends with the response. */
  isEnding(): boolean
  /** Counts a response that begins. The returned function is called, once or more, when the response is written or never will be; a stop waits for it. */
  begin(): () => void
}

/** Handles a request with events and callbacks: promises and iterators would cost as much as the response. */
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
  request.on('error', settle) // the client has disconnected within its request
  readBody(request, options.maxBodyBytes, (body) => {
    if (body === undefined) {
      return write(options.refuse(413, 'RequestTooLarge', describeLargeBody(options.maxBodyBytes)))
    }
    const fail = (error: unknown) => {
      if (response.destroyed) return settle()
      const message = `starttask-harness failed to respond: ${describeReason(error)}`
      write(options.refuse(400, 'HarnessFailure', message))
    }
    try {
      const { method = 'GET', url = '/' } = request
      const served = options.respond({ method, url, headers: joinHeaders(request.headers), body })
      if (served instanceof Promise) served.then(write).catch(fail)
      else write(served)
    } catch (error) {
      fail(error)
    }
  })
}

/** Reads a body. `done` gets `undefined` for a body that is too large, and is not called if the client disconnects. */
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

/** Joins headers. Node.js has one text for each header except `set-cookie`, which requests do not have. */
function joinHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  const cookies = headers['set-cookie']
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without set-cookie all values are texts
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
  if (response.destroyed) return settle() // the client has disconnected
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

/** The largest body that is copied: beyond it, a copy costs more than a second write. */
const MOST_AT_ONCE = 16 * 1024

/** Ends a response. Bytes as Latin-1 text are the same bytes, and Node.js writes them in one piece with the headers. */
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
      settle() // the timeout of the client ends it, or the stop of the listener
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
