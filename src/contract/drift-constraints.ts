import {
  type Comparison,
  findMissing,
  isComparable,
  noteDrift,
  noteUnchecked,
  PROSE,
} from './drift-places.ts'
import type { Turn } from './drift-finding.ts'
import { type Fact, type Limit, LIMITS, type ModelNode } from './model.ts'

/** Compares what may stand at a place beyond its type: enum values, lengths, ranges, pattern, and whether it is secret. */
export function compareConstraints(at: Comparison, ours: ModelNode, theirs: ModelNode): void {
  compareValues(at, ours, theirs.values)
  for (const limit of LIMITS) compareLimit(at, limit, ours, theirs.limits?.get(limit))
  comparePattern(at, ours, theirs.pattern)
  if (theirs.isSensitive === true) isComparable(at, 'sensitive', undefined, true)
  for (const { value, origin } of ours.conditions ?? [])
    noteUnchecked(at, {
      what: 'condition',
      silent: 'prose',
      reason: PROSE,
      rule: value,
      source: origin.source,
    })
}

function compareValues(
  at: Comparison,
  { values: ours, origin }: ModelNode,
  theirs: Fact<readonly string[]> | undefined,
): void {
  if (!isComparable(at, 'enum', ours, theirs)) return
  const { name } = at.other
  if (!ours || !theirs) {
    const message = ours
      ? `the contract lists the values, ${name} has an open text`
      : `the contract has an open text, ${name} lists the values`
    const told = {
      message,
      constraint: 'enum',
      contract: ours?.value,
      other: theirs?.value,
    } as const
    return noteDrift(
      at,
      'constraint-changed',
      ours?.origin ?? origin,
      told,
      ours ? 'opened' : 'stricter',
    )
  }
  for (const value of findMissing(ours.value, theirs.value))
    noteDrift(at, 'enum-value-removed', ours.origin, {
      message: `${name} has no value ${JSON.stringify(value)}`,
      contract: value,
    })
  for (const value of findMissing(theirs.value, ours.value))
    noteDrift(at, 'enum-value-added', ours.origin, {
      message: `${name} has the value ${JSON.stringify(value)}, the contract does not`,
      other: value,
    })
}

function compareLimit(
  at: Comparison,
  limit: Limit,
  { limits, origin }: ModelNode,
  theirs: Fact<number> | undefined,
): void {
  const ours = limits?.get(limit)
  const facet = limit === 'minLength' || limit === 'maxLength' ? 'length' : 'range'
  if (!isComparable(at, facet, ours, theirs, limit) || ours?.value === theirs?.value) return
  const message = `${limit} is ${ours?.value ?? 'not limited'} in the contract, ${theirs?.value ?? 'not limited'} in ${at.other.name}`
  const told = { message, constraint: limit, contract: ours?.value, other: theirs?.value }
  noteDrift(
    at,
    'constraint-changed',
    ours?.origin ?? origin,
    told,
    readTurn(limit, ours?.value, theirs?.value),
  )
}

function readTurn(limit: Limit, ours: number | undefined, theirs: number | undefined): Turn {
  if (theirs === undefined) return 'gone'
  if (ours === undefined) return 'stricter'
  const isMinimum = limit === 'minLength' || limit === 'minimum'
  return theirs > ours === isMinimum ? 'stricter' : 'looser'
}

/**
 * A pattern that differs by its anchors alone is known: the model lost them on 2026-02-20, which the contract's sources tell. A group around
 * the whole of a pattern says nothing.
 */
function comparePattern(
  at: Comparison,
  { pattern: ours, origin }: ModelNode,
  theirs: Fact<string> | undefined,
): void {
  if (!isComparable(at, 'pattern', ours, theirs)) return
  const [own, foreign] = [splitPattern(ours?.value), splitPattern(theirs?.value)]
  if (own.core === foreign.core && own.isAnchored === foreign.isAnchored) return
  const message = `the pattern is ${ours?.value ?? 'none'} in the contract, ${theirs?.value ?? 'none'} in ${at.other.name}`
  const told = {
    message,
    constraint: 'pattern',
    contract: ours?.value,
    other: theirs?.value,
    known: own.core === foreign.core,
  } as const
  noteDrift(at, 'constraint-changed', ours?.origin ?? origin, told, theirs ? 'noted' : 'gone')
}

function splitPattern(pattern: string | undefined): {
  core: string | undefined
  isAnchored: boolean
} {
  const isAnchored = pattern?.startsWith('^') === true && pattern.endsWith('$')
  const inside = isAnchored ? pattern?.slice(1, -1) : pattern
  const [, grouped] = /^\(([^()]*)\)$/.exec(inside ?? '') ?? []
  return { core: grouped ?? inside, isAnchored }
}
