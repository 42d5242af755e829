import { checkExchange, START_TASK } from '../contract/index.ts'
import {
  type Exchange,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
} from '../protocol/index.ts'
import { identifyMoment, type JournalEntry, type JournalHeader } from '../recording/index.ts'
import { type RedactedExchange, type RedactedRecording } from '../redaction/index.ts'
import { VERSION } from '../package/index.ts'
import { identifyExchange } from './layout.ts'

/** What one recorder has seen of the exchanges that go into one file, in the order in which they began. */
export interface Seen {
  header: JournalHeader
  entries: readonly JournalEntry[]
  /** Whether some of it may be in the file already: a recorder was killed while it put it there. */
  isBegun: boolean
}

/**
 * The recording that a file holds when what was seen is put into it. A request that was seen again takes the place of what was recorded of
 * it before this run began, if `mayReplace`; all else stays. Where nothing stays, the order is that of the new exchanges; where no request
 * was seen before, all exchanges are in the order of their time.
 */
export function mergeRecording(
  before: RedactedRecording | undefined,
  { header, entries, isBegun }: Seen,
  mayReplace: boolean,
): RedactedRecording {
  const recorded: readonly RedactedExchange[] = before?.exchanges ?? []
  const moments = new Set(
    before && isBegun ? recorded.map((exchange) => identifyMoment(before, exchange)) : [],
  )
  const seen = describeSeen(header, entries)
  const fresh = entries
    .map(({ exchange }) => exchange)
    .filter((exchange) => !moments.has(identifyMoment(seen, exchange)))
  const identify = (exchange: Exchange) => identifyExchange(exchange, header.ignore)
  const keys = new Set(fresh.map(identify))
  const isReplaced = (exchange: Exchange) =>
    mayReplace &&
    header.existing !== 'add' &&
    before !== undefined &&
    Date.parse(before.recordedAt) + exchange.startedAtMs < header.runStartedAt &&
    (header.existing === 'replace' || keys.has(identify(exchange)))
  if (!before || (recorded.every(isReplaced) && !before.taskStateChanges))
    return describeRecording(seen, fresh, entries)
  const began = Math.min(Date.parse(before.recordedAt), header.startedAt)
  const old = recorded.map((exchange) => ({
    exchange: shift(exchange, Date.parse(before.recordedAt) - began),
    from: exchange,
  }))
  const shifted = renumber(fresh, recorded).map((exchange) =>
    shift(exchange, header.startedAt - began),
  )
  const exchanges = old.some(({ from }) => isReplaced(from))
    ? replaceInPlace(
        old.map(({ exchange, from }) => ({ exchange, isReplaced: isReplaced(from) })),
        shifted,
        identify,
      )
    : [...old.map(({ exchange }) => exchange), ...shifted].toSorted(
        (one, other) => one.startedAtMs - other.startedAtMs,
      )
  const provenance = {
    ...seen.provenance,
    client: joinClients(before.provenance['client'], entries),
  }
  const merged = describeRecording(
    { ...seen, recordedAt: new Date(began).toISOString(), provenance },
    exchanges,
    [],
  )
  const told = before.taskStateChanges?.map((change) => ({
    ...change,
    atMs: change.atMs + Math.round(Date.parse(before.recordedAt) - began),
  }))
  return told ? { ...merged, taskStateChanges: told } : merged
}

function describeSeen(header: JournalHeader, entries: readonly JournalEntry[]): Recording {
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: new Date(header.startedAt).toISOString(),
    provenance: header.provenance,
    exchanges: entries.map(({ exchange }) => exchange),
  }
}

function describeRecording(
  { recordedAt, provenance }: Recording,
  exchanges: RedactedExchange[],
  entries: readonly JournalEntry[],
): RedactedRecording {
  const rules = exchanges
    .flatMap(checkExchange)
    .filter(({ rule, severity }) => severity === 'error' && !rule.startsWith('request.'))
  const departures = [...new Set(rules.map(({ rule }) => rule))].toSorted()
  const notChecked = [...new Set(exchanges.map(({ operation }) => operation))]
    .filter((operation) => operation !== START_TASK)
    .toSorted()
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt,
    provenance: {
      recordedBy: `starttask-harness ${VERSION}`,
      client: joinClients('', entries),
      ...provenance,
      ...(notChecked.length > 0 ? { notChecked } : {}),
      ...(departures.length > 0 ? { departures } : {}),
    },
    exchanges,
  }
}

function joinClients(before: unknown, entries: readonly JournalEntry[]): string {
  const known = typeof before === 'string' ? before.split(', ').filter(Boolean) : []
  return [...new Set([...known, ...entries.map(({ client }) => client)])].toSorted().join(', ')
}

function shift(exchange: RedactedExchange, ms: number): RedactedExchange {
  return ms === 0 ? exchange : { ...exchange, startedAtMs: exchange.startedAtMs + Math.round(ms) }
}

/** Two recorders may have numbered their invocations alike. */
function renumber(
  fresh: readonly RedactedExchange[],
  old: readonly Exchange[],
): RedactedExchange[] {
  const taken = new Set(old.flatMap(({ invocation }) => invocation ?? []))
  const names = new Map<string, string>()
  const rename = (invocation: string) => {
    const known = names.get(invocation)
    if (known !== undefined) return known
    let name = invocation
    for (let number = taken.size + 1; taken.has(name); number++) name = `invocation-${number}`
    taken.add(name)
    names.set(invocation, name)
    return name
  }
  return fresh.map((exchange) =>
    exchange.invocation === undefined
      ? exchange
      : { ...exchange, invocation: rename(exchange.invocation) },
  )
}

/** Each new exchange stands where one of the same request stood; what is left over comes last. */
function replaceInPlace(
  old: readonly { exchange: RedactedExchange; isReplaced: boolean }[],
  fresh: readonly RedactedExchange[],
  identify: (exchange: Exchange) => string,
): RedactedExchange[] {
  const left = Map.groupBy(fresh, identify)
  const placed = old.flatMap(({ exchange, isReplaced }) => {
    if (!isReplaced) return [exchange]
    const next = left.get(identify(exchange))?.shift()
    return next ? [next] : []
  })
  return [...placed, ...[...left.values()].flat()]
}
