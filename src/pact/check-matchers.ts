/** Whether what the matchers of a pact let through lies inside the documented contract. */
import type { BodyPlace, Finding } from '../contract/index.ts'
import { isObject, type JsonObject } from '../protocol/index.ts'
import { compareMatcher, type Comparison } from './matcher-language.ts'
import { parsePath, type PathStep } from './pact-path.ts'
import { type ReadPart, type ReadRule, readRules } from './read-pact.ts'

/** A body of the contract. */
export interface Side {
  name: 'request' | 'response'
  place: BodyPlace
}

/** Rules by the steps of their paths. */
export interface Node {
  byStep: Map<string | number, Node>
  any: Node | undefined
  rule: ReadRule | undefined
}

/** A rule that holds at a place, and how much it weighs against others, as Pact weighs them: exact steps two, wildcards one. */
export interface Held {
  rule: ReadRule
  weight: number
  /** It stands at this place itself, not above it. */
  isHere: boolean
}

/** Compares every matcher of a body with the contract, where it takes effect. Findings point at the matcher. */
export function checkMatchers(side: Side, { bodyRules, body }: ReadPart): Finding[] {
  if (bodyRules.length === 0) return []
  const findings: Finding[] = []
  const walk: Walk = { side, findings, met: new Set(), told: new Set() }
  const root = plantRules(bodyRules, findings)
  visit(walk, side.place, body, [{ node: root, weight: 2 }], undefined, 1)
  for (const rule of bodyRules) if (!walk.met.has(rule)) visitUnmet(walk, rule)
  return findings
}

interface Walk {
  side: Side
  findings: Finding[]
  met: Set<ReadRule>
  /** What was said already: a matcher that holds for many items is one fault. */
  told: Set<string>
}

/** The rules by their paths, to be walked beside a body. Paths that are none are told. */
export function plantRules(rules: readonly ReadRule[], findings: Finding[]): Node {
  const root: Node = { byStep: new Map(), any: undefined, rule: undefined }
  for (const rule of rules) {
    const steps = parsePath(rule.path)
    if (steps) plant(root, steps).rule = rule
    else
      findings.push({
        pointer: rule.pointer,
        rule: 'pact.matcherPath',
        severity: 'warning',
        message: 'this is no path of Pact’s; nothing is matched by it',
        source: 'Pact specification 4',
      })
  }
  return root
}

function plant(root: Node, steps: readonly PathStep[]): Node {
  return steps.reduce((node, one) => {
    const next = (typeof one === 'object' ? node.any : node.byStep.get(one)) ?? {
      byStep: new Map(),
      any: undefined,
      rule: undefined,
    }
    if (typeof one === 'object') node.any = next
    else node.byStep.set(one, next)
    return next
  }, root)
}

/** A part of the rules' tree, with the weight of the way to it. */
export interface Reached {
  node: Node
  weight: number
}

/** Some matchers say nothing of what lies below their place. */
const OF_ITS_PLACE = new Set(['values', 'eachKey', 'eachValue', 'arrayContains', 'statusCode'])

function visit(
  walk: Walk,
  place: BodyPlace,
  value: unknown,
  reached: readonly Reached[],
  above: Held | undefined,
  depth: number,
): void {
  const held = chooseRule(reached, above, depth)
  if (held) {
    walk.met.add(held.rule)
    compare(walk, place, value, held)
  }
  const { items, members = {} } = place
  const inherited = held && inherit(held)
  if (items && Array.isArray(value)) {
    for (const [index, item] of value.entries())
      visit(walk, items, item, step(reached, index), inherited, depth + 1)
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      const member = Object.hasOwn(members, name) ? members[name] : undefined
      if (member) visit(walk, member, value[name], step(reached, name), inherited, depth + 1)
    }
  }
}

const NONE: readonly Reached[] = []

/** What a rule says of the places below its own. */
export function inherit(held: Held): Held | undefined {
  const isOfItsPlace = held.rule.matchers.some(
    ({ match }) => typeof match === 'string' && OF_ITS_PLACE.has(match),
  )
  if (isOfItsPlace) return undefined
  return held.isHere ? { ...held, isHere: false } : held
}

/** What is reached below a place. */
export function step(reached: readonly Reached[], name: string | number): readonly Reached[] {
  if (reached.length === 0) return NONE
  const next: Reached[] = []
  for (const { node, weight } of reached) {
    const exact = node.byStep.get(name)
    if (exact) next.push({ node: exact, weight: weight * 2 })
    if (node.any) next.push({ node: node.any, weight })
  }
  return next
}

/** The rule that holds at a place: the heaviest there, or one above it. */
export function chooseRule(
  reached: readonly Reached[],
  above: Held | undefined,
  depth: number,
): Held | undefined {
  let best = above
  for (const { node, weight } of reached) {
    if (node.rule && (!best || weight * depth >= best.weight))
      best = { rule: node.rule, weight: weight * depth, isHere: true }
  }
  return best
}

/** A rule for what the example does not hold: its place is looked up by its path. */
function visitUnmet(walk: Walk, rule: ReadRule): void {
  const steps = parsePath(rule.path)
  if (!steps) return
  let place: BodyPlace | undefined = walk.side.place
  for (const one of steps) {
    const members: BodyPlace['members'] = place?.members
    place =
      typeof one === 'string'
        ? members && Object.hasOwn(members, one)
          ? members[one]
          : undefined
        : (place?.items ?? undefined)
    if (!place) break
  }
  if (place) {
    compare(walk, place, undefined, { rule, weight: 0, isHere: true })
    return
  }
  walk.findings.push({
    pointer: rule.pointer,
    rule: 'pact.unknownPlace',
    severity: 'warning',
    message: `the matcher is for ${rule.path}, which no StartTask ${walk.side.name === 'request' ? 'request' : 'response'} has`,
    source: 'API page, Request Syntax and Response Syntax',
    actual: rule.path,
  })
}

function compare(walk: Walk, place: BodyPlace, value: unknown, { rule, isHere }: Held): void {
  const effect = { side: walk.side.name, isHere, value }
  const comparisons = rule.matchers.map((matcher) => compareMatcher(place, matcher, effect))
  if (comparisons.some((list) => list.length > 0)) {
    for (const broken of joinComparisons(comparisons, rule.combine)) tell(walk, place, rule, broken)
  }
  if (place.items)
    for (const [index, matcher] of rule.matchers.entries())
      visitVariants(walk, place, value, { rule, matcher, index })
}

interface Broken {
  comparison: Comparison
  index: number
}

/** With AND a text must pass all matchers, so that one inside is enough; with OR each must be inside. */
function joinComparisons(
  comparisons: readonly (readonly Comparison[])[],
  combine: 'AND' | 'OR',
): Broken[] {
  const all = comparisons.flatMap((list, index) =>
    list.map((comparison) => ({ comparison, index })),
  )
  if (combine === 'OR' || comparisons.length < 2) return all
  const rules = [...new Set(all.map(({ comparison }) => comparison.rule))]
  return rules.flatMap((rule) => {
    const broken = all.filter(({ comparison }) => comparison.rule === rule)
    const isHeldByOne =
      new Set(broken.map(({ index }) => index)).size < comparisons.length && !rule.endsWith('.type')
    return isHeldByOne ? [] : broken.slice(0, 1)
  })
}

function tell(
  { findings, told }: Walk,
  place: BodyPlace,
  rule: ReadRule,
  { comparison, index }: Broken,
): void {
  const pointer = `${rule.pointer}/matchers/${index}`
  const key = `${pointer} ${place.path} ${comparison.rule}`
  if (told.has(key)) return
  told.add(key)
  const { rule: id, severity, message, expected, actual } = comparison
  findings.push({
    pointer,
    rule: id,
    severity,
    message,
    source: 'contracts/start-task, read against the matcher',
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  })
}

/** The variants of `arrayContains` have rules of their own, rooted at the item. */
function visitVariants(
  walk: Walk,
  place: BodyPlace,
  value: unknown,
  found: { rule: ReadRule; matcher: JsonObject; index: number },
): void {
  const { rule, matcher, index } = found
  if (matcher['match'] !== 'arrayContains' || !Array.isArray(matcher['variants']) || !place.items)
    return
  for (const [number, variant] of matcher['variants'].entries()) {
    if (!isObject(variant) || !isObject(variant['rules'])) continue
    const bodyRules = readRules(
      variant['rules'],
      `${rule.pointer}/matchers/${index}/variants/${number}/rules`,
    )
    const item: unknown = Array.isArray(value)
      ? value[typeof variant['index'] === 'number' ? variant['index'] : number]
      : undefined
    const root = plantRules(bodyRules, walk.findings)
    visit(walk, place.items, item, [{ node: root, weight: 2 }], undefined, 1)
    for (const one of bodyRules)
      if (!walk.met.has(one))
        visitUnmet({ ...walk, side: { ...walk.side, place: place.items } }, one)
  }
}
