import { escapeLine, HarnessError } from '../message/index.ts'
import { isObject, type JsonObject } from '../protocol/index.ts'

/** The kind of a value on the wire. `document` is any JSON. */
export type WireKind = 'string' | 'number' | 'boolean' | 'list' | 'object' | 'map' | 'document'

/** A detail of the kind that only some sources have. */
export type Detail = 'integer' | 'float' | 'timestamp' | 'structure' | 'union'

/** Limits, by the names of JSON Schema; a length is of a text, a list or a map. */
export const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum'] as const
export type Limit = (typeof LIMITS)[number]

/** A kind of rules that a source may have or not. Without it, nothing can be compared. */
export type Facet = 'required' | 'enum' | 'length' | 'range' | 'pattern' | 'sensitive'

/** The origin of a fact. `isProse` is true for facts that only a text has; a model without them does not contradict it. */
export interface Origin {
  readonly from: 'page' | 'overlay' | 'model'
  readonly source: string
  readonly isProse: boolean
}

export interface Fact<T> {
  readonly value: T
  readonly origin: Origin
}

/** That a member is required, always or unless another is there. */
export interface Requirement {
  readonly origin: Origin
  readonly unless?: string
}

export interface ModelMember {
  /** Reads the node of the member. Models may be recursive, so nodes are read when they are needed. */
  readonly read: () => ModelNode
  readonly requirement?: Requirement
}

/** A member that the contract knows to be newer than the page; `since` is a date where one is known. */
export interface NewerMember extends ModelMember {
  readonly since: string
}

/** One place of a body in one source. */
export interface ModelNode {
  readonly kind: WireKind
  readonly detail?: Detail
  readonly origin: Origin
  /** Of an object, in the source's order. */
  readonly members?: ReadonlyMap<string, ModelMember>
  /** Of a list or map. */
  readonly readItem?: () => ModelNode
  readonly values?: Fact<readonly string[]>
  readonly limits?: ReadonlyMap<Limit, Fact<number>>
  readonly pattern?: Fact<string>
  readonly isSensitive?: boolean
  /** Only in the contract: members that are not drift if another source has them. `conditions` are rules that a model cannot express. */
  readonly newer?: ReadonlyMap<string, NewerMember>
  readonly conditions?: readonly Fact<string>[]
}

/** StartTask in one source. */
export interface Model {
  readonly name: string
  readonly version?: string
  readonly request: ModelNode
  readonly response: ModelNode
  readonly carries: Readonly<Record<'request' | 'response', ReadonlySet<Facet>>>
  /** The operation's errors in order; absent when the source does not list them. */
  readonly errors?: readonly string[]
  /** Errors that the contract knows and its page does not list. */
  readonly knownErrors?: readonly string[]
}

/** The origin of every fact of an external model. */
export const EXTERNAL_MODEL: Origin = {
  from: 'model',
  source: 'the compared model',
  isProse: false,
}

/** The kinds of rules that every AWS model has, in each of its formats. */
export const EVERY_FACET: ReadonlySet<Facet> = new Set([
  'required',
  'enum',
  'length',
  'range',
  'pattern',
  'sensitive',
])

/** Makes the error for a model that cannot be read, with its place in the file. Names in both texts are untrusted. */
export function refuseModel(place: string, fact: string): HarnessError {
  return new HarnessError('usage', 'The model cannot be read.', {
    details: [
      ['place', escapeLine(place)],
      ['fact', escapeLine(fact)],
    ],
    remedy:
      'Pass a service-2.json (.gz too) or a Smithy JSON AST of Amazon ECS, as AWS publishes them.',
  })
}

/** Returns an own member that must be an object. Throws `usage`. */
export function requireObject(parent: JsonObject, name: string, place: string): JsonObject {
  const value = readOwn(parent, name)
  if (!isObject(value))
    throw refuseModel(
      `${place}${place === '' ? '' : ' '}${name}`,
      value === undefined ? 'it is missing' : 'it is not an object',
    )
  return value
}

/** Returns an own member that must be text. Throws `usage`. */
export function requireText(parent: JsonObject, name: string, place: string): string {
  const value = readOwn(parent, name)
  if (typeof value !== 'string')
    throw refuseModel(`${place} ${name}`, value === undefined ? 'it is missing' : 'it is not text')
  return value
}

/** Returns an own member that must be a list if it is present. Throws `usage`. */
export function requireList(parent: JsonObject, name: string, place: string): readonly unknown[] {
  const value = readOwn(parent, name)
  if (value === undefined) return []
  if (!Array.isArray(value)) throw refuseModel(`${place} ${name}`, 'it is not a list')
  return value
}

/** Returns an own member that must be a list of texts if it is present. Throws `usage`. */
export function requireTexts(parent: JsonObject, name: string, place: string): string[] {
  return requireList(parent, name, place).map((item) => {
    if (typeof item !== 'string')
      throw refuseModel(`${place} ${name}`, 'it has an item that is not text')
    return item
  })
}

/** Returns an own member, never one of `Object.prototype`. */
export function readOwn(parent: JsonObject, name: string): unknown {
  return Object.hasOwn(parent, name) ? parent[name] : undefined
}

/** Returns the limits of `found` as facts, without a minimum length of 0. Throws `usage` for a limit that is not a number. */
export function readLimits(
  found: Readonly<Partial<Record<Limit, unknown>>>,
  place: string,
): ReadonlyMap<Limit, Fact<number>> {
  const limits = new Map<Limit, Fact<number>>()
  for (const limit of LIMITS) {
    const value = found[limit]
    if (value === undefined || (limit === 'minLength' && value === 0)) continue
    if (typeof value !== 'number') throw refuseModel(place, `its limit ${limit} is not a number`)
    limits.set(limit, { value, origin: EXTERNAL_MODEL })
  }
  return limits
}

/** Returns a pattern as a fact, if there is one. Throws `usage` for a pattern that is not text. */
export function readPattern(value: unknown, place: string): { pattern?: Fact<string> } {
  if (value === undefined) return {}
  if (typeof value !== 'string') throw refuseModel(place, 'its pattern is not text')
  return { pattern: { value, origin: EXTERNAL_MODEL } }
}
