import * as fc from 'fast-check'
import { describeUnknownName } from '../message/index.ts'
import { formatPointer, MAX_DEPTH } from '../protocol/index.ts'
import { type BodyPlace, type BodyRule, REQUEST_PLACES } from '../contract/index.ts'
import { breakRule, breakWithin, type Broken, readSteps } from './breakages.ts'
import { listCases } from './cases.ts'
import { buildObject, type JsonValue } from './values.ts'

/** A request that breaks one rule of the documented contract, and what `checkRequest` says of it. */
export interface BrokenRequest {
  request: unknown
  /** The rule's id. */
  rule: string
  /** Where `checkRequest` reports it. */
  pointer: string
}

/** Each rule that a request can break alone, with the ways to do so. */
const WAYS: ReadonlyMap<string, readonly (() => fc.Arbitrary<Broken>)[]> = collectWays()

/** The ids of the rules of severity error and warning that {@link brokenRequests} knows how to break. */
export const BREAKABLE_RULES: readonly string[] = [...WAYS.keys()]

/**
 * Requests that break exactly one rule: `checkRequest` reports that rule at that pointer, and else at most information.
 *
 * Three kinds of rules cannot be broken alone, or by a body: `request.size` (a million values), `request.notJson`, and those on what goes with
 * a member that the API page does not have, which is reported itself.
 *
 * @param rule the id of a rule, one of {@link BREAKABLE_RULES}; without it any
 */
export function brokenRequests(rule?: string): fc.Arbitrary<BrokenRequest> {
  if (rule === undefined) return fc.oneof(...BREAKABLE_RULES.map(chooseWay))
  if (!WAYS.has(rule)) throw describeUnknownName('breakable rule', rule, BREAKABLE_RULES)
  return chooseWay(rule)
}

function chooseWay(rule: string): fc.Arbitrary<BrokenRequest> {
  const ways = (WAYS.get(rule) ?? []).map((build) => build())
  return fc
    .oneof(...ways)
    .map(({ value, segments }) => ({ request: value, rule, pointer: formatPointer(segments) }))
}

function collectWays(): Map<string, (() => fc.Arbitrary<Broken>)[]> {
  const ways = new Map<string, (() => fc.Arbitrary<Broken>)[]>()
  const add = (rule: string, build: () => fc.Arbitrary<Broken>): void =>
    void ways.set(rule, [...(ways.get(rule) ?? []), build])
  for (const { place, around } of listPlaces(REQUEST_PLACES)) {
    const steps = readSteps(place.path)
    for (const rule of place.rules)
      if (isBreakable(rule, place, around))
        add(rule.id, () => breakRule(REQUEST_PLACES, place.path, rule))
    if (place.isNewer)
      add('request.newerMember', () =>
        breakWithin(REQUEST_PLACES, steps.slice(0, -1), addNewer(steps.at(-1) ?? '')),
      )
    else if (place.type === 'object')
      add('request.unknownMember', () => breakWithin(REQUEST_PLACES, steps, addUnknown))
  }
  return ways.set('request.depth', [() => addDepth(REQUEST_PLACES)])
}

/** Every place with the object around it, if it is a member of one. */
function listPlaces(
  place: BodyPlace,
  around?: BodyPlace,
): { place: BodyPlace; around: BodyPlace | undefined }[] {
  const members = Object.values(place.members ?? {}).flatMap((member) => listPlaces(member, place))
  return [{ place, around }, ...members, ...(place.items ? listPlaces(place.items) : [])]
}

/** Information is broken by valid requests too; no list has less than nothing in it; what is newer is reported for itself. */
function isBreakable(rule: BodyRule, place: BodyPlace, around: BodyPlace | undefined): boolean {
  if (rule.severity === 'info' || (rule.keyword === 'minItems' && rule.operand === 0)) return false
  const newer = Object.entries(around?.members ?? {}).flatMap(([name, { isNewer }]) =>
    isNewer ? [name] : [],
  )
  if (newer.length === 0 || !around) return !place.isNewer
  return listCases(around, {}, rule).some((one) => newer.every((name) => one[name] === 'absent'))
}

function addUnknown(place: BodyPlace): fc.Arbitrary<Broken> {
  const known = Object.keys(place.members ?? {})
  const near = known
    .map((name) => name.slice(0, 1).toUpperCase() + name.slice(1))
    .filter((name) => !known.includes(name))
  const names = fc.oneof(
    fc.constantFrom('unknown', ...near),
    fc.string({ maxLength: 8 }).map((text) => `x-${text}`),
  )
  const values = fc.constantFrom<JsonValue[]>('text', 1, true, null, [], {})
  return fc
    .record({ object: buildObject(place), name: names, value: values })
    .map(({ object, name, value }) => ({ value: { ...object, [name]: value }, segments: [name] }))
}

function addNewer(name: string): (place: BodyPlace) => fc.Arbitrary<Broken> {
  return (place) =>
    buildObject(place, { [name]: 'present' }).map((value) => ({ value, segments: [name] }))
}

/** Nested deeper than the checks go. */
function addDepth(place: BodyPlace): fc.Arbitrary<Broken> {
  const levels = fc.integer({ min: MAX_DEPTH, max: MAX_DEPTH + 20 })
  return fc.record({ object: buildObject(place), levels }).map(({ object, levels: count }) => {
    const nested = Array.from({ length: count }).reduce<JsonValue>((inner) => [inner], 'deep')
    return { value: { ...object, nested }, segments: [] }
  })
}
