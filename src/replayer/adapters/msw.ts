import { ECS_SERVICE, namesEcsOtherwise } from '../../contract/index.ts'
import { parseTarget } from '../../protocol/index.ts'
import {
  type Accounting,
  carryAccounting,
  createReplayer,
  type Recordings,
  type Replayer,
  type ReplayOptions,
} from '../engine/index.ts'
import {
  buildFetchResponse,
  type ClientResponse,
  convertResult,
  type EngineResult,
  type FailedConnection,
  readFetchRequest,
  respondSafely,
} from './client-response.ts'
import { holdRequests } from './held-requests.ts'
import { http, type HttpHandler } from 'msw/http'
import { setupServer } from 'msw/node'

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
  return [
    http.all(isEcsRequest, async ({ request }) =>
      buildHandlerResponse(convertResult(await respond(replayer, request))),
    ),
  ]
}

function isEcsRequest({ request }: { request: Request }): boolean {
  const target = request.headers.get('x-amz-target')
  if (target !== null) return parseTarget(target)?.service === ECS_SERVICE
  return namesEcsOtherwise(request.url, request.headers.get('authorization')) // a protocol that is not replayed: to be told, not sent
}

async function respond(replayer: Replayer, request: Request): Promise<EngineResult> {
  return respondSafely(readFetchRequest(request), (read) => replayer.respond(read))
}

/** A handler can only give a response. If its body fails, the connection breaks, and the client meets that as it would over a network. */
function buildHandlerResponse(met: ClientResponse | FailedConnection): Response {
  if ('status' in met) return buildFetchResponse(met)
  return new Response(new ReadableStream({ start: (body) => body.error(met.error) }))
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
  const stopHolding = holdRequests({
    decide: (request) =>
      isEcsRequest({ request })
        ? respond(replayer, request)
        : new Error(`The replay lets no other request out: ${request.method} ${request.url}`),
    isHeldWhenWritten: () => true,
    tooOld: TOO_OLD,
  })
  let isStopped = false
  const stop = () => {
    if (isStopped) return // msw throws when it is closed twice
    isStopped = true
    stopHolding()
    server.close()
  }
  return { ...carryAccounting(replayer), stop, [Symbol.dispose]: stop }
}

const TOO_OLD =
  'This request was not sent: its connection is older than the replay. Send it again, or start the replay first.'
