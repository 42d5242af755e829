import { compareConstraints } from './drift-constraints.ts'
import type { DriftFinding, Turn, Unchecked } from './drift-finding.ts'
import {
  type Comparison,
  describeType,
  findMissing,
  isComparable,
  noteDrift,
  noteUnchecked,
  stepInto,
} from './drift-places.ts'
import type { Model, ModelMember, ModelNode, NewerMember, Origin } from './model.ts'

/** The differences of two sources of StartTask, and the places that could not be compared. */
export interface Drift {
  drift: DriftFinding[]
  couldNotCheck: Unchecked[]
  /** A date that the other source is older than, told by a member that it lacks: what is missing in it may be new, rather than gone. */
  olderThan?: { date: string; member: string }
}

const PAGE_ERRORS: Origin = { from: 'page', source: 'API page, Errors', isProse: false }

/**
 * Compares the contract with another source, in the contract's document order: the request, the response, the errors. What a source does not
 * carry is never drift. Members below one that the contract does not have are not listed.
 *
 * Throws what the other model's reader throws when a place that is asked for cannot be read.
 */
export function compareModels(contract: Model, other: Model): Drift {
  const found = { drift: [], unchecked: [], contract, other, segments: [] }
  const [request, response] = [
    { ...found, side: 'request' } as const,
    { ...found, side: 'response' } as const,
  ]
  compareNodes(request, contract.request, other.request)
  compareNodes(response, contract.response, other.response)
  compareErrors(response, contract, other)
  const lacking = [
    ...findLacking(contract.request, other.request),
    ...findLacking(contract.response, other.response),
  ]
  const [olderThan] = lacking.toSorted((left, right) => (left.date < right.date ? -1 : 1))
  return {
    drift: found.drift,
    couldNotCheck: found.unchecked,
    ...(olderThan === undefined ? {} : { olderThan }),
  }
}

function compareNodes(at: Comparison, ours: ModelNode, theirs: ModelNode): void {
  if (!compareTypes(at, ours, theirs)) return
  compareConstraints(at, ours, theirs)
  if (ours.members && theirs.members) compareMembers(at, ours, ours.members, theirs.members)
  if (ours.readItem && theirs.readItem)
    compareNodes(stepInto(at, '*'), ours.readItem(), theirs.readItem())
}

/** Compares the types of a place. Returns false if they differ. */
function compareTypes(at: Comparison, ours: ModelNode, theirs: ModelNode): boolean {
  const isSilent = ours.detail === undefined || theirs.detail === undefined
  if (ours.kind === theirs.kind && (isSilent || ours.detail === theirs.detail)) {
    if (isSilent && ours.detail !== theirs.detail) noteSilentType(at, ours)
    return true
  }
  const [contract, other] = [describeType(ours), describeType(theirs)]
  const message = `it is ${withArticle(contract)} in the contract, ${withArticle(other)} in ${at.other.name}`
  noteDrift(at, 'type-changed', ours.origin, { message, contract, other })
  return false
}

function noteSilentType(at: Comparison, { detail, origin }: ModelNode): void {
  const [silent, name] =
    detail === undefined
      ? (['contract', 'the contract'] as const)
      : (['other', at.other.name] as const)
  const reason = `${name} does not say which numbers are whole ones and which are times`
  noteUnchecked(at, { what: 'type', silent, reason, source: origin.source })
}

function withArticle(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`
}

function compareMembers(
  at: Comparison,
  node: ModelNode,
  ours: ReadonlyMap<string, ModelMember>,
  theirs: ReadonlyMap<string, ModelMember>,
): void {
  for (const [name, member] of ours) {
    const found = theirs.get(name)
    if (found) compareMember(stepInto(at, name), node, member, found, theirs)
    else noteRemoved(stepInto(at, name), member)
  }
  for (const [name, member] of theirs)
    if (!ours.has(name)) noteAdded(stepInto(at, name), node, node.newer?.get(name), member)
}

function compareMember(
  at: Comparison,
  node: ModelNode,
  ours: ModelMember,
  theirs: ModelMember,
  siblings: ReadonlyMap<string, ModelMember>,
): void {
  const found = theirs.read()
  if (isComparable(at, 'required', ours.requirement, theirs.requirement))
    compareRequirements(at, node, ours, theirs, siblings)
  compareNodes(at, ours.read(), found)
}

/** Compares requirements. A member that is required unless another is present is always required in a source without the other. */
function compareRequirements(
  at: Comparison,
  node: ModelNode,
  { requirement: ours }: ModelMember,
  { requirement: theirs, read }: ModelMember,
  siblings: ReadonlyMap<string, ModelMember>,
): void {
  const { name } = at.other
  const exception =
    ours?.unless !== undefined && siblings.has(ours.unless) ? ours.unless : undefined
  const [contract, other] = [
    ours
      ? exception === undefined
        ? 'required'
        : `required unless ${exception} is there`
      : 'optional',
    theirs ? 'required' : 'optional',
  ]
  if (contract === other) return
  const told = {
    message: `it is ${contract} in the contract, ${other} in ${name}`,
    contract,
    other,
    known: exception !== undefined && !theirs,
  }
  if (theirs) return noteDrift(at, 'required-tightened', ours?.origin ?? node.origin, told)
  const turn: Turn = read().kind === 'object' ? 'looser' : 'scalar'
  noteDrift(at, 'required-relaxed', ours?.origin ?? node.origin, told, turn)
}

function noteRemoved(at: Comparison, member: ModelMember): void {
  const contract = describeType(member.read())
  noteDrift(at, 'member-removed', member.read().origin, {
    message: `${at.other.name} has no such member`,
    contract,
  })
}

function noteAdded(
  at: Comparison,
  node: ModelNode,
  newer: NewerMember | undefined,
  member: ModelMember,
): void {
  const [found, known] = [member.read(), newer?.read()]
  const other = describeType(found)
  const isRequired = member.requirement !== undefined
  const isKnown = known?.kind === found.kind && !isRequired
  const since = newer ? `; the contract knows it as newer than the page (${newer.since})` : ''
  const message = `the contract has no such member, ${at.other.name} has ${withArticle(other)}${isRequired ? ', required' : ''}${since}`
  noteDrift(
    at,
    'member-added',
    known?.origin ?? node.origin,
    { message, other, known: isKnown },
    isRequired ? 'required' : undefined,
  )
}

function compareErrors(at: Comparison, contract: Model, other: Model): void {
  const { errors: ours = [], knownErrors = [] } = contract
  if (!other.errors) {
    const reason = `${other.name} does not say which errors StartTask has`
    at.unchecked.push({ side: 'errors', pointer: '', what: 'errors', silent: 'other', reason })
    return
  }
  const place = (name: string) => ({ drift: at.drift, side: 'errors', segments: [name] }) as const
  for (const name of findMissing(ours, other.errors))
    noteDrift(place(name), 'error-removed', PAGE_ERRORS, {
      message: `${other.name} does not list it for StartTask`,
      contract: name,
    })
  for (const name of findMissing(other.errors, ours)) {
    const isKnown = knownErrors.includes(name)
    const message = `${other.name} lists it for StartTask, the API page does not${isKnown ? '; the contract knows it as an error seen below the page' : ''}`
    noteDrift(place(name), 'error-added', PAGE_ERRORS, { message, other: name, known: isKnown })
  }
}

/** The newer members with a date that the other source lacks. */
function findLacking(ours: ModelNode, theirs: ModelNode): { date: string; member: string }[] {
  const lacking = [...(ours.newer ?? [])].filter(
    ([name, { since }]) =>
      theirs.members && /^\d{4}-\d\d-\d\d$/.test(since) && !theirs.members.has(name),
  )
  const below = [...(ours.members ?? [])].flatMap(([name, { read }]) => {
    const found = theirs.members?.get(name)
    return found ? findLacking(read(), found.read()) : []
  })
  const items =
    ours.readItem && theirs.readItem ? findLacking(ours.readItem(), theirs.readItem()) : []
  return [...lacking.map(([member, { since }]) => ({ date: since, member })), ...below, ...items]
}
