import { HarnessError } from '../message/index.ts'
import { formatPointer, isObject, type JsonObject } from '../protocol/index.ts'

/** Reads one value of a state, or throws `usage` with the place where it stands. */
export type Reader<T> = (value: unknown, place: Place) => T
/** The segments from the state's root. */
export type Place = readonly (string | number)[]

/** A string that a pattern matches; `meaning` says in words what it must be. */
export function readText(pattern: RegExp, meaning: string): Reader<string> {
  return (value, place) =>
    typeof value === 'string' && pattern.test(value) ? value : refuseValue(place, meaning)
}

/** A whole number from `least` up. */
export function readCount(least: number): Reader<number> {
  return (value, place) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least
      ? value
      : refuseValue(place, `a whole number from ${least} up`)
}

export const readFlag: Reader<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : refuseValue(place, 'true or false')

export const readJsonObject: Reader<JsonObject> = (value, place) =>
  isObject(value) ? value : refuseValue(place, 'an object')

export function readWord<T extends string>(...words: readonly T[]): Reader<T> {
  return (value, place) =>
    words.find((word) => word === value) ?? refuseValue(place, words.join(' or '))
}

/** An array; `identify` names what must be unique in it. */
export function readList<T>(read: Reader<T>, identify?: (item: T) => string): Reader<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return refuseValue(place, 'an array')
    const items = value.map((item, index) => read(item, [...place, index]))
    const seen = new Set<string>()
    for (const [index, item] of items.entries()) {
      const identity = identify?.(item) ?? String(index)
      if (seen.has(identity))
        return refuse(
          'The provider state has the same thing twice.',
          [...place, index],
          'remove one of the two',
        )
      seen.add(identity)
    }
    return items
  }
}

/** An object with these members and no others; those in `optional` may be absent. */
export function readMembersOf<T extends object>(
  readers: { [Member in keyof T & string]-?: Reader<Exclude<T[Member], undefined>> },
  optional: readonly (keyof T & string)[] = [],
): Reader<T> {
  const names = Object.keys(readers)
  const mayBeAbsent = new Set<string>(optional)
  const byName = new Map<string, Reader<unknown>>(Object.entries(readers))
  return (value, place) => {
    if (!isObject(value)) return refuseValue(place, 'an object')
    const unknown = Object.keys(value).find((name) => !byName.has(name))
    if (unknown !== undefined) {
      return refuse(
        'The provider state has an unknown member.',
        [...place, unknown],
        `remove it; known here: ${names.join(', ')}`,
      )
    }
    const members = [...byName]
      .filter(([name]) => Object.hasOwn(value, name) || !mayBeAbsent.has(name))
      .map(
        ([name, read]) =>
          [
            name,
            read(Object.hasOwn(value, name) ? value[name] : undefined, [...place, name]),
          ] as const,
      )
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parse boundary: each member was read by the reader that T asks for
    return Object.fromEntries(members) as T
  }
}

function refuseValue(place: Place, meaning: string): never {
  return refuse('The provider state has a missing or wrong value.', place, `make it ${meaning}`)
}

function refuse(fact: string, place: Place, remedy: string): never {
  throw new HarnessError(
    'usage',
    `${fact}\n  place   ${formatPointer(place) || 'the whole state'}\n  remedy  ${remedy}`,
  )
}
