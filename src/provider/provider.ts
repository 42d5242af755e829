import { createHash } from 'node:crypto'

import { ECS_SERVICE, START_TASK } from '../contract/index.ts'
import { describeReason, HarnessError, requireKnownOptions } from '../message/index.ts'
import {
  AWS_JSON,
  buildErrorResponse,
  buildResponse,
  isObject,
  type JsonObject,
  normaliseHeaders,
  parseBody,
  parseTarget,
  readUnsupportedProtocol,
  translateError,
  type WireRequest,
  type WireResponse,
} from '../protocol/index.ts'
import { describeTasks, listContainerInstances, listTasks, stopTask } from './follow-ups.ts'
import {
  type IdMaker,
  isRefusal,
  refuse,
  type Refusal,
  type Reply,
  type Surroundings,
} from './reply.ts'
import { startTask } from './start-task.ts'
import { parseProviderState } from './state-parser.ts'
import { createDefaultState, type ProviderState } from './state.ts'

/** Options of {@link createProvider}. */
export interface ProviderOptions {
  /** The first state, which is checked and copied. @default the result of `createDefaultState` */
  state?: ProviderState
  /** The seed of all ids. @default 1 */
  seed?: number
  /** The clock, in milliseconds since 1970. @default the system clock */
  clock?: { now(): number }
  /** Called with each new state, before the response to the request that changed it. */
  onChange?: (state: ProviderState) => void
}

/**
 * A provider. `respond` never rejects. The same state, seed, clock and requests give the same bytes, including headers. Each request is processed
 * in one step, so concurrent requests are processed one after the other.
 */
export interface Provider {
  respond(request: WireRequest): Promise<WireResponse>
  /** The current state, which is immutable. */
  readonly state: ProviderState
}

/** Creates a provider. Throws `usage` for an unknown option or an invalid state. */
export function createProvider(options: ProviderOptions = {}): Provider {
  requireKnownOptions('option of createProvider', options, ['state', 'seed', 'clock', 'onChange'])
  const { seed = 1, clock = { now: Date.now }, onChange } = options
  if (!Number.isFinite(seed))
    throw new HarnessError('usage', 'The option seed of createProvider is not a finite number.')
  const createId = createIdMaker(seed)
  let state =
    options.state === undefined
      ? createDefaultState()
      : parseProviderState(JSON.stringify(options.state))
  let count = 0

  const respondNow = (request: WireRequest): WireResponse => {
    const now = Math.round(clock.now())
    const making = { now, requestId: createId('request', count++) }
    const reply = runOperation(request, { state, now, createId })
    if (isRefusal(reply)) {
      const refused = buildErrorResponse(reply.status, reply.refusal, making)
      const protocol = readUnsupportedProtocol(request)
      return protocol ? translateError(refused, protocol) : refused
    }
    if (reply.state) {
      state = reply.state
      onChange?.(state)
    }
    return buildResponse(200, JSON.stringify(reply.body), making)
  }
  return {
    respond: async (request) => respondNow(request),
    get state() {
      return state
    },
  }
}

type Operation = (body: JsonObject, surroundings: Surroundings) => Reply

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  [START_TASK, startTask],
  ['ListContainerInstances', listContainerInstances],
  ['DescribeTasks', describeTasks],
  ['StopTask', stopTask],
  ['ListTasks', listTasks],
])

const SUPPORTED = `This provider supports ${[...OPERATIONS.keys()].join(', ')} only`

/** Reads the headers and the body of a request and runs its operation. */
function runOperation(request: WireRequest, surroundings: Surroundings): Reply {
  const headers = normaliseHeaders(request.headers)
  const target = parseTarget(headers['x-amz-target'])
  const operation = target?.service === ECS_SERVICE ? OPERATIONS.get(target.operation) : undefined
  if (request.method !== 'POST' || readMediaType(headers['content-type']) !== AWS_JSON) {
    return refuse(
      'UnknownOperationException',
      `${SUPPORTED}, sent by POST with the content type ${AWS_JSON}.`,
    )
  }
  if (!operation)
    return refuse('UnknownOperationException', `${SUPPORTED}; it is not an emulator of ECS.`)
  const body = readBody(request.body)
  return 'refusal' in body ? body : operation(body.members, surroundings)
}

function readMediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase()
}

/** Reads a body. An empty one has no members: SDKs may send it. */
function readBody(bytes: WireRequest['body']): { members: JsonObject } | Refusal {
  try {
    const members = parseBody(bytes) ?? {}
    return isObject(members)
      ? { members }
      : refuse('SerializationException', 'The body is not a JSON object.')
  } catch (error) {
    return refuse('SerializationException', describeReason(error))
  }
}

/**
 * Makes ids from a seed, in the form of a version 4 UUID. Task ids have that form too: today's service uses 32 hex digits, but the page's sample,
 * which is the authority here, has a UUID.
 */
function createIdMaker(seed: number): IdMaker {
  return (...purpose) => {
    const hex = createHash('sha256')
      .update(JSON.stringify([seed, ...purpose]))
      .digest('hex')
    const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? '8'
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}
