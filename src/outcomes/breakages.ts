/** Bodies that break exactly one rule: all beside the broken place is built as for a body that breaks none. */
import * as fc from 'fast-check'

import { type BodyPlace, type BodyRule, findPlace } from '../contract/index.ts'
import { breakValue } from './broken-values.ts'
import { type Case, listActiveRules, type State } from './cases.ts'
import {
  buildCase,
  buildList,
  buildObject,
  chooseCase,
  isMembers,
  type JsonValue,
  listUniqueMembers,
} from './values.ts'

/** A value with the way from its root to what is wrong in it. */
export interface Broken {
  readonly value: JsonValue
  readonly segments: readonly (string | number)[]
}

/** Bodies that break one rule. `path` is the place that the rule is on, as rule ids name it. */
export function breakRule(body: BodyPlace, path: string, broken: BodyRule): fc.Arbitrary<Broken> {
  const steps = readSteps(path)
  const last = steps.at(-1)
  if (last === undefined || last === '[]')
    return breakWithin(body, steps, (place) => breakWhole(place, broken, place.rules))
  if (broken.operand === 'unique')
    return breakWithin(body, steps.slice(0, -2), (list) => repeatMember(list, last))
  return breakWithin(body, steps.slice(0, -1), (object) => breakMember(object, last, broken))
}

/** Bodies in which what stands at the end of `steps` is broken in a way of its own. */
export function breakWithin(
  place: BodyPlace,
  steps: readonly string[],
  build: (place: BodyPlace) => fc.Arbitrary<Broken>,
): fc.Arbitrary<Broken> {
  const [step, ...rest] = steps
  if (step === undefined) return build(place)
  if (step === '[]') return putIntoList(place, breakWithin(findPlace(place, ['[]']), rest, build))
  const inner = breakWithin(findPlace(place, [step]), rest, build)
  return chooseCase(place, { [step]: 'present' }, undefined, (one) =>
    putIntoObject(place, one, step, inner),
  )
}

/** `tags[].key` as `tags`, `[]`, `key`. */
export function readSteps(path: string): string[] {
  return path === '' ? [] : path.split(/\.|(?=\[\])/)
}

function breakWhole(
  place: BodyPlace,
  broken: BodyRule,
  rules: readonly BodyRule[],
): fc.Arbitrary<Broken> {
  return breakValue(place, broken, rules).map((value) => ({ value, segments: [] }))
}

function putIntoObject(
  place: BodyPlace,
  one: Case,
  name: string,
  inner: fc.Arbitrary<Broken>,
): fc.Arbitrary<Broken> {
  return fc
    .record({ others: buildCase(place, one, name), inner })
    .map(({ others, inner: { value, segments } }) => ({
      value: { ...others, [name]: value },
      segments: [name, ...segments],
    }))
}

/** Items that would repeat what must differ make room. */
function putIntoList(place: BodyPlace, inner: fc.Arbitrary<Broken>): fc.Arbitrary<Broken> {
  const unique = listUniqueMembers(findPlace(place, ['[]']))
  return fc
    .record({ others: buildList(place, place.rules), inner, position: POSITIONS })
    .map(({ others, inner: { value, segments }, position }) => {
      const beside = others.filter((other) => !unique.some((name) => isSame(other, value, name)))
      const index = Math.min(position, beside.length)
      return { value: beside.toSpliced(index, 0, value), segments: [index, ...segments] }
    })
}

function breakMember(place: BodyPlace, name: string, broken: BodyRule): fc.Arbitrary<Broken> {
  if (broken.keyword === 'required') return leaveOut(place, name, broken)
  const member = findPlace(place, [name])
  return chooseCase(place, { [name]: readWish(broken) }, broken, (one) =>
    putIntoObject(place, one, name, breakWhole(member, broken, listActiveRules(member, one))),
  )
}

/** A value that is none of the documented ones is none that a condition names. */
function readWish({ keyword }: BodyRule): State {
  return keyword === 'type' || keyword === 'enum' ? 'other' : 'present'
}

/** A required member is missing when it is not there, and when it is null. */
function leaveOut(place: BodyPlace, name: string, broken: BodyRule): fc.Arbitrary<Broken> {
  return fc
    .record({ others: buildObject(place, { [name]: 'absent' }, broken), isNull: fc.boolean() })
    .map(({ others, isNull }) => ({
      value: isNull ? { ...others, [name]: null } : others,
      segments: [name],
    }))
}

const POSITIONS = fc.nat({ max: 3 })

/** Two items with the same value in a member; the later one is wrong. */
function repeatMember(place: BodyPlace, name: string): fc.Arbitrary<Broken> {
  const item = buildObject(findPlace(place, ['[]']), { [name]: 'present' })
  return fc
    .record({
      others: buildList(place, place.rules),
      item,
      twin: item,
      position: POSITIONS,
      between: POSITIONS,
    })
    .map(({ others, item: first, twin, position, between }) => {
      const beside = others.filter((other) => !isSame(other, first, name))
      const earlier = Math.min(position, beside.length)
      const later = Math.min(earlier + 1 + between, beside.length + 1)
      const again = { ...twin, [name]: first[name] ?? null }
      return {
        value: beside.toSpliced(earlier, 0, first).toSpliced(later, 0, again),
        segments: [later, name],
      }
    })
}

function isSame(one: JsonValue, other: JsonValue, name: string): boolean {
  return isMembers(one) && isMembers(other) && one[name] !== undefined && one[name] === other[name]
}
