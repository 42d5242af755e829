import * as fc from 'fast-check'

import { type BodyPlace, type BodyRule, MAX_OVERRIDES_LENGTH, MAX_TAGS } from '../contract/index.ts'
import { listRefusedCharacters, readRange, spellText } from './scalars.ts'
import { buildList, buildObject, buildValue, type JsonMembers, type JsonValue } from './values.ts'

/** One of each type. */
const EXAMPLES: readonly (readonly [type: string, example: JsonValue])[] = [
  ['string', 'text'],
  ['string', ''],
  ['number', 5],
  ['number', 0.5],
  ['boolean', true],
  ['array', []],
  ['array', ['text']],
  ['object', {}],
  ['object', { name: 'text' }],
]

/** How far beyond a limit lengths and numbers go. */
const BEYOND = 5
const FAR_BEYOND = 1000

/** Values of a place that break one of its rules and keep the others. */
export function breakValue(
  place: BodyPlace,
  broken: BodyRule,
  rules: readonly BodyRule[],
): fc.Arbitrary<JsonValue> {
  const kept = rules.filter(({ id }) => id !== broken.id)
  const limit = Number(broken.operand)
  const { min, max } = readRange(kept)
  switch (broken.keyword) {
    case 'type':
      return mistype(place)
    case 'integer':
      return fc.integer({ min, max: max - 1 }).map((number) => number + 0.5)
    case 'enum':
    case 'const':
      return respell([broken.operand].flat().map(String))
    case 'pattern':
      return misspell(kept, broken)
    case 'minLength':
      return spellText(kept, { min: 0, max: limit - 1 })
    case 'maxLength':
      return spellText(kept, { min: limit + 1, max: limit + BEYOND })
    case 'minItems':
      return buildList(place, kept).map((items) => items.slice(0, limit - 1))
    case 'maxItems':
      return buildList(place, kept, limit + 1)
    case 'minimum':
      return fc.integer({ min: limit - FAR_BEYOND, max: limit - 1 })
    case 'maximum':
      return fc.integer({ min: limit + 1, max: limit + FAR_BEYOND })
    case 'not':
      return breakRefusal(place, broken, kept)
    case 'code':
      return breakRuleInCode(place, broken, kept)
    case 'required':
      throw new Error(`${broken.id} is broken by what is not there.`)
  }
}

/** A null member counts as absent; a null item is of no type, nor is a body. */
function mistype(place: BodyPlace): fc.Arbitrary<JsonValue> {
  const others = EXAMPLES.flatMap(([type, example]) => (type === place.type ? [] : [example]))
  return fc.constantFrom(...others, ...(/(?:^|\])$/.test(place.path) ? [null] : []))
}

/** What people write instead of a documented value, and any other text. */
function respell(values: readonly string[]): fc.Arbitrary<string> {
  const near = values.flatMap((value) => [
    value.toLowerCase(),
    value.toUpperCase(),
    `${value} `,
    `${value}S`,
    value.slice(1),
  ])
  return fc.oneof(
    fc.constantFrom(...near.filter((value) => !values.includes(value))),
    fc.string({ maxLength: 8 }).map((text) => `?${text}`),
  )
}

/** A text with one character that the pattern does not allow. */
function misspell(kept: readonly BodyRule[], broken: BodyRule): fc.Arbitrary<string> {
  const characters = fc.constantFrom(...listRefusedCharacters([broken]))
  return fc
    .record({
      text: spellText([...kept, broken], { min: 0, max: 16 }),
      character: characters,
      position: fc.nat({ max: 16 }),
    })
    .map(({ text, character, position }) =>
      Array.from(text).toSpliced(position, 0, character).join(''),
    )
}

/** Without values, any is refused. */
function breakRefusal(
  place: BodyPlace,
  broken: BodyRule,
  kept: readonly BodyRule[],
): fc.Arbitrary<JsonValue> {
  const values = [broken.operand].flat().map(String)
  return values.length === 0 ? buildValue(place, kept) : fc.constantFrom(...values)
}

function breakRuleInCode(
  place: BodyPlace,
  broken: BodyRule,
  kept: readonly BodyRule[],
): fc.Arbitrary<JsonValue> {
  switch (String(broken.operand)) {
    case 'reservedPrefix':
      return fc
        .record({
          prefix: fc.constantFrom('aws:', 'AWS:', 'aWs:'),
          text: spellText(kept, { min: 0, max: 12 }),
        })
        .map(({ prefix, text }) => prefix + text)
    case 'maxItems':
      return buildList(place, kept, MAX_TAGS + 1)
    case 'maxLength':
      return fc
        .record({
          object: buildObject(place),
          length: fc.integer({ min: MAX_OVERRIDES_LENGTH, max: MAX_OVERRIDES_LENGTH + FAR_BEYOND }),
        })
        .map(({ object, length }) => lengthen(object, length))
    default:
      throw new Error(`Nobody knows how to break ${broken.id}.`)
  }
}

/** Overrides whose JSON is longer than so many characters, by the command of one container more. */
function lengthen(overrides: JsonMembers, length: number): JsonMembers {
  const containers = overrides['containerOverrides']
  const long = { name: 'long', command: ['x'.repeat(length)] }
  return {
    ...overrides,
    containerOverrides: [...(Array.isArray(containers) ? containers : []), long],
  }
}
