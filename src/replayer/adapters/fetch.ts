import { isHarnessError } from '../../message/index.ts'
import {
  buildErrorResponse,
  isTransportFailure,
  MAX_BODY_BYTES,
  normaliseHeaders,
  type TransportFailure,
  type WireResponse,
} from '../../protocol/index.ts'
import {
  type Accounting,
  carryAccounting,
  createReplayer,
  type Recordings,
  type Replayer,
  type ReplayOptions,
} from '../engine/index.ts'
import { readBytes } from './body-bytes.ts'
import { createTransportError } from './transport-error.ts'

/** A function that is called as `fetch` is, with the accounting of its replayer. */
export interface ReplayFetch extends Accounting {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>
}

/**
 * A `fetch` that answers from recordings: for code that takes its `fetch` from outside. Every request is answered, one that names no ECS
 * operation with a miss. A transport failure is `TypeError: fetch failed` with its `cause`; a recorded time-out is one at once.
 */
export function replayFetch(recordings: Recordings, options: ReplayOptions = {}): ReplayFetch {
  return openFetch(createReplayer(recordings, options))
}

/** As {@link replayFetch}, over a replayer that others ask as well. */
export function openFetch(replayer: Replayer): ReplayFetch {
  const response = async (input: string | URL | Request, init?: RequestInit) =>
    answerRequest(replayer, new Request(input, withDuplex(init)))
  return Object.assign(response, carryAccounting(replayer))
}

/** Without it, the platform refuses a body that is a stream. */
function withDuplex(init: RequestInit = {}): RequestInit {
  return init.body === undefined || init.body === null
    ? init
    : Object.assign({ duplex: 'half' }, init)
}

async function answerRequest(replayer: Replayer, request: Request): Promise<Response> {
  request.signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(request.signal.reason)
  request.signal.addEventListener('abort', abort, { once: true })
  try {
    return buildResponse(
      await Promise.race([decideResponse(replayer, request), aborted.promise]),
      request.url,
    )
  } finally {
    request.signal.removeEventListener('abort', abort)
  }
}

async function decideResponse(
  replayer: Replayer,
  request: Request,
): Promise<WireResponse | TransportFailure> {
  try {
    const body = request.body ? await readBytes(request.body) : new Uint8Array()
    if (body.length > MAX_BODY_BYTES)
      return refuse(
        413,
        'RequestTooLarge',
        `The request body has more than ${MAX_BODY_BYTES} bytes.`,
      )
    if (request.signal.aborted) return refuse(400, 'Aborted', 'The caller waits no longer.') // and gets its own error: nothing is played
    return await replayer.respond({
      method: request.method,
      url: request.url,
      headers: normaliseHeaders(request.headers),
      body,
    })
  } catch (error) {
    if (isHarnessError(error, 'too-large')) return refuse(413, 'RequestTooLarge', error.message)
    return refuse(
      400,
      'HarnessFailure',
      `starttask-harness failed to answer: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function refuse(status: number, name: string, message: string): WireResponse {
  return buildErrorResponse(status, { name, message }, { now: Date.now(), requestId: 'none' })
}

function buildResponse(response: WireResponse | TransportFailure, url: string): Response {
  if (!isTransportFailure(response)) {
    const hasBody = ![204, 205, 304].includes(response.status)
    return locate(
      new Response(hasBody ? Buffer.from(response.body) : null, {
        status: response.status,
        headers: response.headers,
      }),
      url,
    )
  }
  const cause = createTransportError(response)
  if (response.failure !== 'truncated') throw new TypeError('fetch failed', { cause })
  return locate(
    new Response(createCutBody(cause), { status: 200, headers: { 'content-length': '1000' } }),
    url,
  )
}

/** A response that nobody fetched has an empty `url`. */
function locate(response: Response, url: string): Response {
  return Object.defineProperty(response, 'url', { value: url.replace(/#.*$/s, '') })
}

function createCutBody(cause: Error): ReadableStream<Uint8Array> {
  let isBegun = false
  return new ReadableStream({
    pull(controller) {
      if (isBegun) return controller.error(new TypeError('terminated', { cause }))
      isBegun = true
      controller.enqueue(new TextEncoder().encode('{'))
    },
  })
}
