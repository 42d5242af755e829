/** Values that break no rule of their place: neither one of the page nor one of the model or of prose. */
import * as fc from 'fast-check'

import type { BodyPlace, BodyRule, RuleKeyword } from '../contract/index.ts'
import { type Case, isList, listActiveRules, listCases } from './cases.ts'
import { buildNumber, buildText, listNumbers } from './scalars.ts'

/** A body or a part of it, built here and therefore plain JSON. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue }
/** An object of a body. */
export type JsonMembers = { readonly [member: string]: JsonValue }

/** How many items a list has where no rule says more or less: few enough that the JSON of overrides never comes near its limit. */
const USUAL_ITEMS = 3

/** The bodies that stand at a place, or parts of them, by the type that was generated from the same schema. */
export function buildBody<Body extends object>(place: BodyPlace): fc.Arbitrary<Body> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- types and places are generated from one schema; a test checks the values
  return buildObject(place) as fc.Arbitrary<unknown> as fc.Arbitrary<Body>
}

/** What breaks no rule of a place. `rules`: those that hold there. */
export function buildValue(
  place: BodyPlace,
  rules: readonly BodyRule[] = place.rules,
): fc.Arbitrary<JsonValue> {
  const values = findOperand(rules, 'enum')
  if (values !== undefined && isList(values)) return fc.constantFrom(...values)
  const constant = findOperand(rules, 'const')
  if (constant !== undefined) return fc.constant(constant)
  switch (place.type) {
    case 'boolean':
      return fc.boolean()
    case 'string':
      return buildText(place, rules)
    case 'number':
    case 'integer':
      return buildNumber(place, rules)
    case 'array':
      return buildList(place, rules)
    case 'object':
      return buildObject(place)
  }
}

const BUILT = new WeakMap<BodyPlace, fc.Arbitrary<JsonMembers>>()

/** The objects of a place. `wish` says what must be there and what must not; then `spared` is a rule that need not be kept. */
export function buildObject(
  place: BodyPlace,
  wish?: Case,
  spared?: BodyRule,
): fc.Arbitrary<JsonMembers> {
  if (wish) return chooseCase(place, wish, spared, (one) => buildCase(place, one))
  const objects =
    BUILT.get(place) ?? chooseCase(place, {}, undefined, (one) => buildCase(place, one))
  BUILT.set(place, objects)
  return objects
}

/** One of the cases that the rules of an object leave. Throws when they leave none. */
export function chooseCase<T>(
  place: BodyPlace,
  wish: Case,
  spared: BodyRule | undefined,
  build: (one: Case) => fc.Arbitrary<T>,
): fc.Arbitrary<T> {
  const cases = listCases(place, wish, spared)
  if (cases.length === 0)
    throw new Error(
      `No object at ${place.path || 'the whole body'} can have ${JSON.stringify(wish)}.`,
    )
  return fc.oneof(...cases.map(build))
}

/** The objects of one case; `beside` is a member that is not built here. */
export function buildCase(place: BodyPlace, one: Case, beside?: string): fc.Arbitrary<JsonMembers> {
  const members = Object.entries(place.members ?? {}).filter(
    ([name]) => one[name] !== 'absent' && name !== beside,
  )
  const model = members.map(
    ([name, member]) => [name, buildMember(member, one, one[name])] as const,
  )
  const requiredKeys = members.map(([name]) => name).filter((name) => one[name] !== undefined)
  return fc.record<Record<string, JsonValue>, string>(Object.fromEntries(model), {
    requiredKeys,
    noNullPrototype: true,
  })
}

function buildMember(
  member: BodyPlace,
  one: Case,
  state: Case[string] | undefined,
): fc.Arbitrary<JsonValue> {
  return typeof state === 'object'
    ? fc.constant(state.value)
    : buildValue(member, listActiveRules(member, one))
}

/** A list with items that differ where a rule asks for it; `least` more than the usual when it is given. */
export function buildList(
  place: BodyPlace,
  rules: readonly BodyRule[],
  least = 0,
): fc.Arbitrary<readonly JsonValue[]> {
  const { items } = place
  if (!items) throw new Error(`${place.path} has no items.`)
  const minLength = Math.max(least, ...listNumbers(rules, 'minItems'))
  const maxLength =
    least > 0
      ? least + USUAL_ITEMS
      : Math.min(USUAL_ITEMS, ...listNumbers(rules.filter(isBinding), 'maxItems'))
  const limits = { minLength, maxLength, size: 'max' } as const
  const [unique] = listUniqueMembers(items)
  if (unique === undefined) return fc.array(buildValue(items), limits)
  return fc.uniqueArray(buildValue(items), {
    ...limits,
    selector: (item) => readMember(item, unique),
  })
}

/** The members that must not have the same value in two items. */
export function listUniqueMembers(items: BodyPlace): string[] {
  const isUnique = ({ rules }: BodyPlace): boolean =>
    rules.some(({ keyword, operand }) => keyword === 'code' && operand === 'unique')
  return Object.entries(items.members ?? {}).flatMap(([name, member]) =>
    isUnique(member) ? [name] : [],
  )
}

/** A member of what may be an object. */
function readMember(value: JsonValue, name: string): JsonValue | undefined {
  return isMembers(value) ? value[name] : undefined
}

/** Whether a value is an object, and no list. */
export function isMembers(value: JsonValue): value is JsonMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function findOperand(
  rules: readonly BodyRule[],
  keyword: RuleKeyword,
): BodyRule['operand'] | undefined {
  return rules.find((rule) => rule.keyword === keyword)?.operand
}

function isBinding({ severity }: BodyRule): boolean {
  return severity !== 'info'
}
