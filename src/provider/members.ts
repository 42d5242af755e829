import { isObject, type JsonObject } from '../protocol/index.ts'
import { refuse, type Refusal } from './reply.ts'

type Kind = 'string' | 'strings' | 'integer'
type Kinds = Readonly<Record<string, Kind>>
type Value<K extends Kind> = K extends 'string'
  ? string
  : K extends 'strings'
    ? readonly string[]
    : number

/** The members that a request gave, null counting as absent as in AWS JSON. */
export type Members<K extends Kinds> = { readonly [Name in keyof K]?: Value<K[Name]> }

/** Reads the members of a request body of the operations that the contract knows no schema of; any other member is refused by name. */
export function readMembers<K extends Kinds>(
  operation: string,
  body: JsonObject,
  kinds: K,
): Members<K> | Refusal {
  const given = Object.entries(body).filter(([, value]) => value !== null && value !== undefined)
  for (const [name, value] of given) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined)
      return refuse(
        'InvalidParameterException',
        `${operation} has no member ${quoteName(name)} that this provider knows.`,
      )
    if (!IS_OF_KIND[kind](value))
      return refuse(
        'InvalidParameterException',
        `${operation}: ${quoteName(name)} is not ${KIND_IN_WORDS[kind]}.`,
      )
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parse boundary: each member was found in `kinds` and is of its kind
  return Object.fromEntries(given) as Members<K>
}

const KIND_IN_WORDS: Record<Kind, string> = {
  string: 'a string',
  strings: 'an array of strings',
  integer: 'a whole number',
}

const IS_OF_KIND: Record<Kind, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  integer: (value) => Number.isSafeInteger(value),
}

function quoteName(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
}

/** A string member of an object that may be neither; for bodies that the contract has checked already. */
export function readString(holder: unknown, name: string): string | undefined {
  const value = isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined
  return typeof value === 'string' ? value : undefined
}

/** An object member, as {@link readString}. */
export function readObject(holder: JsonObject, name: string): JsonObject | undefined {
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined
  return isObject(value) ? value : undefined
}

/** An array member, as {@link readString}; empty when absent. */
export function readArray(holder: JsonObject | undefined, name: string): readonly unknown[] {
  const value = holder && Object.hasOwn(holder, name) ? holder[name] : undefined
  return Array.isArray(value) ? value : []
}
