import { http, HttpResponse, type HttpHandler } from 'msw/http'
import { setupServer } from 'msw/node'

import { ECS_SERVICE, namesEcsOtherwise } from '../../contract/index.ts'
import {
  buildErrorResponse,
  isTransportFailure,
  MAX_BODY_BYTES,
  normaliseHeaders,
  parseTarget,
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
import { holdRequests } from './held-requests.ts'
import { createTransportError } from './transport-error.ts'

/** Handlers to give to `setupServer(...)` or `server.use(...)`, with the accounting of their replayer. */
export interface ReplayHandlers extends Array<HttpHandler>, Accounting {}

/**
 * msw handlers that answer every ECS request from recordings, whatever its host. Other requests are left to the other handlers.
 *
 * A recorded refusal of the connection is a reset, as at the HTTP server; so is a recorded time-out, at once: the
 * time limits of some clients (SDK v2) do not run here.
 */
export function replayHandlers(
  recordings: Recordings,
  options: ReplayOptions = {},
): ReplayHandlers {
  const replayer = createReplayer(recordings, options)
  return Object.assign(createHandlers(replayer), carryAccounting(replayer))
}

function createHandlers(replayer: Replayer): HttpHandler[] {
  return [http.all(isEcsRequest, ({ request }) => answerRequest(replayer, request))]
}

function isEcsRequest({ request }: { request: Request }): boolean {
  const target = request.headers.get('x-amz-target')
  if (target !== null) return parseTarget(target)?.service === ECS_SERVICE
  return namesEcsOtherwise(request.url, request.headers.get('authorization')) // a protocol that is not replayed: to be told, not sent
}

async function answerRequest(replayer: Replayer, request: Request): Promise<Response> {
  const response = await decideResponse(replayer, request)
  if (isTransportFailure(response)) return failAsNetwork(response)
  const hasBody = ![204, 205, 304].includes(response.status)
  return new HttpResponse(hasBody ? Buffer.from(response.body) : null, {
    status: response.status,
    headers: response.headers,
  })
}

/** Handlers can give responses alone; a body that fails breaks the connection, and clients meet that as they would over a network. */
function failAsNetwork(failure: TransportFailure): Response {
  const isBegun = failure.failure === 'truncated'
  const body = isBegun ? createCutBody(failure) : createFailedBody(failure)
  return new HttpResponse(body, {
    status: 200,
    headers: isBegun ? { 'content-length': '1000' } : {},
  })
}

function createFailedBody(failure: TransportFailure): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.error(createTransportError(failure)),
  })
}

function createCutBody(failure: TransportFailure): ReadableStream<Uint8Array> {
  let isBegun = false
  return new ReadableStream({
    pull(controller) {
      if (isBegun) return void setImmediate(() => controller.error(createTransportError(failure))) // what came before is read first
      isBegun = true
      controller.enqueue(new TextEncoder().encode('{'))
    },
  })
}

/** The response, also to what goes wrong: for a handler that throws, msw answers 500, which clients send again. */
async function decideResponse(
  replayer: Replayer,
  request: Request,
): Promise<WireResponse | TransportFailure> {
  const refuse = (status: number, name: string, message: string) =>
    buildErrorResponse(status, { name, message }, { now: Date.now(), requestId: 'none' })
  try {
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.length > MAX_BODY_BYTES)
      return refuse(
        413,
        'RequestTooLarge',
        `The request body has more than ${MAX_BODY_BYTES} bytes; it was not read.`,
      )
    return await replayer.respond({
      method: request.method,
      url: request.url,
      headers: normaliseHeaders(request.headers),
      body,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refuse(400, 'HarnessFailure', `starttask-harness failed to answer: ${reason}`)
  }
}

/** A replay session of its own, for tests that have no msw server; disposal stops it. */
export interface Replay extends Disposable, Accounting {
  stop(): void
}

/**
 * Answers this process's ECS requests from recordings until stopped. Every other HTTP request of the process is an error meanwhile: none
 * goes out. Where an msw server already listens, give it {@link replayHandlers} instead: two servers in one process disturb each other.
 */
export function startReplay(recordings: Recordings, options: ReplayOptions = {}): Replay {
  const replayer = createReplayer(recordings, options)
  const server = setupServer(...createHandlers(replayer))
  server.listen({ onUnhandledFrame: 'error' }) // msw 3's name: it ignores `onUnhandledRequest`, and the request then leaves the process
  const stopHolding = holdRequests((request) =>
    isEcsRequest({ request }) ? answerRequest(replayer, request) : undefined,
  )
  let isStopped = false
  const stop = () => {
    if (isStopped) return // msw throws when it is closed twice
    isStopped = true
    stopHolding()
    server.close()
  }
  return { ...carryAccounting(replayer), stop, [Symbol.dispose]: stop }
}
