import { rmSync, statSync, utimesSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { checkExchange, START_TASK } from '../contract/index.ts'
import { loadConfig } from '../config/index.ts'
import { describeReason, formatCount, HarnessError } from '../message/index.ts'
import { VERSION } from '../package/index.ts'
import { type Exchange } from '../protocol/index.ts'
import {
  createJournalRecording,
  createRecording,
  holdLock,
  identifyMoment,
  isAlive,
  type JournalEntry,
  type JournalHeader,
  listJournals,
  notePlacing,
  openRecordingFile,
  readJournal,
  readJournalHeader,
  readRedactedRecording,
  type StoredJournal,
} from '../recording/index.ts'
import {
  createRedaction,
  type FoundSecret,
  loadPseudonymKey,
  type RedactedExchange,
  type RedactedRecording,
  type Redaction,
  scanRecording,
} from '../redaction/index.ts'
import { chooseFile, identifyExchange } from './layout.ts'

/** What tells one state of a file from another; `undefined` for a file that is not there. */
export type FileState = string | undefined

/** The state of a file now. */
export function readFileState(path: string): FileState {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found && `${found.ino} ${found.mtimeNs} ${found.size}`
}

/** The journal of the recorder that finishes, and how the files were when it began. */
export interface OwnJournal {
  path: string
  before?: ReadonlyMap<string, FileState>
  /** The redaction of the run; otherwise that of the configuration file. */
  redaction?: () => Redaction
}

/** A secret that would have come into a file. */
interface SecretInFile extends FoundSecret {
  path: string
}

/** What came of it. */
export interface Finished {
  /** The files that hold what the own journal held. */
  written: string[]
  /** What still looked like a secret. Its exchanges were not written. */
  leaks: SecretInFile[]
  /** How many exchanges came from journals of recorders that were killed, and what kept others out. */
  recovered: number
  unreadable: string[]
}

/**
 * Puts the exchanges of the own journal, and of those that killed recorders left for the same `out`, into their files, and takes the
 * journals away. Two recorders that finish at once wait for each other. Throws `lock-held`, `write-failed` and what reading the files
 * throws; then the journals stay, and what they hold can still be read.
 */
export async function finishJournals(out: string, own: OwnJournal | undefined): Promise<Finished> {
  const finished: Finished = { written: [], leaks: [], recovered: 0, unreadable: [] }
  if (!listJournals(out).some((path) => path === own?.path || isLeft(path))) return finished
  await holdLock(out, async () => {
    const states = new Map<string, FileState>()
    for (const path of listJournals(out)) {
      if (path !== own?.path && !isLeft(path)) continue
      const journal = read(path, finished)
      if (!journal) continue
      const isOwn = path === own?.path
      const { written, leaks, failures } = await putInPlace(out, journal, states, isOwn ? own : {})
      finished.leaks.push(...leaks)
      if (isOwn) finished.written.push(...written)
      if (failures.length > 0) throw describeKept(path, failures)
      if (!isOwn) finished.recovered += journal.entries.length
      rmSync(path, { force: true })
    }
  })
  return finished
}

function describeKept(journal: string, failures: readonly unknown[]): HarnessError {
  return new HarnessError('write-failed', failures.map(describeReason).join('\n'), {
    details: [['kept', `in ${journal}, which every command reads`]],
    remedy: 'Make the place writable, and record again or run `starttask recover`.',
    cause: failures[0],
  })
}

/** Whether the recorder that wrote a journal is gone without having finished it. */
function isLeft(path: string): boolean {
  const header = readJournalHeader(path)
  return header !== undefined && header.host === hostname() && !isAlive(header.pid)
}

function read(path: string, finished: Finished): StoredJournal | undefined {
  try {
    return readJournal(path)
  } catch (error) {
    finished.unreadable.push(describeReason(error))
    return undefined
  }
}

function createTeamRedaction(): Redaction {
  const { keep, redact } = loadConfig({})
  return createRedaction({ key: loadPseudonymKey().key, keep, redact })
}

/** `states`: how the files were before this finisher changed any. */
async function putInPlace(
  out: string,
  { path: journal, header, entries, placing }: StoredJournal,
  states: Map<string, FileState>,
  { before, redaction = createTeamRedaction }: Omit<OwnJournal, 'path'>,
): Promise<{ written: string[]; leaks: SecretInFile[]; failures: unknown[] }> {
  const written: string[] = []
  const leaks: SecretInFile[] = []
  const failures: unknown[] = []
  const ordered = entries.toSorted((one, other) => one.place - other.place)
  for (const [path, all] of Map.groupBy(ordered, ({ exchange }) =>
    chooseFile(out, exchange, header.ignore),
  )) {
    const { clean, found } = await removeSecretExchanges(path, all)
    leaks.push(...found)
    if (clean.length === 0) continue
    const mtime = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (!states.has(path)) states.set(path, readFileState(path))
    const mayReplace = before ? before.get(path) === states.get(path) : mtime < header.runStartedAt
    try {
      const seen = { header, entries: clean, isBegun: placing.has(basename(path)) }
      const recording = mergeRecording(readRedactedRecording(path, redaction), seen, mayReplace)
      notePlacing(journal, path)
      openRecordingFile(path).save(recording)
      utimesSync(path, new Date(), new Date()) // one that says the same is left as it is; another recorder must see it was here
      written.push(path)
    } catch (error) {
      failures.push(error) // the other files are not held up by it
    }
  }
  return { written, leaks, failures }
}

/** Exchanges that still hold what looks like a secret stay out; the others are not held up by them. */
async function removeSecretExchanges(
  path: string,
  entries: readonly JournalEntry[],
): Promise<{ clean: JournalEntry[]; found: SecretInFile[] }> {
  const exchanges = entries.map(({ exchange }) => exchange)
  const found = await scanRecording(
    createRecording({ recordedAt: new Date(0).toISOString(), provenance: {}, exchanges }),
  )
  const leaking = new Set(found.map(({ exchange }) => exchange))
  return {
    clean: entries.filter((_, index) => !leaking.has(index + 1)),
    found: found.map((leak) => ({ ...leak, path })),
  }
}

/** Throws `secret-found` when exchanges were left out: fact, places, remedy. */
export function refuseSecrets(leaks: readonly SecretInFile[]): void {
  if (leaks.length === 0) return
  const places = [
    ...new Set(leaks.map(({ path, pointer, kind }) => `${pointer}: ${kind} (for ${path})`)),
  ]
  const exchanges = new Set(leaks.map(({ path, exchange }) => `${path} ${exchange}`)).size
  throw new HarnessError(
    'secret-found',
    `The secret scan kept ${formatCount(exchanges, 'exchange')} out of the recordings: it found what looks like a secret.`,
    {
      details: [
        ...places.slice(0, MOST_SHOWN).map((place) => ['place', place] as const),
        ...(places.length > MOST_SHOWN
          ? [['more', formatCount(places.length - MOST_SHOWN, 'place')] as const]
          : []),
      ],
      remedy: 'Name the place under "redact" in the configuration file, and record again.',
    },
  )
}

const MOST_SHOWN = 10

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
function mergeRecording(
  before: RedactedRecording | undefined,
  { header, entries, isBegun }: Seen,
  mayReplace: boolean,
): RedactedRecording {
  const recorded: readonly RedactedExchange[] = before?.exchanges ?? []
  const moments = new Set(
    before && isBegun ? recorded.map((exchange) => identifyMoment(before, exchange)) : [],
  )
  const seen = createJournalRecording(
    header,
    entries.map(({ exchange }) => exchange),
  )
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

function describeRecording(
  { recordedAt, provenance }: RedactedRecording,
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
  return createRecording({
    recordedAt,
    provenance: {
      recordedBy: `starttask-harness ${VERSION}`,
      client: joinClients('', entries),
      ...provenance,
      ...(notChecked.length > 0 ? { notChecked } : {}),
      ...(departures.length > 0 ? { departures } : {}),
    },
    exchanges,
  })
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
