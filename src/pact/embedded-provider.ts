/** The embedded provider as a service to verify against: it answers, and is brought into states, over HTTP on this machine. */
import { describeReason } from '../message/index.ts'
import { startListener } from '../listener/index.ts'
import {
  buildErrorResponse,
  isObject,
  type JsonObject,
  MAX_BODY_BYTES,
  parseBody,
  readObject,
  type WireRequest,
  type WireResponse,
} from '../protocol/index.ts'
import { createProvider } from '../provider/index.ts'
import { makeSetting } from './provider-states.ts'

/** A service with states: where it answers, and where Pact's verifier asks for a state. */
export interface StatefulService extends AsyncDisposable {
  readonly url: string
  readonly statesUrl: string
}

/** Where states are asked for; no StartTask goes to such a path. */
export const STATES_PATH = '/_states'

/**
 * Starts the embedded provider.
 *
 * @param spoil changes its responses: how tests plant faults in it
 */
export async function startEmbeddedProvider(
  spoil: (response: WireResponse) => WireResponse = (response) => response,
): Promise<StatefulService> {
  let states: { name: string; params: JsonObject }[] = []
  const answerRequest = async (request: WireRequest): Promise<WireResponse> => {
    const { state, error } = makeSetting(states)
    states = []
    if (error)
      return buildErrorResponse(error.status, { name: error.name, message: error.name }, making())
    return createProvider({ state }).respond(request)
  }
  const listener = await startListener({
    maxBodyBytes: MAX_BODY_BYTES,
    refuse: (status, name, message) => buildErrorResponse(status, { name, message }, making()),
    async respond(request) {
      if (request.url !== STATES_PATH) {
        const response = spoil(await answerRequest(request))
        const { 'content-length': _, ...headers } = response.headers // the listener counts again
        return { ...response, headers }
      }
      const asked = readStateRequest(request.body)
      try {
        if (asked) makeSetting((states = [...states, asked]))
        return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }
      } catch (error) {
        states = []
        return {
          status: 400,
          headers: { 'content-type': 'text/plain' },
          body: describeReason(error),
        }
      }
    },
  })
  return {
    url: listener.url,
    statesUrl: `${listener.url}${STATES_PATH}`,
    [Symbol.asyncDispose]: () => listener.stop(),
  }
}

function making(): { now: number; requestId: string } {
  return { now: Date.now(), requestId: crypto.randomUUID() }
}

/** What Pact's verifier posts; `undefined` when it takes a state down, which needs nothing here. */
export function readStateRequest(
  body: Uint8Array,
): { name: string; params: JsonObject } | undefined {
  const value = parseBody(body)
  const { state, params, action, ...flat } = readObject(value)
  if (typeof state !== 'string' || action === 'teardown') return undefined
  return { name: state, params: isObject(params) ? params : flat }
}
