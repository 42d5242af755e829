import type { BodyPlace, BodyRule } from '../contract/index.ts'
import { isNumber, isObject } from '../protocol/index.ts'
import { formatPath } from './pact-path.ts'

/** A matcher as a pact file has it. Other members and kinds than these are written by others, and read. */
export type Matcher =
  | { match: 'type'; min?: number; max?: number }
  | { match: 'regex'; regex: string }
  | { match: 'integer' | 'number' | 'equality' }

/** Matchers for one place. */
export interface Rule {
  combine: 'AND'
  matchers: readonly Matcher[]
}

/** By Pact's path expression: `$.tasks[*].taskArn`. */
export type BodyRules = Readonly<Record<string, Rule>>

export function makeRule(...matchers: Matcher[]): Rule {
  return { combine: 'AND', matchers }
}

/**
 * The matching rules of a body from the documented contract, not from its values: an enum's values, limits of lists and texts, ARNs, times as
 * numbers, whole numbers. What the contract does not know keeps its value as it is.
 *
 * @param place the contract's place of the body
 * @param value the example: it says which members there are
 */
export function deriveRules(place: BodyPlace, value: unknown): BodyRules {
  const rules: Record<string, Rule> = {}
  collectRules(place, value, [], rules)
  return rules
}

type Steps = readonly (string | typeof ANY)[]
const ANY = Symbol('any item')

function collectRules(
  place: BodyPlace,
  value: unknown,
  steps: Steps,
  rules: Record<string, Rule>,
): void {
  const matcher = chooseMatcher(place, value)
  if (matcher)
    rules[formatPath(steps.map((step) => (step === ANY ? { any: true } : step)))] =
      makeRule(matcher)
  const { items, members = {} } = place
  if (items && Array.isArray(value))
    for (const item of value) collectRules(items, item, [...steps, ANY], rules)
  if (!isObject(value)) return
  for (const name of Object.keys(value)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined
    if (member) collectRules(member, value[name], [...steps, name], rules)
  }
}

function chooseMatcher(place: BodyPlace, value: unknown): Matcher | undefined {
  switch (place.type) {
    case 'string':
      return typeof value === 'string' ? chooseTextMatcher(place) : undefined
    case 'boolean':
      return typeof value === 'boolean' ? { match: 'type' } : undefined
    case 'number':
    case 'integer':
      if (!isNumber(value)) return undefined
      return { match: place.type === 'integer' || hasRule(place, 'integer') ? 'integer' : 'number' }
    case 'array':
      return Array.isArray(value) && value.length > 0 ? chooseListMatcher(place) : undefined
    case 'object':
      return undefined
  }
}

/** Limits that the contract is sure of; what prose or advice says besides does not bind a consumer. */
function listBinding(place: BodyPlace): readonly BodyRule[] {
  return place.rules.filter(({ severity, when }) => severity === 'error' && when === undefined)
}

function hasRule(place: BodyPlace, keyword: BodyRule['keyword']): boolean {
  return listBinding(place).some((rule) => rule.keyword === keyword)
}

function findNumber(place: BodyPlace, keyword: BodyRule['keyword']): number | undefined {
  const operand = listBinding(place).find((rule) => rule.keyword === keyword)?.operand
  return typeof operand === 'number' ? operand : undefined
}

/** Pact asks a list for a first item to compare others with, so there is one at least. */
function chooseListMatcher(place: BodyPlace): Matcher {
  const max = findNumber(place, 'maxItems') ?? MOST_ITEMS[place.path]
  return {
    match: 'type',
    min: Math.max(1, findNumber(place, 'minItems') ?? 1),
    ...(max === undefined ? {} : { max }),
  }
}

/** `tags` has its limit beside the schema, since some tags do not count. Source: the API page, request parameter tags. */
const MOST_ITEMS: Readonly<Record<string, number>> = { tags: 50 }

function chooseTextMatcher(place: BodyPlace): Matcher {
  const regex = formatTextRegex(place)
  return regex === undefined ? { match: 'type' } : { match: 'regex', regex }
}

/** A regular expression for what the contract says of a text, in the syntax that Rust and JavaScript share; `undefined` when any text will do. */
function formatTextRegex(place: BodyPlace): string | undefined {
  const values = listBinding(place).find(({ keyword }) => keyword === 'enum')?.operand
  if (Array.isArray(values)) return `^(${values.join('|')})$`
  const arn = findArnRegex(place.path)
  if (arn !== undefined) return arn
  const [least, most] = [findNumber(place, 'minLength'), findNumber(place, 'maxLength')]
  const pattern = listBinding(place).find(({ keyword }) => keyword === 'pattern')?.operand
  const isPrefixed = place.rules.some(({ id }) => id.endsWith('.reservedPrefix'))
  if (pattern === undefined && least === undefined && most === undefined && !isPrefixed)
    return undefined
  const [, characters] =
    typeof pattern === 'string' ? (/^\^(\[[^\]]+\])\*\$$/.exec(pattern) ?? []) : []
  return `^${isPrefixed ? '(?![aA][wW][sS]:)' : ''}${characters ?? String.raw`[\s\S]`}{${least ?? 0},${most ?? ''}}$`
}

const ARN_KINDS: readonly (readonly [ending: string, kind: string])[] = [
  ['clusterArn', 'cluster'],
  ['containerInstanceArn', 'container-instance'],
  ['taskDefinitionArn', 'task-definition'],
  ['containerArn', 'container'],
  ['taskArn', 'task'],
  ['failures[].arn', 'container-instance'],
]

/** The form of an ARN of ECS where the page names one. Source: the API page, Response Syntax and its sample; IAM's form of an ARN. */
function findArnRegex(path: string): string | undefined {
  const [, kind] =
    ARN_KINDS.find(([ending]) => path === ending || path.endsWith(`.${ending}`)) ?? []
  return kind === undefined
    ? undefined
    : String.raw`^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:${kind}/.+$`
}
