import type { IncomingMessage, ServerResponse } from 'node:http'

import { describeReason } from '../message/index.ts'

/** A request as the listener passes it on: header names lower-case, the body complete. */
export interface ListenerRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: Uint8Array
}

/** The result that the listener writes: a response, or a transport failure that the client gets. */
export type ListenerResponse =
  | { status: number; headers: Record<string, string>; body: string | Uint8Array }
  | { failure: 'refused' | 'reset' | 'timeout' | 'truncated' | 'other' }

/** The functions that respond to requests. */
export interface Responding {
  /** The largest request body, in bytes. A larger one gets HTTP 413 and is not read to its end. */
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
      return write(
        options.refuse(
          413,
          'RequestTooLarge',
          `The request body has more than ${options.maxBodyBytes} bytes; it was not read.`,
        ),
      )
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
  if (!('failure' in served)) {
    if (!response.req.complete) response.setHeader('connection', 'close')
    endWith(response.writeHead(served.status, served.headers), served.body)
    if (response.socket?.writableLength === 0) return settle()
  } else writeFailure(response, settle, served.failure)
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
      response
        .writeHead(200, { 'content-length': '1000' })
        .write('{', () => response.socket?.destroy())
      return
    case 'refused': // an accepted connection cannot be refused; a reset is the closest failure
    case 'reset':
    case 'other':
      response.socket?.resetAndDestroy()
  }
}
