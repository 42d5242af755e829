import { formatCount, HarnessError } from '../../message/index.ts'
import { createRecordedReader, type Identity, type ReadingSettings } from '../../matching/index.ts'
import { type Exchange, hashText, type Recording } from '../../protocol/index.ts'
import type { Entry, Sequence } from './sessions.ts'
import { type ArchiveSource, openSources, type OutlinedSource, type Source } from './sources.ts'

/** One or many recordings: paths to files, archives or folders, or parsed recordings. */
export type Recordings = string | Recording | ReadonlyArray<string | Recording>

/** Which recorded exchange; `exchange` counts from 1. */
export interface ExchangePlace {
  recording: string
  exchange: number
}

/** All recorded exchanges, found by what identifies their request: the lookup does not depend on how many there are. */
export interface Library {
  /** Those that can be played, in the order given. */
  listPlaces(): ExchangePlace[]
  /** Each recording that was given or found, with how many exchanges it holds. */
  readonly recordings: readonly { recording: string; exchanges: number }[]
  readonly operations: readonly string[]
  /** What the recordings are called, for messages. */
  readonly place: string
  /** A recording that was redacted by other rules than ours, if there is one. */
  readonly foreign: string | undefined
  find(identity: Identity): Sequence | undefined
  /** The different requests that are recorded of an operation, with the first exchange of each; of an archive, those of its first lines. */
  list(operation: string): Iterable<{ entry: Entry; recorded: Exchange }>
  /** What identifies the request of an exchange. */
  identify(entry: Entry, recorded: Exchange): Identity
}

type Sequences = Map<string, OpenSequence>
interface OpenSequence extends Sequence {
  invocations: Entry[][]
}

/** Reads recordings into a library. Throws what the store and archives throw, and `usage` when there is none at all. */
export function createLibrary(recordings: Recordings, settings: ReadingSettings): Library {
  const reader = createRecordedReader(settings)
  const given: ReadonlyArray<string | Recording> = isList(recordings) ? recordings : [recordings]
  const sources = given.flatMap((one, index) => openSources(one, index, reader))
  if (sources.length === 0)
    throw new HarnessError('usage', 'No recording was given.', {
      remedy: 'Pass a recording file, a folder of recordings or a parsed recording.',
    })
  const outlined = sources.filter((source) => isOutlined(source))
  const archives = sources.filter((source) => isArchived(source))
  const isCollapsed = settings.attempts === 'collapsed'
  const sequences: Sequences = new Map()
  const entries = outlined.flatMap((source) => collectEntries(source, sequences))
  if (archives.length > 0)
    for (const [digest, sequence] of sequences) addArchived(sequence, digest, archives)
  const playable = isCollapsed ? collapseAttempts(entries, sequences) : entries
  const operations = new Set([
    ...[...sequences.values()].map(({ operation }) => operation),
    ...archives.flatMap(({ archive }) => archive.operations),
  ])
  const findArchived = (operation: string, digest: string): OpenSequence | undefined => {
    const sequence = createSequence(operation, digest)
    addArchived(sequence, digest, archives)
    if (sequence.size === 0) return undefined
    if (isCollapsed) collapse(sequence)
    sequences.set(digest, sequence)
    return sequence
  }
  const held = sources.map((source) => ({
    recording: source.name,
    exchanges: isOutlined(source) ? source.outlines.length : source.archive.count,
  }))
  const archived = archives.reduce((sum, { archive }) => sum + archive.count, 0)
  return {
    listPlaces: () => [
      ...playable.map(placeOf),
      ...archives.flatMap((source) => listArchived(source, isCollapsed)),
    ],
    recordings: held,
    operations: [...operations].toSorted(),
    place: describePlace(given, sources.length, playable.length + archived),
    foreign: sources.find(
      ({ redactedBy }) => redactedBy !== undefined && redactedBy !== settings.redaction.rulesHash,
    )?.name,
    find(identity) {
      const digest = hashText(identity.key)
      return (
        sequences.get(digest) ??
        (archives.length === 0 ? undefined : findArchived(identity.operation, digest))
      )
    },
    *list(operation) {
      yield* listFirst(operation, outlined, sequences)
      for (const source of archives) yield* listFirstArchived(operation, source)
    },
    identify: ({ source }, recorded) => reader.identify(recorded, source.redactedBy),
  }
}

/** Reads the recorded exchange of an entry. */
export function readExchange({ recording, exchange, source }: Entry): Exchange {
  const read = 'exchanges' in source ? source.exchanges[exchange - 1] : source.read(exchange - 1)
  if (!read) throw new Error(`${recording} no longer has exchange ${exchange}.`)
  return read
}

export function placeOf({ recording, exchange }: ExchangePlace): ExchangePlace {
  return { recording, exchange }
}

function isOutlined(source: Source): source is OutlinedSource {
  return 'outlines' in source
}

function isArchived(source: Source): source is ArchiveSource {
  return 'archive' in source
}

function isList(recordings: Recordings): recordings is ReadonlyArray<string | Recording> {
  return Array.isArray(recordings)
}

function collectEntries(source: OutlinedSource, sequences: Sequences): Entry[] {
  const attempts = new Map<string, Entry[]>()
  return source.outlines.map(({ operation, invocation, digest }, index) => {
    const sequence = sequences.get(digest) ?? createSequence(operation, digest)
    if (sequence.size === 0) sequences.set(digest, sequence)
    return addEntry(
      sequence,
      source,
      index,
      invocation === undefined ? undefined : { name: `${digest} ${invocation}`, attempts },
    )
  })
}

/** @param invocation attempts of one stay together */
function addEntry(
  sequence: OpenSequence,
  source: Source,
  index: number,
  invocation: { name: string; attempts: Map<string, Entry[]> } | undefined,
): Entry {
  const entry: Entry = {
    recording: source.name,
    exchange: index + 1,
    source,
    ordinal: sequence.size++,
    prepared: undefined,
  }
  const before = invocation?.attempts.get(invocation.name)
  if (before) {
    before.push(entry)
    return entry
  }
  const made = [entry]
  invocation?.attempts.set(invocation.name, made)
  sequence.invocations.push(made)
  return entry
}

function addArchived(
  sequence: OpenSequence,
  digest: string,
  archives: readonly ArchiveSource[],
): void {
  for (const source of archives) {
    const attempts = new Map<string, Entry[]>()
    for (const index of source.archive.find(digest)) {
      const name = source.archive.readInvocation(index)
      addEntry(sequence, source, index, name === undefined ? undefined : { name, attempts })
    }
  }
}

function createSequence(operation: string, digest: string): OpenSequence {
  return { operation, digest, invocations: [], size: 0, latest: undefined }
}

/** Leaves the last attempt of each invocation; gives the entries that are left. */
function collapseAttempts(entries: readonly Entry[], sequences: Sequences): Entry[] {
  const left = new Set<Entry>()
  for (const sequence of sequences.values()) {
    collapse(sequence)
    for (const [last] of sequence.invocations) if (last) left.add(last)
  }
  return entries.filter((entry) => left.has(entry))
}

function collapse(sequence: OpenSequence): void {
  sequence.invocations = sequence.invocations.map((attempts) => attempts.slice(-1))
}

function listArchived({ name, archive }: ArchiveSource, isCollapsed: boolean): ExchangePlace[] {
  const numbers = isCollapsed
    ? archive.listLastAttempts()
    : Array.from({ length: archive.count }, (_, index) => index)
  return numbers.map((index) => ({ recording: name, exchange: index + 1 }))
}

function* listFirst(
  operation: string,
  sources: readonly OutlinedSource[],
  sequences: Sequences,
): Generator<{ entry: Entry; recorded: Exchange }> {
  for (const source of sources) {
    let index = -1
    for (const recorded of 'exchanges' in source ? source.exchanges : source.readAll()) {
      const outlined = source.outlines[++index]
      if (outlined?.operation !== operation) continue
      const entry = sequences.get(outlined.digest)?.invocations[0]?.at(-1)
      if (entry?.source === source && entry.exchange === index + 1) yield { entry, recorded }
    }
  }
}

/** More would take longer than anybody waits for a response. */
const MOST_ARCHIVED = 1000

/** Read once: a miss after the first finds them in memory. */
const readFirstArchived = new WeakMap<ArchiveSource, { entry: Entry; recorded: Exchange }[]>()

function* listFirstArchived(
  operation: string,
  source: ArchiveSource,
): Generator<{ entry: Entry; recorded: Exchange }> {
  const known = readFirstArchived.get(source)
  if (known) return yield* known.filter(({ recorded }) => recorded.operation === operation)
  const { archive, name } = source
  const found: { entry: Entry; recorded: Exchange }[] = []
  for (let index = 0; index < Math.min(archive.count, MOST_ARCHIVED); index++) {
    const recorded = readIfWhole(source, index)
    if (!recorded) continue
    const one = {
      entry: { recording: name, exchange: index + 1, source, ordinal: 0, prepared: undefined },
      recorded,
    }
    found.push(one)
    if (recorded.operation === operation) yield one
  }
  readFirstArchived.set(source, found)
}

function readIfWhole(source: ArchiveSource, index: number): Exchange | undefined {
  try {
    return source.read(index)
  } catch {
    return undefined // a finding says so
  }
}

/** What was given, as it was given: a folder's name says more than those of the files in it. */
function describePlace(
  given: ReadonlyArray<string | Recording>,
  files: number,
  exchanges: number,
): string {
  const paths = given.flatMap((one) => (typeof one === 'string' ? one : []))
  const names = [...paths.slice(0, 3), ...(paths.length > 3 ? [`${paths.length - 3} more`] : [])]
  const count = formatCount(exchanges, 'exchange')
  const place =
    names.length > 0 ? names.join(', ') : files === 1 ? 'recording 1' : `${files} recordings`
  return `${place}, ${count}${files > given.length ? ` in ${files} recordings` : ''}`
}

/** `#1`, `#1-#3` or `#1, #4`: exchanges of one recording in few words. */
export function formatExchangeNumbers(numbers: readonly number[]): string {
  const runs: { first: number; last: number }[] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run && run.last + 1 === number) run.last = number
    else runs.push({ first: number, last: number })
  }
  return runs
    .map(({ first, last }) => (first === last ? `#${first}` : `#${first}-#${last}`))
    .join(', ')
}
