import type { ErrorIdentity, JsonObject } from '../protocol/index.ts'
import type { IdMaker } from './identity.ts'
import type { ProviderState } from './state.ts'

/** What an operation works from. */
export interface Surroundings {
  state: ProviderState
  /** Milliseconds since 1970. */
  now: number
  createId: IdMaker
}

/** What an operation came to: the body of an HTTP 200 and, where it changed something, the state from now on; or a refusal. */
export type Reply = { body: JsonObject; state?: ProviderState } | Refusal

/** An HTTP 400. */
export interface Refusal {
  refusal: ErrorIdentity
}

/**
 * The errors that the provider answers with. The last two are not on the page: they are what the layer of AWS JSON services below the
 * operations answers, and stand for a request that no operation was reached with.
 */
export type RefusalName =
  | 'ClientException'
  | 'ClusterNotFoundException'
  | 'InvalidParameterException'
  | 'SerializationException'
  | 'UnknownOperationException'

export function refuse(name: RefusalName, message: string): Refusal {
  return { refusal: { name, message } }
}

export function isRefusal(value: object): value is Refusal {
  return 'refusal' in value
}
