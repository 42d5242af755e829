/** Texts and numbers that break no rule of their place. */
import * as fc from 'fast-check'

import type { BodyPlace, BodyRule, RuleKeyword } from '../contract/index.ts'
import { ANY_TEXT, findSample, TIMES } from './samples.ts'

const USUAL_LENGTH = 24
const LARGEST = 65_535

/** Characters to choose from where a pattern says which are allowed. */
const CHARACTERS = Array.from('abcxyzABCXYZ019 _.:/=+-@éßøд漢字ع٣*!?#"\\<>%&\t\n🚀')

/** Texts of a place, as they are met there or spelled from what its pattern allows. */
export function buildText(place: BodyPlace, rules: readonly BodyRule[]): fc.Arbitrary<string> {
  const sample = findSample(place.path)
  const hasPattern = rules.some(({ keyword }) => keyword === 'pattern')
  const limits = {
    min: Math.max(0, ...listNumbers(rules, 'minLength')),
    max: Math.min(USUAL_LENGTH, ...listNumbers(rules, 'maxLength')),
  }
  const texts = hasPattern ? spellText(rules, limits) : ANY_TEXT
  return keepFree(sample && hasPattern ? fc.oneof(sample, texts) : (sample ?? texts), rules)
}

/** Texts of so many characters, spelled from what the pattern among the rules allows. */
export function spellText(
  rules: readonly BodyRule[],
  length: { min: number; max: number },
): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...CHARACTERS.filter((character) => isAllowed(character, rules)))
  return keepFree(
    fc.string({ unit, minLength: length.min, maxLength: length.max, size: 'max' }),
    rules,
  )
}

/** Characters that the pattern among the rules does not allow. */
export function listRefusedCharacters(rules: readonly BodyRule[]): string[] {
  return CHARACTERS.filter((character) => !isAllowed(character, rules))
}

function isAllowed(character: string, rules: readonly BodyRule[]): boolean {
  return rules.every(
    ({ keyword, operand }) =>
      keyword !== 'pattern' || new RegExp(String(operand), 'u').test(character),
  )
}

/** One text in many millions has the reserved prefix by chance. */
function keepFree(texts: fc.Arbitrary<string>, rules: readonly BodyRule[]): fc.Arbitrary<string> {
  return rules.some(({ operand }) => operand === 'reservedPrefix')
    ? texts.filter((text) => !/^aws:/i.test(text))
    : texts
}

/** Numbers of a place: whole ones, but for times. */
export function buildNumber(place: BodyPlace, rules: readonly BodyRule[]): fc.Arbitrary<number> {
  return place.path.endsWith('At') ? TIMES : fc.integer(readRange(rules))
}

/** The whole numbers that the rules allow, from 0 on where none says where. */
export function readRange(rules: readonly BodyRule[]): { min: number; max: number } {
  const min = Math.max(0, ...listNumbers(rules, 'minimum'))
  return { min, max: Math.min(Math.max(LARGEST, min * 2), ...listNumbers(rules, 'maximum')) }
}

/** The operands of every rule of one keyword. */
export function listNumbers(rules: readonly BodyRule[], keyword: RuleKeyword): number[] {
  return rules.flatMap((rule) =>
    rule.keyword === keyword && typeof rule.operand === 'number' ? [rule.operand] : [],
  )
}
