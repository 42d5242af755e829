import { EventEmitter } from 'node:events'
import { Readable } from 'node:stream'

import { chooseOperations, readOperation } from '../contract/index.ts'
import { HarnessError } from '../message/index.ts'
import {
  type CapturedResponse,
  isObject,
  readTransportFailure,
  type TransportFailure,
} from '../protocol/index.ts'
import {
  type Collector,
  type CollectorOptions,
  createCollector,
  type OpenExchange,
  type Timing,
} from './collector.ts'
import { GRACE_MS, settleWithin } from './exit.ts'
import { refuseWrongRecorderOptions } from './options.ts'
import type { RecordingSession } from './session.ts'
import { createUnsupportedProtocolWarning } from './unsupported-protocol-warning.ts'

/** Records what one AWS SDK v3 client does, by middleware of its own: nothing global is patched, and nothing of the SDK is loaded. */

export interface RecordCommandsOptions {
  /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
  out: string
  /** Operations that are recorded besides StartTask. */
  allow?: readonly string[]
  /** A line of your own for the recordings' provenance. */
  note?: string
  /** The configuration file whose `keep` and `redact` apply; otherwise `starttask.config.json`, in the working directory or above. */
  config?: string
}

/**
 * Records the StartTask exchanges of one client, each attempt as an exchange, until it is stopped. The client's commands go on as ever,
 * whatever becomes of the recording: what could not be kept is counted in `lost`, or thrown by `stop`. Safe in a live service: other
 * clients of the process, those of `node:http2` among them, notice nothing. What a mock answers in place of the service is recorded too,
 * for nothing here tells the two apart.
 *
 * Throws `usage` for a wrong option or what is no client of SDK v3, `already-active` for a client that is recorded already, and what
 * opening a recording that exists throws. Several clients may be recorded at once.
 */
export function recordCommands(
  client: RecordableClient,
  options: RecordCommandsOptions,
): RecordingSession {
  refuseWrongRecorderOptions(options, ['out', 'allow', 'note', 'config'])
  requireClient(client)
  const { out, allow, note, config } = options
  const capture = captureCommands(client, chooseOperations(allow), (headers) =>
    collector.begin(headers),
  )
  const provenance = { source: 'AWS SDK v3 middleware', ...(note === undefined ? {} : { note }) }
  const collector = openCollector(
    { out, provenance, ...(config === undefined ? {} : { config }) },
    capture,
  )
  const stopNow = async () => {
    const { missed } = await capture.stop()
    const { written, lost } = await collector.stop()
    return { written, lost: lost + missed }
  }
  let stopped: ReturnType<RecordingSession['stop']> | undefined
  const stop = () => (stopped ??= stopNow())
  return { stop, [Symbol.asyncDispose]: () => stop().then(() => {}) }
}

/** Where nothing can be recorded, the client is left as it was. */
function openCollector(options: CollectorOptions, capture: CommandCapture): Collector {
  try {
    return createCollector(options)
  } catch (error) {
    void capture.stop()
    throw error
  }
}

/** For callers without types. */
function requireClient(client: unknown): void {
  const stack: unknown =
    typeof client === 'object' && client !== null
      ? Reflect.get(client, 'middlewareStack')
      : undefined
  if (
    typeof stack === 'object' &&
    stack !== null &&
    typeof Reflect.get(stack, 'add') === 'function'
  )
    return
  throw new HarnessError(
    'usage',
    'recordCommands needs a client of AWS SDK v3, such as new ECSClient(), which has a middlewareStack.',
  )
}

/** What is used of a client of AWS SDK v3. */
export interface RecordableClient {
  readonly middlewareStack: {
    add(
      middleware: AttemptMiddleware,
      options: { step: 'deserialize'; name: string; priority: 'low' },
    ): void
    remove(name: string): boolean
  }
}

/** Sees each attempt: what is in this step stands between the SDK's retries and signing on one side, the HTTP client on the other. */
type AttemptMiddleware = <Sent extends { request: unknown }, Came extends { response: unknown }>(
  next: (sent: Sent) => Promise<Came>,
) => (sent: Sent) => Promise<Came>

/** A capture under way. */
export interface CommandCapture {
  /**
   * Takes the middleware out at once; resolves when all attempts in flight have ended, or after two seconds. `missed` counts attempts
   * that `begin` did not take.
   */
  stop(): Promise<{ missed: number }>
}

type Begin = (headers: Record<string, string>) => OpenExchange | undefined

const NAME = 'starttaskHarnessRecorder'

/**
 * Captures the attempts of a client that name one of the operations. Nothing that `begin` or an exchange does, or throws, reaches the
 * caller. Throws `already-active` for a client that is captured already.
 */
export function captureCommands(
  client: RecordableClient,
  operations: readonly string[],
  begin: Begin,
): CommandCapture {
  const underWay = new Set<Promise<unknown>>()
  let isStopping = false
  let missed = 0
  const warnOfUnsupportedProtocol = createUnsupportedProtocolWarning()

  const open = (request: unknown): Attempt | undefined => {
    try {
      if (isStopping) return undefined
      warnOfUnsupportedProtocol({
        url: String(readMember(request, 'path')),
        headers: readHeaders(request),
      })
      return openAttempt(request, operations, begin, underWay)
    } catch {
      missed += 1
      return undefined
    }
  }
  const middleware: AttemptMiddleware = (next) => async (sent) => {
    const attempt = open(sent.request)
    if (!attempt) return next(sent)
    try {
      const came = await next(sent)
      attempt.take(came.response)
      return came
    } catch (error) {
      attempt.fail(error)
      throw error
    }
  }

  try {
    client.middlewareStack.add(middleware, { step: 'deserialize', name: NAME, priority: 'low' })
  } catch (cause) {
    throw new HarnessError(
      'already-active',
      'This client is recorded already. Stop that recording first.',
      { cause },
    )
  }
  forgetHandlers(client)
  return {
    async stop() {
      isStopping = true
      client.middlewareStack.remove(NAME)
      forgetHandlers(client)
      await settleWithin(GRACE_MS, underWay)
      return { missed }
    },
  }
}

/** With `cacheMiddleware` a client keeps what it made of its middleware under this name; it makes it anew when it is gone. */
function forgetHandlers(client: object): void {
  Reflect.deleteProperty(client, 'handlers')
}

/** One time over the wire. Neither throws. */
interface Attempt {
  /** Takes the response's head, and its body as the client reads it. */
  take(response: unknown): void
  fail(error: unknown): void
}

/** `undefined` for an operation that is not recorded. Throws for a request that cannot be read without changing what is sent. */
function openAttempt(
  request: unknown,
  operations: readonly string[],
  begin: Begin,
  underWay: Set<Promise<unknown>>,
): Attempt | undefined {
  const headers = readHeaders(request)
  if (readOperation(headers['x-amz-target'], operations) === undefined) return undefined
  const body = copyBytes(readMember(request, 'body'))
  const exchange = body && begin(headers)
  if (!exchange) throw new Error('Nothing records this request.')
  const started = performance.now()
  const end = Promise.withResolvers<void>()
  underWay.add(end.promise)
  const settle = () => {
    underWay.delete(end.promise)
    end.resolve()
  }
  const finish = (response: CapturedResponse | TransportFailure, timing?: Timing) => {
    settle()
    ignoreFailure(() => exchange.finish(body, response, timing))
  }
  return {
    take(response) {
      const headersMs = performance.now() - started
      ignoreFailure(() => {
        const status = readMember(response, 'statusCode')
        if (typeof status !== 'number') return settle() // no response of HTTP: it has no end, and is counted as lost
        const responseHeaders = readHeaders(response)
        const isWatched = watchBody(response, (bytes) =>
          finish(bytes ? { status, headers: responseHeaders, body: bytes } : CUT, { headersMs }),
        )
        if (!isWatched) settle()
      })
    },
    fail(error) {
      ignoreFailure(() => finish(describeFailure(error)))
    },
  }
}

/** As `node:http` names it. */
const CUT = { failure: 'truncated', code: 'ECONNRESET' } as const

/** A recorder that fails counts the exchange as lost; the caller's command has nothing to do with it. */
function ignoreFailure(record: () => unknown): void {
  try {
    const recorded = record()
    if (recorded instanceof Promise) recorded.catch(() => {})
  } catch {
    // as above
  }
}

/** Names in lower case. In a loop, since this is on the way of each command. */
function readHeaders(message: unknown): Record<string, string> {
  const headers = readMember(message, 'headers')
  const read: Record<string, string> = {}
  if (!isObject(headers)) return read
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (typeof value === 'string') read[name.toLowerCase()] = value
  }
  return read
}

function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Names come before codes where the SDK gives none, or one of its caller's; a reset has the name of a timeout, and a code that tells. */
function describeFailure(error: unknown): TransportFailure {
  const name = error instanceof Error ? error.name : ''
  if (name === 'AbortError') return { failure: 'other', code: 'ABORT_ERR' }
  const failure = readTransportFailure(error)
  if (name === 'TimeoutError' && failure.code === undefined)
    return { failure: 'timeout', code: 'ETIMEDOUT' }
  return failure
}

/** Is told the bytes of a body once its reader has them all; `undefined` when it broke off. */
type Tell = (bytes: Uint8Array | undefined) => void

/** The bytes of a body that is whole, of their own; `undefined` for a stream, and for what is no body. */
function copyBytes(body: unknown): Uint8Array | undefined {
  if (body === undefined || body === null) return new Uint8Array()
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0))
  return ArrayBuffer.isView(body)
    ? Buffer.from(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
    : undefined
}

/**
 * Watches the body of a message while its reader reads it, at the reader's pace: no byte, no error and no time of the reader's is changed.
 * A web stream is put in place of `body`, since that kind cannot be watched. `false` for a body that nothing here can watch, which is then
 * left as it was.
 */
function watchBody(message: unknown, tell: Tell): boolean {
  if (typeof message !== 'object' || message === null) return false
  const body: unknown = Reflect.get(message, 'body')
  const bytes = copyBytes(body)
  if (bytes) tell(bytes)
  else if (body instanceof Readable) watchReadable(body, tell)
  else if (body instanceof ReadableStream)
    return Reflect.set(message, 'body', createWatchedStream(body, tell))
  else if (body instanceof Blob)
    void body.arrayBuffer().then(
      (whole) => tell(new Uint8Array(whole)),
      () => tell(undefined),
    )
  else return false
  return true
}

function watchReadable(body: Readable, tell: Tell): void {
  const chunks: Uint8Array[] = []
  const take = (chunk: unknown) => {
    const bytes =
      typeof chunk === 'string' ? Buffer.from(chunk, body.readableEncoding ?? 'utf8') : chunk
    if (bytes instanceof Uint8Array) chunks.push(bytes)
  }
  const tellOnce = createOnce(tell)
  EventEmitter.prototype.on.call(body, 'data', take) // its own `on` would start the stream before its reader is there
  body.once('end', () => tellOnce(Buffer.concat(chunks)))
  body.once('close', () => tellOnce(undefined))
  if (body.closed) tellOnce(undefined)
}

/** Pulls only when it is pulled from. */
function createWatchedStream(
  body: ReadableStream<Uint8Array>,
  tell: Tell,
): ReadableStream<Uint8Array> {
  const chunks: Uint8Array[] = []
  const tellOnce = createOnce(tell)
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          reader ??= body.getReader()
          const { done, value } = await reader.read()
          if (done) {
            tellOnce(Buffer.concat(chunks))
            return controller.close()
          }
          chunks.push(value)
          return controller.enqueue(value)
        } catch (error) {
          tellOnce(undefined)
          throw error // which gives it to the reader
        }
      },
      cancel(reason) {
        tellOnce(undefined)
        return (reader ?? body).cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function createOnce(tell: Tell): Tell {
  let isTold = false
  return (bytes) => {
    if (isTold) return
    isTold = true
    tell(bytes)
  }
}
