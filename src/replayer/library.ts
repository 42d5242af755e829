import { HarnessError } from '../errors.ts'
import { type Identity, identifyRequest } from '../matching/index.ts'
import type { Exchange } from '../protocol/index.ts'
import { loadStoredRecordings, redactRecordedBody, type Recording, type Redaction } from '../recording/index.ts'

/** One or many recordings: paths to files or folders, or parsed recordings. */
export type Recordings = string | Recording | ReadonlyArray<string | Recording>

/** A recorded exchange as the replayer holds it. */
export interface Entry {
  recording: string
  /** The exchange's place in its recording, from 1. */
  exchange: number
  identity: Identity
  recorded: Exchange
}

/** All recorded exchanges, found by what identifies their request: the lookup does not depend on how many there are. */
export interface Library {
  readonly entries: readonly Entry[]
  readonly operations: readonly string[]
  /** What the recordings are called, for messages. */
  readonly place: string
  /** A recording that was redacted by other rules than ours, if there is one. */
  readonly foreign: string | undefined
  find(identity: Identity): readonly Entry[]
}

/** How the requests of recordings are read. */
interface ReadingRules {
  ignore: readonly string[]
  redaction: Redaction
}

/** Reads recordings into a library. Throws what the store throws, and `usage` when there is none at all. */
export function createLibrary(recordings: Recordings, { ignore, redaction }: ReadingRules): Library {
  const named = nameRecordings(recordings)
  if (named.length === 0)
    throw new HarnessError('usage', 'No recording was given. Name a recording file, a folder of them, or a parsed recording.')
  const entries = named.flatMap(({ name, recording }) =>
    recording.exchanges.map((recorded, index) => createEntry(name, recorded, index + 1, { ignore, redaction })),
  )
  const byKey = Map.groupBy(entries, ({ identity }) => identity.key)
  return {
    entries,
    operations: [...new Set(entries.map(({ recorded }) => recorded.operation))].toSorted(),
    place: describePlace(recordings, named.length, entries.length),
    foreign: named.find(({ recording: { provenance } }) => isForeign(provenance['redaction'], redaction))?.name,
    find: (identity) => byKey.get(identity.key) ?? [],
  }
}

/** Recordings that do not say by what rules they were redacted are taken as they are. */
function isForeign(rulesHash: unknown, redaction: Redaction): boolean {
  return rulesHash !== undefined && rulesHash !== redaction.rulesHash
}

function nameRecordings(recordings: Recordings): { name: string; recording: Recording }[] {
  const given: ReadonlyArray<string | Recording> = isList(recordings) ? recordings : [recordings]
  return given.flatMap((one, index) => {
    if (typeof one === 'string') return loadStoredRecordings(one).map(({ path, recording }) => ({ name: path, recording }))
    return [{ name: `recording ${index + 1}`, recording: one }]
  })
}

function isList(recordings: Recordings): recordings is ReadonlyArray<string | Recording> {
  return Array.isArray(recordings)
}

function createEntry(recording: string, recorded: Exchange, exchange: number, rules: ReadingRules): Entry {
  return { recording, exchange, identity: identifyRecorded(recorded, rules), recorded }
}

/** A request whose body was no JSON equals no request that can be read: its key is none that a body can have. */
function identifyRecorded({ operation, request }: Exchange, { ignore, redaction }: ReadingRules): Identity {
  if (request.body === null && (request.bodyText ?? request.bodyBase64) !== undefined)
    return { operation, key: `${operation} unreadable`, shape: request.bodyText ?? request.bodyBase64 }
  return identifyRequest(operation, redactRecordedBody(request.body, redaction), { ignore })
}

/** What was given, as it was given: a folder's name says more than those of the files in it. */
function describePlace(recordings: Recordings, files: number, exchanges: number): string {
  const given: ReadonlyArray<string | Recording> = isList(recordings) ? recordings : [recordings]
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
