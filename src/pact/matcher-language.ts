/** What one matcher lets through at one place, compared with each rule that the contract has for the place. */
import type { BodyPlace, BodyRule, Severity } from '../contract/index.ts'
import { formatValueBriefly } from '../message/index.ts'
import { type JsonObject, readText } from '../protocol/index.ts'
import { type Containment, decideContainment } from './language.ts'
import { escapeRegex } from './interaction.ts'

/** A rule of the contract that a matcher does not keep to. */
export interface Comparison {
  rule: string
  severity: Severity
  message: string
  expected?: unknown
  actual?: unknown
}

/** Where a matcher takes effect. */
export interface Effect {
  side: 'request' | 'response'
  /** The matcher stands at this place, not above it. */
  isHere: boolean
  /** The example's value there; `undefined` when the example has none. */
  value: unknown
}

/** Compares one matcher with the contract; what the contract leaves open is inside it. */
export function compareMatcher(
  place: BodyPlace,
  matcher: JsonObject,
  effect: Effect,
): Comparison[] {
  const kind = readText(matcher['match']) ?? 'type'
  if (kind === 'equality') return []
  const wrongType = compareType(place, kind, effect)
  if (wrongType) return [wrongType]
  switch (place.type) {
    case 'string':
      return compareText(place, kind, matcher, effect)
    case 'number':
    case 'integer':
      return compareNumber(place, kind, effect)
    case 'array':
      return compareList(place, kind, matcher, effect)
    case 'boolean':
    case 'object':
      return []
  }
}

/** The types of JSON that a matcher lets through at all; a kind that is not here keeps to the type of the example. */
const TYPES: Readonly<Record<string, readonly BodyPlace['type'][]>> = {
  integer: ['number', 'integer'],
  decimal: ['number', 'integer'],
  number: ['number', 'integer'],
  boolean: ['boolean'],
  null: [],
  date: ['string'],
  time: ['string'],
  timestamp: ['string'],
  datetime: ['string'],
  semver: ['string'],
  include: ['string'],
  arrayContains: ['array'],
}

function compareType(place: BodyPlace, kind: string, { isHere }: Effect): Comparison | undefined {
  const types = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined
  if (!types || !isHere || types.includes(place.type)) return undefined
  return {
    rule: findTypeRule(place),
    severity: 'error',
    message: `the matcher ${kind} lets no ${place.type} through, which ${describePlace(place)} is`,
    expected: place.type,
    actual: kind,
  }
}

function findTypeRule({ rules, path }: BodyPlace): string {
  return rules.find(({ keyword }) => keyword === 'type')?.id ?? `${path}.type`
}

function describePlace({ path }: BodyPlace): string {
  return path === '' ? 'the body' : path
}

const UNDECIDED_KINDS = new Set([
  'date',
  'time',
  'timestamp',
  'datetime',
  'semver',
  'eachKey',
  'eachValue',
  'values',
  'contentType',
])

function compareText(
  place: BodyPlace,
  kind: string,
  matcher: JsonObject,
  effect: Effect,
): Comparison[] {
  return listTextRules(place).flatMap(({ rule, allowed, refused }): Comparison[] => {
    if (kind === 'regex') {
      const regex = readText(matcher['regex']) ?? ''
      return describeContainment(
        place,
        { rule, regex, containment: decideContainment(regex, allowed) },
        effect,
      )
    }
    if (UNDECIDED_KINDS.has(kind))
      return [describeUndecided(place, rule, `no automaton is made of ${kind}`, effect)].flat()
    // A response may have values that are newer than the contract: `like` is what a consumer should say there.
    if (effect.side === 'response') return []
    return [describeLooser(place, rule, { kind, example: refused, isExplicit: kind === 'include' })]
  })
}

interface TextRule {
  rule: BodyRule
  /** The texts that keep to it, as a regular expression. */
  allowed: string
  /** A text that does not. */
  refused: string
}

/** The rules of a place about its text, each as an expression. Advice binds nobody. */
function listTextRules(place: BodyPlace): TextRule[] {
  const known = TEXT_RULES.get(place)
  if (known) return known
  const rules = place.rules.flatMap((rule): TextRule[] => {
    if (rule.severity === 'info' || rule.when !== undefined) return []
    const text = describeTextRule(rule)
    return text ? [{ rule, ...text }] : []
  })
  TEXT_RULES.set(place, rules)
  return rules
}

const TEXT_RULES = new WeakMap<BodyPlace, TextRule[]>()

function describeTextRule({ keyword, operand, id }: BodyRule): Omit<TextRule, 'rule'> | undefined {
  switch (keyword) {
    case 'enum':
      return Array.isArray(operand)
        ? { allowed: `^(?:${operand.map(escapeRegex).join('|')})$`, refused: 'OTHER' }
        : undefined
    case 'const':
      return { allowed: `^(?:${escapeRegex(String(operand))})$`, refused: 'OTHER' }
    case 'pattern':
      return { allowed: String(operand), refused: '*' }
    case 'minLength':
      return { allowed: `^[^]{${Number(operand)},}$`, refused: '' }
    case 'maxLength':
      return { allowed: `^[^]{0,${Number(operand)}}$`, refused: 'a'.repeat(Number(operand) + 1) }
    case 'code':
      return id.endsWith('.reservedPrefix')
        ? { allowed: '^(?![aA][wW][sS]:)[^]*$', refused: 'aws:' }
        : undefined
    case 'type':
    case 'integer':
    case 'required':
    case 'minItems':
    case 'maxItems':
    case 'minimum':
    case 'maximum':
    case 'not':
      return undefined
  }
}

function describeContainment(
  place: BodyPlace,
  { rule, regex, containment }: { rule: BodyRule; regex: string; containment: Containment },
  effect: Effect,
): Comparison[] {
  switch (containment.kind) {
    case 'inside':
      return []
    case 'undecided':
      return describeUndecided(place, rule, containment.reason, effect)
    case 'outside': {
      const found = { kind: 'regex', example: containment.example, isExplicit: true }
      if (effect.side === 'request') return [describeLooser(place, rule, found)]
      if (containment.isDisjoint) {
        const message = `no documented value of ${describePlace(place)} passes the matcher ${formatValueBriefly(regex)}`
        return [
          { rule: rule.id, severity: 'error', message, expected: rule.operand, actual: regex },
        ]
      }
      return [{ ...describeLooser(place, rule, found), severity: 'warning' }]
    }
  }
}

/** `like` and its kin follow the example, which is checked as it is: what they let through besides is worth a word, and no more. */
function describeLooser(
  place: BodyPlace,
  rule: BodyRule,
  { kind, example, isExplicit }: { kind: string; example: unknown; isExplicit: boolean },
): Comparison {
  return {
    rule: rule.id,
    severity: isExplicit ? weigh(rule) : 'warning',
    message: `the matcher ${kind} for ${describePlace(place)} is looser than the contract: it lets ${formatValueBriefly(example)} through`,
    expected: rule.operand,
    actual: example,
  }
}

/** Which characters not every service takes is advice of the page's: no limit of StartTask. */
function weigh({ keyword, severity }: BodyRule): Severity {
  return keyword === 'pattern' && severity === 'warning' ? 'info' : severity
}

function describeUndecided(
  place: BodyPlace,
  rule: BodyRule,
  reason: string,
  { isHere }: Effect,
): Comparison[] {
  if (!isHere) return []
  return [
    {
      rule: 'pact.undecided',
      severity: 'info',
      message: `could not decide whether the matcher for ${describePlace(place)} keeps to ${rule.id}: ${reason}`,
    },
  ]
}

function compareNumber(place: BodyPlace, kind: string, { side, isHere }: Effect): Comparison[] {
  const isWhole =
    place.type === 'integer' ||
    place.rules.some(({ keyword, severity }) => keyword === 'integer' && severity === 'error')
  if (side === 'response') {
    const isTight = isWhole ? kind === 'decimal' : kind === 'decimal' || kind === 'integer'
    if (!isTight || !isHere) return []
    const message = `the matcher ${kind} for ${describePlace(place)} refuses responses that are documented: ${isWhole ? 'it is a whole number' : 'it is a number, with a fraction or without'}`
    return [
      {
        rule: 'pact.tighter',
        severity: isWhole ? 'error' : 'warning',
        message,
        expected: isWhole ? 'integer' : 'number',
        actual: kind,
      },
    ]
  }
  return place.rules.flatMap((rule): Comparison[] => {
    if (rule.severity === 'info' || rule.when !== undefined) return []
    if (rule.keyword === 'integer' && kind !== 'integer')
      return [describeLooser(place, rule, { kind, example: 1.5, isExplicit: kind !== 'type' })]
    if (rule.keyword === 'minimum')
      return [
        describeLooser(place, rule, {
          kind,
          example: Number(rule.operand) - 1,
          isExplicit: kind !== 'type',
        }),
      ]
    if (rule.keyword === 'maximum')
      return [
        describeLooser(place, rule, {
          kind,
          example: Number(rule.operand) + 1,
          isExplicit: kind !== 'type',
        }),
      ]
    return []
  })
}

function compareList(
  place: BodyPlace,
  kind: string,
  matcher: JsonObject,
  { side, isHere }: Effect,
): Comparison[] {
  if (side === 'response' || !isHere || (kind !== 'type' && kind !== 'arrayContains')) return []
  const [min, max] = [matcher['min'], matcher['max']]
  return place.rules.flatMap((rule): Comparison[] => {
    if (rule.severity === 'info' || rule.when !== undefined) return []
    const limit =
      rule.keyword === 'code' && rule.id === 'request.tags.maxItems' ? 50 : Number(rule.operand)
    if (rule.keyword === 'maxItems' || rule.id === 'request.tags.maxItems') {
      if (typeof max === 'number' && max <= limit) return []
      const count = typeof max === 'number' ? max : limit + 1
      return [
        describeLooser(place, rule, {
          kind,
          example: `${count} items`,
          isExplicit: typeof max === 'number',
        }),
      ]
    }
    if (rule.keyword !== 'minItems' || limit === 0 || (typeof min === 'number' && min >= limit))
      return []
    return [
      describeLooser(place, rule, {
        kind,
        example: `${typeof min === 'number' ? min : 0} items`,
        isExplicit: typeof min === 'number',
      }),
    ]
  })
}
