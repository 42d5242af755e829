import { HarnessError } from '../errors.ts'
import type { Identity } from '../matching/index.ts'
import type { Exchange } from '../protocol/index.ts'
import { hashText, loadStoredRecordings, type Recording } from '../recording/index.ts'
import type { Entry, Sequence } from './sequence.ts'
import { createRecordedReader, createSource, openIndexedSource, type ReadingSettings, type RecordedReader, type Source } from './source.ts'

/** One or many recordings: paths to files or folders, or parsed recordings. */
export type Recordings = string | Recording | ReadonlyArray<string | Recording>

/** All recorded exchanges, found by what identifies their request: the lookup does not depend on how many there are. */
export interface Library {
  /** Those that can be played, in the order given. */
  readonly entries: readonly Entry[]
  /** Each recording that was given or found, with how many exchanges it holds. */
  readonly recordings: readonly { recording: string; exchanges: number }[]
  readonly operations: readonly string[]
  /** What the recordings are called, for messages. */
  readonly place: string
  /** A recording that was redacted by other rules than ours, if there is one. */
  readonly foreign: string | undefined
  find(identity: Identity): Sequence | undefined
  /** The different requests that are recorded of an operation, with the first exchange of each. */
  list(operation: string): Iterable<{ entry: Entry; recorded: Exchange }>
  /** What identifies the request of an exchange. */
  identify(entry: Entry, recorded: Exchange): Identity
}

/** Reads recordings into a library. Throws what the store throws, and `usage` when there is none at all. */
export function createLibrary(recordings: Recordings, settings: ReadingSettings): Library {
  const reader = createRecordedReader(settings)
  const given: ReadonlyArray<string | Recording> = isList(recordings) ? recordings : [recordings]
  const sources = given.flatMap((one, index) => openSources(one, index, reader))
  if (sources.length === 0)
    throw new HarnessError('usage', 'No recording was given. Name a recording file, a folder of them, or a parsed recording.')
  const sequences = new Map<string, Sequence & { invocations: Entry[][] }>()
  const entries = sources.flatMap((source) => collectEntries(source, sequences))
  const playable = settings.attempts === 'collapsed' ? collapseAttempts(entries, sequences) : entries
  const operations = new Set([...sequences.values()].map(({ operation }) => operation))
  return {
    entries: playable,
    recordings: sources.map(({ name, outlines }) => ({ recording: name, exchanges: outlines.length })),
    operations: [...operations].toSorted(),
    place: describePlace(given, sources.length, playable.length),
    foreign: sources.find(({ redactedBy }) => redactedBy !== undefined && redactedBy !== settings.redaction.rulesHash)?.name,
    find: (identity) => sequences.get(hashText(identity.key)),
    list: (operation) => listFirst(operation, sources, sequences),
    identify: ({ source }, recorded) => reader.identify(recorded, source.redactedBy),
  }
}

function openSources(one: string | Recording, index: number, reader: RecordedReader): Source[] {
  if (typeof one !== 'string') return [createSource(`recording ${index + 1}`, one, reader)]
  const indexed = openIndexedSource(one, reader)
  return indexed ? [indexed] : loadStoredRecordings(one).map(({ path, recording }) => createSource(path, recording, reader))
}

function isList(recordings: Recordings): recordings is ReadonlyArray<string | Recording> {
  return Array.isArray(recordings)
}

function collectEntries(source: Source, sequences: Map<string, Sequence & { invocations: Entry[][] }>): Entry[] {
  const attempts = new Map<string, Entry[]>()
  return source.outlines.map(({ operation, invocation, digest }, index) => {
    const sequence = sequences.get(digest) ?? createSequence(operation, digest)
    if (sequence.size === 0) sequences.set(digest, sequence)
    const entry: Entry = { recording: source.name, exchange: index + 1, source, ordinal: sequence.size++, prepared: undefined }
    const name = invocation === undefined ? undefined : `${digest} ${invocation}`
    const before = name === undefined ? undefined : attempts.get(name)
    if (before) {
      before.push(entry)
      return entry
    }
    const made = [entry]
    if (name !== undefined) attempts.set(name, made)
    sequence.invocations.push(made)
    return entry
  })
}

function createSequence(operation: string, digest: string): Sequence & { invocations: Entry[][] } {
  return { operation, digest, invocations: [], size: 0, latest: undefined }
}

/** Leaves the last attempt of each invocation; gives the entries that are left. */
function collapseAttempts(entries: readonly Entry[], sequences: ReadonlyMap<string, { invocations: Entry[][] }>): Entry[] {
  const left = new Set<Entry>()
  for (const sequence of sequences.values()) {
    sequence.invocations = sequence.invocations.map((attempts) => attempts.slice(-1))
    for (const [last] of sequence.invocations) if (last) left.add(last)
  }
  return entries.filter((entry) => left.has(entry))
}

function* listFirst(
  operation: string,
  sources: readonly Source[],
  sequences: ReadonlyMap<string, Sequence>,
): Generator<{ entry: Entry; recorded: Exchange }> {
  for (const source of sources) {
    let index = -1
    for (const recorded of source.readAll()) {
      const told = source.outlines[++index]
      if (told?.operation !== operation) continue
      const entry = sequences.get(told.digest)?.invocations[0]?.at(-1)
      if (entry?.source === source && entry.exchange === index + 1) yield { entry, recorded }
    }
  }
}

/** What was given, as it was given: a folder's name says more than those of the files in it. */
function describePlace(given: ReadonlyArray<string | Recording>, files: number, exchanges: number): string {
  const paths = given.flatMap((one) => (typeof one === 'string' ? one : []))
  const names = [...paths.slice(0, 3), ...(paths.length > 3 ? [`${paths.length - 3} more`] : [])]
  const count = exchanges === 1 ? 'one exchange' : `${exchanges} exchanges`
  const place = names.length > 0 ? names.join(', ') : files === 1 ? 'recording 1' : `${files} recordings`
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
  return runs.map(({ first, last }) => (first === last ? `#${first}` : `#${first}-#${last}`)).join(', ')
}
