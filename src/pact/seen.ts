/** Whether interactions say what was really seen: compared with recordings. */
import { type Finding, START_TASK } from '../contract/index.ts'
import {
  type Exchange,
  formatPointer,
  isNumber,
  isObject,
  isTransportFailure,
  type JsonObject,
} from '../protocol/index.ts'
import { formatCount, formatValueBriefly } from '../message/index.ts'
import { chooseRule, type Held, inherit, plantRules, type Reached, step } from './check-matchers.ts'
import { isStartTask, type PactFinding } from './check.ts'
import { acceptsText } from './language.ts'
import type { ReadInteraction, ReadPact, ReadPart } from './read-pact.ts'

/** A recording with its name. */
interface Seen {
  path: string
  recording: { exchanges: readonly Exchange[] }
}

const SOURCE = 'the recordings that were named'

/**
 * Compares interactions with recorded exchanges: `pact.seen` where requests like the interaction's were recorded and no response to them was like its
 * response, `pact.unseen` (info) where no such request was recorded. Values are compared as Pact compares them; what nobody can decide counts as alike.
 */
export function checkSeen(pact: ReadPact, recordings: readonly Seen[]): PactFinding[] {
  const exchanges = recordings.flatMap(({ path, recording }) =>
    recording.exchanges.flatMap((exchange, index) =>
      exchange.operation === START_TASK ? [{ exchange, place: `${path} #${index + 1}` }] : [],
    ),
  )
  return pact.interactions.filter(isStartTask).flatMap((interaction) => {
    const finding = compareSeen(interaction, exchanges)
    return finding
      ? [{ ...finding, interaction: interaction.number, description: interaction.description }]
      : []
  })
}

interface Placed {
  exchange: Exchange
  place: string
}

function compareSeen(
  interaction: ReadInteraction,
  exchanges: readonly Placed[],
): Finding | undefined {
  const { request, response, pointer } = interaction
  const alike = exchanges.filter(
    ({ exchange }) => findUnlike(request, exchange.request.body, true) === undefined,
  )
  if (alike.length === 0) {
    return {
      pointer,
      rule: 'pact.unseen',
      severity: 'info',
      source: SOURCE,
      message: 'no recorded request is like this one, so that nothing was seen of its response',
    }
  }
  const differences = alike.map(({ exchange, place }) => ({
    place,
    difference: compareResponse(response, exchange),
  }))
  if (differences.some(({ difference }) => difference === undefined)) return undefined
  const [first] = differences
  const message = `${formatCount(alike.length, 'recorded response')} to such a request, and none like this one; ${first?.place ?? ''}: ${first?.difference ?? ''}`
  return {
    pointer: response.pointer,
    rule: 'pact.seen',
    severity: 'warning',
    source: SOURCE,
    message,
  }
}

function compareResponse(
  expected: ReadInteraction['response'],
  { response }: Exchange,
): string | undefined {
  if (isTransportFailure(response)) return `no response came (${response.failure})`
  if (response.status !== expected.status)
    return `it has HTTP ${response.status}, not ${expected.status}`
  return findUnlike(expected, response.body, false)
}

/** The first difference between a part and a body; a closed one has no other members. */
function findUnlike(part: ReadPart, body: unknown, isClosed: boolean): string | undefined {
  const root = plantRules(part.bodyRules, [])
  return compareValue({ isClosed, segments: [] }, part.body, body, {
    reached: [{ node: root, weight: 2 }],
    above: undefined,
    depth: 1,
  })
}

interface Place {
  isClosed: boolean
  segments: readonly (string | number)[]
}

interface Rules {
  reached: readonly Reached[]
  above: Held | undefined
  depth: number
}

function compareValue(
  place: Place,
  expected: unknown,
  actual: unknown,
  rules: Rules,
): string | undefined {
  const held = chooseRule(rules.reached, rules.above, rules.depth)
  const below = (name: string | number): Rules => ({
    reached: step(rules.reached, name),
    above: held && inherit(held),
    depth: rules.depth + 1,
  })
  if (Array.isArray(expected) && Array.isArray(actual))
    return compareLists(place, expected, actual, { held, below })
  if (isObject(expected) && isObject(actual)) return compareObjects(place, expected, actual, below)
  if (expected === null && actual === undefined) return undefined
  const matchers = held?.rule.matchers ?? []
  const isAlike =
    matchers.length === 0
      ? isSame(expected, actual)
      : matchers.every((matcher) => matches(matcher, expected, actual))
  return isAlike
    ? undefined
    : `${formatPointer(place.segments) || 'the body'} is ${formatValueBriefly(actual)}`
}

function compareObjects(
  place: Place,
  expected: JsonObject,
  actual: JsonObject,
  below: (name: string) => Rules,
): string | undefined {
  const at = (name: string): Place => ({ ...place, segments: [...place.segments, name] })
  for (const name of Object.keys(expected)) {
    if (!Object.hasOwn(actual, name)) return `${formatPointer(at(name).segments)} is absent`
    const difference = compareValue(at(name), expected[name], actual[name], below(name))
    if (difference !== undefined) return difference
  }
  const strange = place.isClosed
    ? Object.keys(actual).find((name) => !Object.hasOwn(expected, name))
    : undefined
  return strange === undefined
    ? undefined
    : `${formatPointer(at(strange).segments)} is there besides`
}

interface ListRules {
  held: Held | undefined
  below: (index: number) => Rules
}

function compareLists(
  place: Place,
  expected: readonly unknown[],
  actual: readonly unknown[],
  { held, below }: ListRules,
): string | undefined {
  const matcher = held?.rule.matchers[0]
  const pointer = formatPointer(place.segments)
  if (!matcher || matcher['match'] === 'equality') {
    if (expected.length !== actual.length)
      return `${pointer} has ${actual.length} items, not ${expected.length}`
  } else if (matcher['match'] === 'arrayContains') {
    return undefined
  }
  const { min, max } = matcher ?? {}
  if (held?.isHere && typeof min === 'number' && actual.length < min)
    return `${pointer} has ${actual.length} items, and ${min} are asked for`
  if (held?.isHere && typeof max === 'number' && actual.length > max)
    return `${pointer} has ${actual.length} items, and at most ${max} are allowed`
  for (const [index, item] of actual.entries()) {
    const difference = compareValue(
      { ...place, segments: [...place.segments, index] },
      expected[index] ?? expected[0],
      item,
      below(index),
    )
    if (difference !== undefined) return difference
  }
  return undefined
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function matches(matcher: JsonObject, expected: unknown, actual: unknown): boolean {
  switch (matcher['match']) {
    case 'equality':
      return isSame(expected, actual)
    case 'regex':
      return typeof actual === 'string' && typeof matcher['regex'] === 'string'
        ? acceptsText(matcher['regex'], actual) !== false
        : false
    case 'integer':
      return isNumber(actual) && Number.isInteger(Number(actual))
    case 'number':
    case 'decimal':
      return isNumber(actual)
    case 'boolean':
      return typeof actual === 'boolean'
    case 'include':
      return typeof actual === 'string' && actual.includes(String(matcher['value']))
    case 'null':
      return actual === null || actual === undefined
    default:
      return actual !== undefined && nameType(actual) === nameType(expected)
  }
}

function nameType(value: unknown): string {
  return Array.isArray(value)
    ? 'array'
    : isNumber(value)
      ? 'number'
      : value === null
        ? 'null'
        : typeof value
}
