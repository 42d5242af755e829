import {
  DOCUMENTED_ERRORS,
  type DocumentedErrorName,
  type Finding,
  SERVICE_MESSAGES,
  type ServiceMessageName,
} from '../contract/index.ts'
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

/** An error response. Its status is the catalogue's. */
export interface Refusal {
  refusal: ErrorIdentity
  status: number
}

/** The errors that the provider answers with: the page's, and those of the layer below the operations where no operation was reached. */
export type RefusalName =
  | DocumentedErrorName
  | 'SerializationException'
  | 'UnknownOperationException'

/** Refuses in the provider's own words. */
export function refuse(name: RefusalName, message: string): Refusal {
  return { refusal: { name, message }, status: readStatus(name) }
}

/** Refuses in the words that users saw from the service. `named` is what the words leave open. */
export function refuseAsService(about: ServiceMessageName, named = ''): Refusal {
  const { error, message } = SERVICE_MESSAGES[about]
  return {
    refusal: { name: error, message: message.replace('{name}', () => named) },
    status: readStatus(error),
  }
}

/** Refuses what breaks a rule of the contract: in the service's words where they are known for the rule, else in the contract's. */
export function refuseBroken({ rule, message }: Finding): Refusal {
  const seen = Object.values(SERVICE_MESSAGES).find((text) => text.rule === rule)
  const name = seen?.error ?? 'InvalidParameterException'
  return { refusal: { name, message: seen?.message ?? message }, status: readStatus(name) }
}

function readStatus(name: string): number {
  const errors: Readonly<Record<string, { status: number } | undefined>> = DOCUMENTED_ERRORS
  return errors[name]?.status ?? 400
}

export function isRefusal(value: object): value is Refusal {
  return 'refusal' in value
}
