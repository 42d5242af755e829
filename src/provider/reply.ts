import {
  DOCUMENTED_ERRORS,
  type DocumentedErrorName,
  type Finding,
  SERVICE_MESSAGES,
  type ServiceMessageName,
} from '../contract/index.ts'
import type { ErrorIdentity, JsonObject } from '../protocol/index.ts'
import type { ProviderState } from './state.ts'

/** Makes an id from its purpose; the same purpose gives the same id. */
export type IdMaker = (...purpose: readonly (string | number)[]) => string

/** The input of an operation in addition to the request. */
export interface Surroundings {
  state: ProviderState
  /** Milliseconds since 1970. */
  now: number
  createId: IdMaker
}

/** The result of an operation: the body of an HTTP 200, with the new state if it changed; or a refusal. */
export type Reply = { body: JsonObject; state?: ProviderState } | Refusal

/** An error response. Its status is the catalogue's. */
export interface Refusal {
  refusal: ErrorIdentity
  status: number
}

/** The errors of the provider: those of the page, and those of requests that reach no operation. */
export type RefusalName =
  | DocumentedErrorName
  | 'SerializationException'
  | 'UnknownOperationException'

/** Refuses with a message of the provider. */
export function refuse(name: RefusalName, message: string): Refusal {
  return { refusal: { name, message }, status: readStatus(name) }
}

/** Refuses with a message of the service, as users have seen it. `named` fills its placeholder. */
export function refuseAsService(about: ServiceMessageName, named = ''): Refusal {
  const { error, message } = SERVICE_MESSAGES[about]
  return {
    refusal: { name: error, message: message.replace('{name}', () => named) },
    status: readStatus(error),
  }
}

/** Refuses a request that breaks a rule of the contract, with the message of the service if it is known, else with the finding's. */
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
