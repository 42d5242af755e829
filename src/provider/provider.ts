import { HarnessError } from '../message/index.ts'
import {
  buildResponse,
  buildErrorResponse,
  readUnsupportedProtocol,
  translateError,
  type WireRequest,
  type WireResponse,
} from '../protocol/index.ts'
import { createDefaultState } from './default-state.ts'
import { createIdMaker } from './identity.ts'
import { answerOperation } from './operation.ts'
import { isRefusal } from './reply.ts'
import { parseProviderState } from './state-parser.ts'
import type { ProviderState } from './state.ts'

export interface ProviderOptions {
  /** What there is at first; the default state when absent. It is checked and copied. */
  state?: ProviderState
  /** What all ids are made from; 1 when absent. */
  seed?: number
  /** Milliseconds since 1970; the time of day when absent. */
  clock?: { now(): number }
  /** Told each new state, before the response that tells of the change. */
  onChange?: (state: ProviderState) => void
}

/**
 * `response` never rejects, whatever the request. The same state, seed, clock and requests give the same bytes, headers included. Each
 * request is answered in one step, so two at once are one after the other.
 */
export interface Provider {
  respond(request: WireRequest): Promise<WireResponse>
  /** The state now; it is never changed in place. */
  readonly state: ProviderState
}

/** Creates a provider. Throws `usage` for an unknown option or a state that is none. */
export function createProvider(options: ProviderOptions = {}): Provider {
  refuseUnknownOptions('createProvider', options, ['state', 'seed', 'clock', 'onChange'])
  const { seed = 1, clock = { now: Date.now }, onChange } = options
  if (!Number.isFinite(seed))
    throw new HarnessError('usage', 'The option seed of a provider is no finite number.')
  const createId = createIdMaker(seed)
  let state =
    options.state === undefined
      ? createDefaultState()
      : parseProviderState(JSON.stringify(options.state))
  let answered = 0

  const answerNow = (request: WireRequest): WireResponse => {
    const now = Math.round(clock.now())
    const making = { now, requestId: createId('request', answered++) }
    const reply = answerOperation(request, { state, now, createId })
    if (isRefusal(reply)) {
      const refused = buildErrorResponse(reply.status, reply.refusal, making)
      const foreign = readUnsupportedProtocol(request)
      return foreign ? translateError(refused, foreign) : refused
    }
    if (reply.state) {
      state = reply.state
      onChange?.(state)
    }
    return buildResponse(200, JSON.stringify(reply.body), making)
  }
  return {
    respond: async (request) => answerNow(request),
    get state() {
      return state
    },
  }
}

/** Throws `usage` for an option that is not among `known`. */
export function refuseUnknownOptions(
  owner: string,
  options: object,
  known: readonly string[],
): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new HarnessError(
    'usage',
    `${owner} has no option ${unknown}.\n  remedy  remove it; known are ${known.join(', ')}`,
  )
}
