import { hashText, isObject, type JsonObject } from '../../protocol/index.ts'
import { readFaultFile, refuseFault, refuseMembers } from './fault-file.ts'
import { makeFault } from './fault-kinds.ts'
import type { Fault, FaultRule, MetFault } from './fault.ts'
import type { FaultTurns, LiveInvocation, Sequence, Session } from './sessions.ts'

/** Decides on faults. */
export type Faults = (
  session: Session,
  sequence: Sequence,
  invocation: string,
) => MetFault | undefined

const MOST_FAULTS = 1000
const MOST_LIVE = 1000

/**
 * Reads faults from a list, or from a file `{ "format": "starttask-faults", "version": 1, "faults": [...] }`. Throws `usage` for a fault that is
 * none, naming its place, and `not-found` for a file that cannot be read.
 */
export function readFaults(given: string | readonly Fault[] | undefined): Faults | undefined {
  if (given === undefined) return undefined
  const [list, place] =
    typeof given === 'string' ? [readFaultFile(given), given] : [given, 'the replay option faults']
  if (!Array.isArray(list) || list.length > MOST_FAULTS)
    throw refuseFault(place, `holds no list of at most ${MOST_FAULTS} faults`)
  const rules = list.map((fault: unknown, index) =>
    readRule(fault, index, `${place}, fault ${index + 1}`),
  )
  return rules.length === 0
    ? undefined
    : (session, sequence, invocation) => meet(rules, session, sequence, invocation)
}

function readRule(fault: unknown, index: number, place: string): FaultRule {
  if (!isObject(fault))
    throw refuseFault(place, 'is no object such as { "on": 1, "fault": "ThrottlingException" }')
  refuseMembers(fault, ['on', 'fault', 'seed', 'attempts', 'status', 'ms'], place)
  refuseNumber(fault, 'seed', place, Number.isSafeInteger)
  refuseNumber(fault, 'attempts', place, (value) => Number.isSafeInteger(value) && value >= 1)
  refuseNumber(fault, 'ms', place, (value) => Number.isFinite(value) && Math.abs(value) <= MOST_MS)
  if (typeof fault['fault'] !== 'string')
    throw refuseFault(place, 'has no "fault": a name of the catalogue, as ThrottlingException')
  if (!isWhen(fault['on']))
    throw refuseFault(
      place,
      'has an "on" that is neither a number from 1 nor { "share": 0.05 }, above 0 and up to 1',
    )
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its members were looked at
  const known = fault as unknown as Fault
  return { index, fault: known, met: makeFault(known, place) }
}

const MOST_MS = 10 * 365 * 24 * 3600 * 1000

function isWhen(on: unknown): boolean {
  if (isObject(on)) {
    const { share } = on
    return Object.keys(on).length === 1 && typeof share === 'number' && share > 0 && share <= 1
  }
  return typeof on === 'number' && Number.isSafeInteger(on) && on >= 1
}

function refuseNumber(
  fault: JsonObject,
  name: string,
  place: string,
  isGood: (value: number) => boolean,
): void {
  const value = fault[name]
  if (value !== undefined && !(typeof value === 'number' && isGood(value)))
    throw refuseFault(place, `has the "${name}" ${JSON.stringify(value)}`)
}

function meet(
  rules: readonly FaultRule[],
  { faults }: Session,
  sequence: Sequence,
  invocation: string,
): MetFault | undefined {
  const live =
    (invocation === '' ? undefined : faults.live.get(invocation)) ??
    begin(rules, faults, sequence, invocation)
  live.attempts += 1
  const { rule } = live
  return rule && live.attempts <= (rule.fault.attempts ?? Infinity) ? rule.met : undefined
}

function begin(
  rules: readonly FaultRule[],
  turns: FaultTurns,
  sequence: Sequence,
  invocation: string,
): LiveInvocation {
  turns.invocations += 1
  const time = (turns.bySequence.get(sequence) ?? 0) + 1
  turns.bySequence.set(sequence, time)
  const live = {
    rule: rules.find((rule) => falls(rule, turns.invocations, `${sequence.digest} ${time}`)),
    attempts: 0,
  }
  if (invocation === '') return live
  if (turns.live.size >= MOST_LIVE) turns.live.delete(turns.live.keys().next().value ?? '')
  turns.live.set(invocation, live)
  return live
}

/** A share falls on requests by what they are and how often they came, so that it does not depend on which of several clients was quicker. */
function falls(
  { index, fault: { on, seed = 1 } }: FaultRule,
  invocation: number,
  asked: string,
): boolean {
  if (typeof on === 'number') return on === invocation
  const drawn = Buffer.from(hashText(`${seed} ${index} ${asked}`), 'base64').readUInt32BE()
  return drawn < on.share * 2 ** 32
}
