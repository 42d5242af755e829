import { HarnessError } from '../message/index.ts'
import {
  type CapturedResponse,
  isObject,
  readTransportFailure,
  type TransportFailure,
} from '../protocol/index.ts'
import type { OpenExchange, Timing } from './collector.ts'
import { createUnsupportedProtocolWarning } from './unsupported-protocol-warning.ts'
import { GRACE_MS, settleWithin } from './grace.ts'
import { readOperation } from '../contract/index.ts'
import { copyBytes, watchBody } from './watched-body.ts'

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
