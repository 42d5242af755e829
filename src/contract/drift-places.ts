import { formatPointer } from '../protocol/index.ts'
import {
  type DriftFinding,
  type DriftKind,
  type DriftSide,
  nameBroken,
  type Turn,
  type Unchecked,
  weighDrift,
} from './drift-finding.ts'
import type { Facet, Model, ModelNode, Origin } from './model.ts'

/** Both sides of a comparison at one place, and where its findings go. */
export interface Comparison {
  readonly contract: Model
  readonly other: Model
  readonly side: 'request' | 'response'
  readonly segments: readonly string[]
  readonly drift: DriftFinding[]
  readonly unchecked: Unchecked[]
}

/** The same comparison one step deeper. */
export function stepInto(comparison: Comparison, segment: string): Comparison {
  return { ...comparison, segments: [...comparison.segments, segment] }
}

type Told = Pick<DriftFinding, 'message'> &
  Partial<Pick<DriftFinding, 'contract' | 'other' | 'constraint' | 'known'>>

/** Notes drift at the place of the comparison. */
export function noteDrift(
  at: Pick<Comparison, 'drift' | 'segments'> & { side: DriftSide },
  kind: DriftKind,
  origin: Origin,
  told: Told,
  turn?: Turn,
): void {
  at.drift.push({
    kind,
    side: at.side,
    pointer: formatPointer(at.segments),
    severity: weighDrift(kind, turn),
    ...(told.constraint === undefined ? {} : { constraint: told.constraint }),
    ...(told.contract === undefined ? {} : { contract: told.contract }),
    ...(told.other === undefined ? {} : { other: told.other }),
    message: told.message,
    breaks: nameBroken(kind, at.side, turn),
    from: origin.from === 'page' ? 'page' : 'overlay',
    source: origin.source,
    known: told.known ?? false,
  })
}

/** Notes that the place of the comparison could not be checked. */
export function noteUnchecked(
  at: Comparison,
  unchecked: Omit<Unchecked, 'side' | 'pointer'>,
): void {
  at.unchecked.push({ side: at.side, pointer: formatPointer(at.segments), ...unchecked })
}

/**
 * Whether both sources carry a facet, and at least one has something there. Where one does not carry it and the other has something (`ours`,
 * `theirs`), that is noted as not checked. So is what only a text says and the model does not have.
 */
export function isComparable(
  at: Comparison,
  what: Facet,
  ours: { origin: Origin } | undefined,
  theirs: unknown,
  rule?: string,
): boolean {
  const [isOurs, isTheirs] = [
    at.contract.carries[at.side].has(what),
    at.other.carries[at.side].has(what),
  ]
  const named = {
    what,
    ...(rule === undefined ? {} : { rule }),
    ...(ours ? { source: ours.origin.source } : {}),
  }
  if (ours && !isTheirs)
    noteUnchecked(at, {
      ...named,
      silent: 'other',
      reason: `${at.other.name} carries no ${NOUNS[what]}`,
    })
  else if (theirs !== undefined && !isOurs)
    noteUnchecked(at, {
      ...named,
      silent: 'contract',
      reason: `the contract states no ${NOUNS[what]} of ${at.side === 'request' ? 'a request' : 'a response'}`,
    })
  else if (ours?.origin.isProse === true && theirs === undefined)
    noteUnchecked(at, { ...named, silent: 'prose', reason: PROSE })
  else return ours !== undefined || theirs !== undefined
  return false
}

/** Why a rule of prose is not compared. */
export const PROSE = 'only a text says so, no AWS model does'

const NOUNS: Readonly<Record<Facet, string>> = {
  required: 'required members',
  enum: 'enum values',
  length: 'lengths',
  range: 'ranges',
  pattern: 'patterns',
  sensitive: 'marks of what is sensitive',
}

/** The texts that are not among others, in their order. */
export function findMissing(texts: readonly string[], others: readonly string[]): string[] {
  const among = new Set(others)
  return [...new Set(texts)].filter((text) => !among.has(text))
}

/** A type in words: `list of string`, `integer`. */
export function describeType(node: ModelNode, depth = 0): string {
  const own = node.detail ?? (node.kind === 'object' ? 'structure' : node.kind)
  if (!node.readItem || depth > 3) return own
  return `${own} of ${describeType(node.readItem(), depth + 1)}`
}
