import type { Severity } from './finding.ts'
import type { Facet, Limit } from './model.ts'

/** How contract and another source disagree. Their names say what happened on the way from the contract to the other. */
export type DriftKind =
  | 'member-added'
  | 'member-removed'
  | 'type-changed'
  | 'required-tightened'
  | 'required-relaxed'
  | 'enum-value-added'
  | 'enum-value-removed'
  | 'constraint-changed'
  | 'error-added'
  | 'error-removed'

export type DriftSide = 'request' | 'response' | 'errors'

/** One disagreement of the contract with another source. */
export interface DriftFinding {
  kind: DriftKind
  side: DriftSide
  /** JSON Pointer into the body, in which `*` stands for any item; of an error, its name. */
  pointer: string
  /** The severity, as smithy-diff has it for the same change: see {@link weighDrift}. */
  severity: Severity
  /** Which constraint, when one has changed. */
  constraint?: Limit | 'pattern' | 'enum'
  /** The value of the contract, if it has one. */
  contract?: unknown
  /** The value of the other source, if it has one. */
  other?: unknown
  message: string
  /** Who breaks when they rely on the contract and meet the other. */
  breaks: string
  /** The source of the contract's value: the API page or another one. */
  from: 'page' | 'overlay'
  /** The document that the contract's value comes from. */
  source: string
  /** True if contracts/ already describes this difference. */
  known: boolean
}

/** A place that one of both sources tells nothing about: neither drift nor agreement. */
export interface Unchecked {
  side: DriftSide
  pointer: string
  what: Facet | 'type' | 'errors' | 'condition'
  /** Who is silent; `prose` when no model says what a text says. */
  silent: 'contract' | 'other' | 'prose'
  reason: string
  /** The name of the rule in the source that has it: a limit, a condition, a member. */
  rule?: string
  /** The document that the contract's rule comes from. */
  source?: string
}

/** What a change does, beyond its kind: a required member that is new, a limit that excludes more, or less, or is gone, an enum that is open. */
export type Turn = 'required' | 'scalar' | 'stricter' | 'looser' | 'gone' | 'opened' | 'noted'

/**
 * What smithy-diff gives the same change, its ERROR and DANGER as error, its WARNING as warning, its NOTE as info:
 *
 * - `AddedShape` note, `AddedRequiredMember` error; `RemovedShape` error for a member
 * - `ChangedShapeType`, `ChangedMemberTarget` error for another type
 * - `ChangedNullability` error for required either way, warning where it is taken from a structure or union
 * - `ChangedEnumTrait` note for a value that is added, error for one that is removed. It calls a value inserted before the end an error,
 *   for the sake of ordinals; JSON has none. An enum that comes or goes as a whole is an error (`diff.error.add`, `diff.error.remove`)
 * - `ChangedLengthTrait`, `ChangedRangeTrait` error for a limit that excludes more; `ModifiedTrait` warning for one that is gone. A limit that
 *   excludes less is not reported there and info here; a whole new limit is a note there and, since it excludes more, an error here
 * - `ModifiedTrait` note for a pattern that comes or changes, warning for one that goes
 * - `AddedOperationError`, `RemovedOperationError` warning
 */
export function weighDrift(kind: DriftKind, turn?: Turn): Severity {
  switch (kind) {
    case 'member-added':
      return turn === 'required' ? 'error' : 'info'
    case 'required-relaxed':
      return turn === 'scalar' ? 'error' : 'warning'
    case 'enum-value-added':
      return 'info'
    case 'error-added':
    case 'error-removed':
      return 'warning'
    case 'constraint-changed':
      return turn === 'stricter' || turn === 'opened'
        ? 'error'
        : turn === 'gone'
          ? 'warning'
          : 'info'
    case 'member-removed':
    case 'type-changed':
    case 'required-tightened':
    case 'enum-value-removed':
      return 'error'
  }
}

/** Who breaks by a change. */
export function nameBroken(kind: DriftKind, side: DriftSide, turn?: Turn): string {
  const isRequest = side === 'request'
  switch (kind) {
    case 'member-added':
      if (turn === 'required' && isRequest) return 'callers, none of whom sends the member yet'
      return isRequest
        ? 'whoever sends the member through a closed request schema'
        : 'readers whose closed response schema refuses the member'
    case 'member-removed':
      return isRequest ? 'callers that send the member' : 'callers that read the member'
    case 'type-changed':
      return isRequest ? 'callers that send the old type' : 'callers that read the old type'
    case 'required-tightened':
      return isRequest
        ? 'callers that leave the member out'
        : 'recordings and doubles that leave the member out'
    case 'required-relaxed':
      return isRequest
        ? 'schemas and generated types that still require the member'
        : 'callers that read the member without a look'
    case 'enum-value-added':
      return isRequest
        ? 'request schemas whose enum is closed'
        : 'callers that switch over the enum, and closed response schemas'
    case 'enum-value-removed':
      return isRequest
        ? 'callers that send the value'
        : 'nobody at run time: code for the value is never reached'
    case 'constraint-changed':
      return nameBrokenByConstraint(turn)
    case 'error-added':
      return 'callers that switch over the names of errors'
    case 'error-removed':
      return 'nobody at run time: handlers of the error are never reached'
  }
}

function nameBrokenByConstraint(turn: Turn | undefined): string {
  if (turn === 'stricter') return 'callers whose values only the contract allows'
  if (turn === 'opened') return 'code that takes the enum for closed'
  return turn === 'noted'
    ? 'validators generated from the pattern'
    : 'checks that refuse what the other allows'
}
