import {
  type BodyPlace,
  DOCUMENTED_ERRORS,
  FAILURE_REASONS,
  readOutcome,
  REQUEST_PLACES,
  RESPONSE_PLACES,
  START_TASK,
} from '../contract/index.ts'
import { type Exchange, isObject, isTransportFailure, type Recording } from '../protocol/index.ts'

/** What of the contract is counted, as the thresholds of a configuration file name it. */
export const COVERAGE_KINDS = ['outcomes', 'members', 'values', 'errors', 'reasons'] as const
/** One of them. */
export type CoverageKind = (typeof COVERAGE_KINDS)[number]

/** How much of one kind was touched. */
export interface CoverageOf {
  touched: number
  total: number
  /** 0 to 100. */
  percent: number
  /** What was not, in the contract's order. */
  missing: string[]
  /** What was, with how often: in the contract's order. */
  seen: { name: string; times: number }[]
  /** What was seen and is not counted, since the contract does not have it: newer values, common errors, undocumented reasons. */
  besides: { name: string; times: number }[]
}

/** How much of the documented contract exchanges have touched. */
export interface CoverageReport extends Record<CoverageKind, CoverageOf> {
  /** StartTask exchanges and requests that were looked at. */
  exchanges: number
  /** Those of them that no response came to. */
  unanswered: number
}

/** Collects what is touched. */
export interface Coverage {
  /** Exchanges of other operations say nothing. */
  add(exchange: Exchange): void
  /** A request alone. */
  addRequest(body: unknown): void
  report(): CoverageReport
}

/**
 * Begins to collect. A member is touched where it has a value, a value of an enum where it is that value: what a test asserts of either is another
 * question. Members that are newer than the API page are none of the total.
 */
export function createCoverage(): Coverage {
  const counts: Record<CoverageKind, Map<string, number>> = {
    outcomes: new Map(),
    members: new Map(),
    values: new Map(),
    errors: new Map(),
    reasons: new Map(),
  }
  let exchanges = 0
  let unanswered = 0
  const touch = (kind: CoverageKind, name: string) =>
    void counts[kind].set(name, (counts[kind].get(name) ?? 0) + 1)
  const addRequest = (body: unknown) => {
    exchanges += 1
    touchPlace('request', REQUEST_PLACES, body, touch)
  }
  return {
    addRequest,
    add({ operation, request, response }) {
      if (operation !== START_TASK) return
      addRequest(request.body)
      if (isTransportFailure(response)) unanswered += 1
      else touchResponse(response, touch)
    },
    report: () => ({
      exchanges,
      unanswered,
      outcomes: summarise(OUTCOMES, counts.outcomes),
      members: summarise(MEMBERS, counts.members),
      values: summarise(VALUES, counts.values),
      errors: summarise(Object.keys(DOCUMENTED_ERRORS), counts.errors),
      reasons: summarise(Object.keys(FAILURE_REASONS), counts.reasons),
    }),
  }
}

/** What recordings have touched together. */
export function measureCoverage(recordings: readonly Recording[]): CoverageReport {
  const coverage = createCoverage()
  for (const { exchanges } of recordings) for (const exchange of exchanges) coverage.add(exchange)
  return coverage.report()
}

/** A kind of which less was touched than a team asks for. */
export interface CoverageGap {
  kind: CoverageKind
  percent: number
  /** In percent. */
  threshold: number
}

/** The kinds that stay below their thresholds. */
export function findCoverageGaps(
  report: CoverageReport,
  thresholds: ReadonlyMap<string, number>,
): CoverageGap[] {
  return COVERAGE_KINDS.flatMap((kind) => {
    const threshold = thresholds.get(kind)
    const { touched, total, percent } = report[kind]
    return threshold !== undefined && (touched * 100) / total < threshold
      ? [{ kind, percent, threshold }]
      : []
  })
}

const OUTCOMES = ['started', 'partial', 'unplaced', 'rejected', 'unreadable']
const MEMBERS = [
  ...listMembers('request', REQUEST_PLACES),
  ...listMembers('response', RESPONSE_PLACES),
]
const VALUES = [
  ...listValues('request', REQUEST_PLACES),
  ...listValues('response', RESPONSE_PLACES),
]

function listMembers(side: string, place: BodyPlace): string[] {
  if (place.isNewer) return []
  const below = [
    ...Object.values(place.members ?? {}),
    ...(place.items ? [place.items] : []),
  ].flatMap((one) => listMembers(side, one))
  return isMember(place) ? [`${side}.${place.path}`, ...below] : below
}

/** The whole body is no member, and the items of a list are the list's. */
function isMember({ path }: BodyPlace): boolean {
  return path !== '' && !path.endsWith('[]')
}

function listValues(side: string, place: BodyPlace): string[] {
  const below = [
    ...Object.values(place.members ?? {}),
    ...(place.items ? [place.items] : []),
  ].flatMap((one) => listValues(side, one))
  return [...(readEnum(place) ?? []).map((value) => formatValue(side, place, value)), ...below]
}

function readEnum({ rules }: BodyPlace): readonly string[] | undefined {
  const operand = rules.find(({ keyword }) => keyword === 'enum')?.operand
  return typeof operand === 'object' ? operand : undefined
}

function formatValue(side: string, { path }: BodyPlace, value: string): string {
  return `${side}.${path} = ${value}`
}

type Touch = (kind: CoverageKind, name: string) => void

/** Goes where the contract goes, and no deeper: a body cannot lead it astray. */
function touchPlace(side: string, place: BodyPlace, value: unknown, touch: Touch): void {
  if (value === undefined || value === null) return
  if (isMember(place)) touch('members', `${side}.${place.path}`)
  if (typeof value === 'string' && readEnum(place))
    touch('values', formatValue(side, place, value.slice(0, LONGEST_NAME)))
  const { members, items } = place
  if (items && Array.isArray(value)) for (const item of value) touchPlace(side, items, item, touch)
  if (!members || !isObject(value)) return
  for (const [name, member] of Object.entries(members))
    if (Object.hasOwn(value, name)) touchPlace(side, member, value[name], touch)
}

const LONGEST_NAME = 100

function touchResponse(
  { status, headers, body }: { status: number; headers: Record<string, string>; body: unknown },
  touch: Touch,
): void {
  const outcome = readOutcome({ status, headers, body: JSON.stringify(body ?? '') })
  touch('outcomes', outcome.kind)
  if (outcome.kind === 'rejected') touch('errors', outcome.error.name.slice(0, LONGEST_NAME))
  if (outcome.kind === 'rejected' || outcome.kind === 'unreadable') return
  touchPlace('response', RESPONSE_PLACES, body, touch)
  if (outcome.kind === 'started') return
  for (const { reason } of outcome.failures)
    if (typeof reason === 'string') touch('reasons', reason.slice(0, LONGEST_NAME))
}

function summarise(all: readonly string[], counts: ReadonlyMap<string, number>): CoverageOf {
  const known = new Set(all)
  const count = (names: readonly string[]) =>
    names.map((name) => ({ name, times: counts.get(name) ?? 0 }))
  const seen = all.filter((name) => counts.has(name))
  return {
    touched: seen.length,
    total: all.length,
    percent: Math.round((seen.length * 1000) / all.length) / 10,
    missing: all.filter((name) => !counts.has(name)),
    seen: count(seen),
    besides: count([...counts.keys()].filter((name) => !known.has(name)).toSorted()),
  }
}
