import { HarnessError } from '../message/index.ts'
import { isObject, type JsonObject } from '../protocol/index.ts'

/** What stands on the wire. `document` is any JSON. */
export type WireKind = 'string' | 'number' | 'boolean' | 'list' | 'object' | 'map' | 'document'

/** What a source tells beyond the wire kind; absent where it does not tell. */
export type Detail = 'integer' | 'float' | 'timestamp' | 'structure' | 'union'

/** Limits, by the names of JSON Schema; a length is of a text, a list or a map. */
export const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum'] as const
export type Limit = (typeof LIMITS)[number]

/** What a source may carry or not: where it does not, nothing can be said about it. */
export type Facet = 'required' | 'enum' | 'length' | 'range' | 'pattern' | 'sensitive'

/** Where a fact stands. `isProse`: only a text says so, no AWS model does, so that a model without it says nothing about it. */
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
  /** Reads the member's node now: models may be recursive, so that nothing is read before it is asked for. */
  readonly read: () => ModelNode
  readonly requirement?: Requirement
}

/** A member that the contract knows to be newer than the page; `since` is a date where one is known. */
export interface NewerMember extends ModelMember {
  readonly since: string
}

/** One place of a body, as one source tells it. */
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
  /** The contract's alone: members that are no drift when another source has them, and rules that no model can say. */
  readonly newer?: ReadonlyMap<string, NewerMember>
  readonly conditions?: readonly Fact<string>[]
}

/** StartTask as one source tells it. */
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

/** The origin of every fact of a foreign model. */
export const EXTERNAL_MODEL: Origin = {
  from: 'model',
  source: 'the compared model',
  isProse: false,
}

/** What every AWS model carries, in each of its formats. */
export const EVERY_FACET: ReadonlySet<Facet> = new Set([
  'required',
  'enum',
  'length',
  'range',
  'pattern',
  'sensitive',
])

/** Refuses a model, with the place in it where it goes wrong. */
export function refuseModel(place: string, fact: string): HarnessError {
  const remedy =
    'give a service-2.json (.gz too) or a Smithy JSON AST of Amazon ECS, as AWS publishes them'
  const [where, what] = [place, fact].map((text) => text.replaceAll('\n', '\\n')) // names in it are foreign
  return new HarnessError(
    'usage',
    `The model cannot be read.\n  place      ${where}\n  fact       ${what}\n  remedy     ${remedy}`,
  )
}

/** An object's own member, which must be an object. Throws `usage`. */
export function readObject(parent: JsonObject, name: string, place: string): JsonObject {
  const value = readOwn(parent, name)
  if (!isObject(value))
    throw refuseModel(
      `${place}${place === '' ? '' : ' '}${name}`,
      value === undefined ? 'it is missing' : 'it is no object',
    )
  return value
}

/** An object's own member, which must be a text. Throws `usage`. */
export function readText(parent: JsonObject, name: string, place: string): string {
  const value = readOwn(parent, name)
  if (typeof value !== 'string')
    throw refuseModel(`${place} ${name}`, value === undefined ? 'it is missing' : 'it is no text')
  return value
}

/** An object's own member, which must be a list when it is there. Throws `usage`. */
export function readListOf(parent: JsonObject, name: string, place: string): readonly unknown[] {
  const value = readOwn(parent, name)
  if (value === undefined) return []
  if (!Array.isArray(value)) throw refuseModel(`${place} ${name}`, 'it is no list')
  return value
}

/** A list of texts. Throws `usage`. */
export function readTexts(parent: JsonObject, name: string, place: string): string[] {
  return readListOf(parent, name, place).map((item) => {
    if (typeof item !== 'string') throw refuseModel(`${place} ${name}`, 'it holds what is no text')
    return item
  })
}

/** An object's own member: what `Object.prototype` has is none of a foreign file's. */
export function readOwn(parent: JsonObject, name: string): unknown {
  return Object.hasOwn(parent, name) ? parent[name] : undefined
}

/** The limits among `found`, as facts; a minimum length of 0 limits nothing. Throws `usage` when one is no number. */
export function readLimits(
  found: Readonly<Partial<Record<Limit, unknown>>>,
  place: string,
): ReadonlyMap<Limit, Fact<number>> {
  const limits = new Map<Limit, Fact<number>>()
  for (const limit of LIMITS) {
    const value = found[limit]
    if (value === undefined || (limit === 'minLength' && value === 0)) continue
    if (typeof value !== 'number') throw refuseModel(place, `its limit ${limit} is no number`)
    limits.set(limit, { value, origin: EXTERNAL_MODEL })
  }
  return limits
}

/** A pattern as a fact, when there is one. Throws `usage` when it is no text. */
export function readPattern(value: unknown, place: string): { pattern?: Fact<string> } {
  if (value === undefined) return {}
  if (typeof value !== 'string') throw refuseModel(place, 'its pattern is no text')
  return { pattern: { value, origin: EXTERNAL_MODEL } }
}
