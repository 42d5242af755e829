/** One place of a body on the API page. Trees of shapes are generated from the schemas in contracts/. */
export interface Shape {
  readonly type: string
  /** The source of its rules. Absent if it is the source of the parent. */
  readonly source?: string
  readonly required?: readonly string[]
  /** Of an object, by name. */
  readonly members?: Readonly<Record<string, Shape>>
  /** Members that the page does not show and later models have, by name. */
  readonly newer?: Readonly<Record<string, NewerMember>>
  /** Of an array. */
  readonly items?: Shape
}

/** A member that a later model has. `since` is a date, or says between which. */
export interface NewerMember {
  readonly since: string
  readonly source: string
}

/** A rule that a schema cannot express; code checks it. */
export interface RuleInCode {
  readonly severity: 'error' | 'warning' | 'info'
  readonly source: string
}

/** The HTTP status that the API page gives an error, and whose fault it is. */
export interface DocumentedError {
  readonly status: number
  readonly fault: 'client' | 'server'
  readonly meaning: string
}

/** An error common to all actions. `statuses`: every HTTP status that a page gives it or that was seen. */
export interface CommonError {
  readonly statuses: readonly number[]
  readonly fault: 'client' | 'server'
  /** True if the AWS SDKs retry the request. */
  readonly retried: boolean
  readonly meaning: string
}

/** A result instead of AWS JSON: a failure of the connection, or a response of another server. */
export type TransportFault =
  | {
      readonly failure: 'refused' | 'reset' | 'timeout' | 'truncated'
      readonly code: string
      readonly meaning: string
    }
  | {
      readonly status: number
      readonly contentType: string
      readonly body: string
      readonly meaning: string
    }

/** A fault of a response: `ms` in milliseconds, if the fault has a duration. */
export interface ResponseFault {
  readonly ms?: number
  readonly contentType?: string
  readonly meaning: string
}

/** A `reason` of a failure in an HTTP 200, and which operations give it. The list is open. */
export interface FailureReason {
  readonly operations: readonly string[]
  readonly meaning: string
}

/** A message of the service that users saw, with the rule that it is about. `{name}` is a placeholder. */
export interface ServiceMessage {
  readonly error: string
  readonly message: string
  readonly rule?: string
}
