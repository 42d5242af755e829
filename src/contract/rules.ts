/** The catalogue of rules and the names of the contract's tables. */
import type { Severity } from './finding.ts'
import { CATALOGUE } from './generated/catalogue.js'
import type {
  DOCUMENTED_ERRORS,
  FAILURE_REASONS,
  SERVICE_MESSAGES,
} from './generated/documented.js'

/** A rule of contracts/start-task/rules.json. `severity` is that of its findings, unless a view lowers it. */
export interface RuleDescription {
  readonly side: 'request' | 'response' | 'error'
  readonly severity: Severity
  readonly source: string
  /** A sentence that is true if the rule is kept; after `reported:`, a sentence about a broken rule. */
  readonly says: string
}

/** Every rule of the contract's findings, by id. */
export const RULES: ReadonlyMap<string, RuleDescription> = new Map(Object.entries(CATALOGUE))

/** One of the errors that the API page lists for StartTask. */
export type DocumentedErrorName = keyof typeof DOCUMENTED_ERRORS
/** A documented reason why a container instance got no task. The service may send others. */
export type FailureReasonName = keyof typeof FAILURE_REASONS
/** The name of a message that the service sends. */
export type ServiceMessageName = keyof typeof SERVICE_MESSAGES
