/** What Pact's verifier says, in words that can be acted upon. */
import type { ProviderDeparture } from '../config/index.ts'
import { HarnessError } from '../message/index.ts'
import { isObject, type JsonObject, parseBody, readList, readText } from '../protocol/index.ts'
import { formatPathPointer } from './pact-path.ts'

/** One thing that the provider answered otherwise than the interaction says. */
export interface Mismatch {
  /** `status`, `header content-type`, `state`, `request`, or the JSON Pointer of a place in the response's body; empty for the whole of it. */
  place: string
  message: string
  expected?: string
  actual?: string
}

/** What came of one interaction. */
export interface VerifiedInteraction {
  consumer: string
  description: string
  states: readonly string[]
  passed: boolean
  mismatches: readonly Mismatch[]
}

const MAX_REPORT_BYTES = 64 * 1024 * 1024

/** Reads the report of the verifier: JSON in the message that it rejects with. Throws `upstream-unreachable` for a failure before any interaction. */
export function readResults(report: string): VerifiedInteraction[] {
  const value = parseReport(report)
  const results =
    isObject(value) && Array.isArray(value['interactionResults'])
      ? value['interactionResults']
      : undefined
  if (!results)
    throw new HarnessError(
      'upstream-unreachable',
      `Pact's verifier did not come to the interactions: ${report.slice(0, 500)}`,
    )
  const read = results
    .filter((result: unknown): result is JsonObject => isObject(result))
    .map(readResult)
  return read.toSorted((one, other) => (one.description < other.description ? -1 : 1)) // the core tells them in an order of its own
}

function parseReport(report: string): unknown {
  try {
    return parseBody(report, MAX_REPORT_BYTES)
  } catch {
    return undefined
  }
}

function readResult(result: JsonObject): VerifiedInteraction {
  const mismatch = isObject(result['mismatch']) ? result['mismatch'] : undefined
  const states = readList(result['providerStates'])
  return {
    consumer: readText(result['consumer']) ?? '',
    description: readText(result['description'] ?? result['interactionDescription']) ?? '',
    states: states.map((state: unknown) => readText(isObject(state) ? state['name'] : state) ?? ''),
    passed: result['result'] === 'OK',
    mismatches: result['result'] === 'OK' ? [] : readMismatches(mismatch ?? {}),
  }
}

function readMismatches(mismatch: JsonObject): Mismatch[] {
  const list = readList(mismatch['mismatches'])
  const read = list.filter((one: unknown): one is JsonObject => isObject(one)).map(readMismatch)
  if (read.length > 0) return read
  const message = readText(mismatch['message']) || 'Pact says nothing of what went wrong'
  return [{ place: /state change/.test(message) ? 'state' : 'request', message }]
}

function readMismatch(mismatch: JsonObject): Mismatch {
  const { type, path, key, expected, actual } = mismatch
  const text = readText(mismatch['mismatch']) ?? ''
  const values = {
    ...(expected === undefined ? {} : { expected: formatPart(expected) }),
    ...(actual === undefined ? {} : { actual: formatPart(actual) }),
  }
  switch (type) {
    case 'BodyMismatch':
      return { place: formatPathPointer(readText(path) ?? ''), message: text, ...values }
    case 'HeaderMismatch':
      return { place: `header ${(readText(key) ?? '').toLowerCase()}`, message: text, ...values }
    case 'StatusMismatch':
      return {
        place: 'status',
        message: text || `expected HTTP ${formatPart(expected)}, got HTTP ${formatPart(actual)}`,
        ...values,
      }
    default:
      return { place: '', message: text || (readText(type) ?? ''), ...values }
  }
}

/** The core gives parts of bodies as bytes. */
function formatPart(part: unknown): string {
  if (typeof part === 'string') return part
  if (Array.isArray(part) && part.every((byte) => typeof byte === 'number'))
    return Buffer.from(part).toString('utf8')
  return JSON.stringify(part)
}

/** A verification with the departures that were listed taken into account. */
export interface Judged {
  interactions: (Omit<VerifiedInteraction, 'mismatches'> & {
    mismatches: (Mismatch & { reason?: string })[]
  })[]
  passed: number
  /** Interactions that fail as listed, and in nothing else. */
  expected: number
  failed: number
  /** What is listed and no longer occurs, of interactions that were verified. */
  gone: ProviderDeparture[]
}

/** Explains mismatches by the listed departures: `interaction` is a description or `*`, `place` a mismatch's place with `*` for any one segment. */
export function judgeDepartures(
  interactions: readonly VerifiedInteraction[],
  departures: readonly ProviderDeparture[],
): Judged {
  const met = new Set<ProviderDeparture>()
  const judged = interactions.map((interaction) => ({
    ...interaction,
    mismatches: interaction.mismatches.map((mismatch) => {
      const listed = departures.filter(
        (departure) => isOf(departure, interaction) && isAt(departure.place, mismatch.place),
      )
      for (const departure of listed) met.add(departure)
      const [first] = listed
      return first ? { ...mismatch, reason: first.reason } : mismatch
    }),
  }))
  const failing = judged.filter(({ passed }) => !passed)
  const expected = failing.filter(
    ({ mismatches }) =>
      mismatches.length > 0 && mismatches.every((mismatch) => 'reason' in mismatch),
  )
  return {
    interactions: judged,
    passed: judged.length - failing.length,
    expected: expected.length,
    failed: failing.length - expected.length,
    gone: departures.filter(
      (departure) =>
        !met.has(departure) && interactions.some((interaction) => isOf(departure, interaction)),
    ),
  }
}

function isOf({ interaction }: ProviderDeparture, { description }: VerifiedInteraction): boolean {
  return interaction === '*' || interaction === description
}

function isAt(pattern: string, place: string): boolean {
  const [wanted, found] = [pattern.split('/'), place.split('/')]
  return (
    wanted.length === found.length &&
    wanted.every((segment, index) => segment === '*' || segment === found[index])
  )
}
