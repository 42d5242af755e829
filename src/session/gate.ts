import { RequestController } from '@mswjs/interceptors'
import { HttpRequestInterceptor } from '@mswjs/interceptors/http'

import {
  buildErrorResponse,
  isTransportFailure,
  type TransportFailure,
  type WireResponse,
} from '../protocol/index.ts'
import { type EcsRequest, isEcsRequest, readEcsRequest } from './ecs-request.ts'
import { closeOldEcsConnections } from './old-connections.ts'

/** What becomes of a request: a response, a failure that its client meets, or its way to the service. */
export type Verdict = WireResponse | TransportFailure | 'live'

/**
 * Holds each ECS request of this process, by whatever HTTP client, until `decide` says what becomes of it; other requests are left alone.
 * A request that a mock has answered already is left to it. Where `decide` throws, the response is a refusal: nothing goes out unasked. Gives
 * the function that ends it.
 */
export function holdRequests(decide: (request: EcsRequest) => Promise<Verdict>): () => void {
  const interceptor = new HttpRequestInterceptor()
  interceptor.on('request', async ({ request, controller }) => {
    if (controller.readyState !== RequestController.PENDING || !isEcsRequest(request)) return
    const verdict = await decideSafely(request, decide)
    if (verdict !== 'live' && controller.readyState === RequestController.PENDING)
      settle(controller, verdict)
  })
  const stopClosing = closeOldEcsConnections()
  interceptor.apply()
  return () => {
    interceptor.dispose()
    stopClosing()
  }
}

/** For a listener that throws, the interceptor answers 500, which clients send again. */
async function decideSafely(
  request: Request,
  decide: (request: EcsRequest) => Promise<Verdict>,
): Promise<Verdict> {
  try {
    return await decide(await readEcsRequest(request))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refuse('HarnessFailure', `starttask-harness failed to answer: ${reason}`)
  }
}

/** A refusal in the client's own protocol: HTTP 400, which no client sends again. */
export function refuse(name: string, message: string): WireResponse {
  return buildErrorResponse(
    400,
    { name, message },
    { now: Date.now(), requestId: crypto.randomUUID() },
  )
}

function settle(controller: RequestController, response: WireResponse | TransportFailure): void {
  if (!isTransportFailure(response)) {
    const hasBody = ![204, 205, 304].includes(response.status)
    controller.respondWith(
      new Response(hasBody ? Buffer.from(response.body) : null, {
        status: response.status,
        headers: response.headers,
      }),
    )
  } else if (response.failure === 'truncated') {
    controller.respondWith(buildCutResponse())
  } else {
    controller.errorWith(buildError(response))
  }
}

/** A response whose body breaks off, with the error that Node.js has for one. */
function buildCutResponse(): Response {
  const start = new TextEncoder().encode('{')
  const body = new ReadableStream({
    pull(controller) {
      if (isBegun) controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
      else controller.enqueue(start)
      isBegun = true
    },
  })
  let isBegun = false
  return new Response(body, {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'content-length': '1000' },
  })
}

const CODES: Readonly<Record<TransportFailure['failure'], string | undefined>> = {
  refused: 'ECONNREFUSED',
  reset: 'ECONNRESET',
  timeout: 'ETIMEDOUT',
  truncated: 'ECONNRESET',
  other: undefined,
}

/** The error as Node.js words it: clients tell by its code whether they try again. */
function buildError({ failure, code = CODES[failure] }: TransportFailure): Error {
  if (code === undefined) return new Error('a recorded transport failure')
  return Object.assign(new Error(`${failure === 'reset' ? 'read' : 'connect'} ${code}`), { code })
}
