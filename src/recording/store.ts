import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { replacePrivateIds } from '../contract/index.ts'
import { describeReason, HarnessError } from '../message/index.ts'
import {
  type Exchange,
  formatCanonicalJson,
  isNumber,
  isObject,
  isTransportFailure,
  type Recording,
} from '../protocol/index.ts'
import { acceptRecording, type RedactedRecording, type Redaction } from '../redaction/index.ts'
import { listJournals, readJournalRecording } from './journal.ts'
import { formatRecording, MAX_RECORDING_BYTES, parseRecording } from './recording.ts'

/** A recording with where it was found. */
export interface StoredRecording {
  path: string
  recording: Recording
}

/**
 * Reads recordings: files as named, folders for every `.json` file in them at any depth, in path order; and what a recorder that was killed
 * left in its journals beside them. Throws `not-found`, `recording-invalid` for a folder without recordings, and what {@link parseRecording}
 * throws.
 */
export function loadStoredRecordings(paths: string | readonly string[]): StoredRecording[] {
  const named = typeof paths === 'string' ? [paths] : paths
  return named.flatMap(loadOne)
}

/** The files with one of these endings below a folder, sorted; none for what is no folder. */
export function listFilesBelow(path: string, endings: readonly string[]): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return []
  return endings.flatMap((ending) => listFiles(path, ending)).toSorted()
}

function loadOne(path: string): StoredRecording[] {
  const journals = listJournalsBelow(path)
  const files = journals.length > 0 ? findRecordingFiles(path) : listRecordingFiles(path)
  const stored = files.map((file) => ({ path: file, recording: readRecording(file) }))
  return journals.length > 0 ? [...stored, ...loadJournals(journals, stored)] : stored
}

/** Reads one recording file, and nothing that lies beside it. Throws as {@link loadStoredRecordings}. */
export function readRecording(path: string): Recording {
  return parseRecording(readRecordingText(path), path)
}

/** What is in a journal and in a file as well was put there by a recorder that was killed before it took the journal away. */
function loadJournals(
  journals: readonly string[],
  stored: readonly StoredRecording[],
): StoredRecording[] {
  return journals.flatMap((path) => {
    const { recording, placing } = readJournalRecording(path)
    const begun = stored.filter(
      (one) => placing.has(basename(one.path)) && dirname(one.path) === dirname(path),
    )
    const known = new Set(
      begun.flatMap((one) =>
        one.recording.exchanges.map((exchange) => identifyMoment(one.recording, exchange)),
      ),
    )
    const exchanges = recording.exchanges.filter(
      (exchange) => !known.has(identifyMoment(recording, exchange)),
    )
    return exchanges.length > 0 ? [{ path, recording: { ...recording, exchanges } }] : []
  })
}

/** One text for one exchange, in whatever recording it is: what was seen, and when. */
export function identifyMoment({ recordedAt }: Recording, exchange: Exchange): string {
  const { invocation: _, startedAtMs, ...seen } = exchange
  return `${Math.round(Date.parse(recordedAt) + startedAtMs)} ${formatCanonicalJson(seen)}`
}

/** Reads recordings; see {@link loadStoredRecordings}. */
export async function loadRecordings(paths: string | string[]): Promise<Recording[]> {
  return loadStoredRecordings(paths).map(({ recording }) => recording)
}

/** The recording files that a path names: the file itself, or every `.json` file below a folder, sorted. */
export function listRecordingFiles(path: string): string[] {
  if (!statPath(path).isDirectory()) return [path]
  const files = listFiles(path, '.json')
  if (files.length === 0)
    throw new HarnessError(
      'recording-invalid',
      `${path} is a folder without recordings: no .json file lies in it.`,
    )
  return files
}

/** As {@link listRecordingFiles}, where there may be none. */
function findRecordingFiles(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return []
  return found.isDirectory() ? listFiles(path, '.json') : [path]
}

/** The journals that belong to a path: beside the file, or at any depth of the folder. */
function listJournalsBelow(path: string): string[] {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? listFiles(path, '.journal')
    : listJournals(path)
}

function listFiles(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

function statPath(path: string) {
  try {
    return statSync(path)
  } catch (error) {
    throw new HarnessError(
      'not-found',
      `${path} does not exist or cannot be read. Name a recording file or a folder of them.`,
      {
        cause: error,
      },
    )
  }
}

function readRecordingText(path: string): string {
  const { size } = statPath(path)
  if (size > MAX_RECORDING_BYTES) {
    throw new HarnessError(
      'too-large',
      `${path} has ${size} bytes; a recording of more than ${MAX_RECORDING_BYTES} is not read.`,
    )
  }
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError(
      'not-found',
      `${path} cannot be read: ${reason}. A recording is a file that ends in .json.`,
      { cause: error },
    )
  }
}

/** Keeps one recording file up to date while exchanges come in. */
export interface RecordingFile {
  readonly path: string
  /** Writes the recording whole, or puts the file that was there back when it says the same. */
  save(recording: RedactedRecording): void
}

/**
 * Opens a recording file for writing. What lies there already is remembered: a recording that says the same leaves it as it is, byte for
 * byte, so that recording again gives an empty diff. A file that is no recording of ours is refused rather than overwritten.
 */
export function openRecordingFile(path: string): RecordingFile {
  const before = readExisting(path)
  let onDisk = before?.text
  return {
    path,
    save(recording) {
      const text =
        before && isSameRecording(before.recording, recording)
          ? before.text
          : formatRecording(recording)
      if (text !== onDisk) saveText(path, text)
      onDisk = text
    },
  }
}

/**
 * Reads the recording of a file that is to be written again; returns `undefined` if there is no file. A recording that did not go through redaction is
 * redacted, see {@link acceptRecording}.
 */
export function readRedactedRecording(
  path: string,
  redaction: () => Redaction,
): RedactedRecording | undefined {
  const existing = readExisting(path)
  return existing && acceptRecording(existing.recording, redaction)
}

function readExisting(path: string): { text: string; recording: Recording } | undefined {
  if (!statSync(path, { throwIfNoEntry: false })) return undefined
  const text = readRecordingText(path)
  return { text, recording: parseRecording(text, path) }
}

/**
 * Writes a recording. Throws `write-failed`, and `too-large` for a text of more than `maxBytes`.
 *
 * @param maxBytes no limit by default
 */
export function saveRecording(
  path: string,
  recording: RedactedRecording,
  { maxBytes = Infinity }: { maxBytes?: number } = {},
): void {
  const text = formatRecording(recording)
  if (Buffer.byteLength(text) > maxBytes)
    throw new HarnessError('too-large', `The recording would have more than ${maxBytes} bytes.`, {
      remedy: `--out ${basename(path, '.json')}.ndjson.zst, an archive`,
    })
  saveText(path, text)
}

/**
 * Writes a text first to a file beside the target and then renames it: a reader, or a crash, meets the old text or the new one. Throws `write-failed`.
 */
export function saveText(path: string, text: string): void {
  const temporary = join(dirname(path), `.${crypto.randomUUID()}.tmp`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    const mode = statSync(path, { throwIfNoEntry: false })?.mode // what may be read by its owner alone stays so
    writeFileSync(temporary, text, {
      flag: 'wx',
      flush: true,
      ...(mode === undefined ? {} : { mode: mode & 0o777 }),
    })
    renameSync(temporary, path)
  } catch (error) {
    if (statSync(temporary, { throwIfNoEntry: false })) rmSync(temporary)
    const reason = describeReason(error)
    throw new HarnessError('write-failed', `Cannot write ${path}: ${reason}.`, { cause: error })
  }
}

/**
 * Whether two recordings say the same: equal but for what differs each time anyway, which is when and how fast things happened, request
 * ids, pseudonyms (another key gives others), and the ids and times that the service mints in its responses. An id that a response minted and
 * a later request repeats is the same id; an id that a request brought itself counts.
 */
function isSameRecording(one: Recording, other: Recording): boolean {
  return formatSkeleton(one) === formatSkeleton(other)
}

const MINTED_ID =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g

function formatSkeleton(recording: Recording): string {
  const ids = new Map<string, string>()
  const pseudonyms = new Map<string, string>()
  const namePseudonym = (id: string) => pseudonyms.get(id) ?? addName(pseudonyms, id)
  const exchanges = recording.exchanges.map((exchange) => {
    const { operation, attempt, request, response } = exchange
    const asked = replaceMinted(request.body, (id) => ids.get(id) ?? id, namePseudonym)
    keepRequestIds(request.body, ids)
    if (isTransportFailure(response))
      return { operation, attempt, request: { ...request, body: asked }, response }
    const headers = Object.entries(response.headers).filter(([name]) => name !== 'x-amzn-requestid')
    const nameMinted = (id: string) => ids.get(id) ?? addName(ids, id)
    const answered = {
      ...response,
      headers: Object.fromEntries(headers),
      body: replaceMinted(response.body, nameMinted, namePseudonym),
    }
    return { operation, attempt, request: { ...request, body: asked }, response: answered }
  })
  const provenance = { ...recording.provenance, recordedBy: undefined }
  return formatCanonicalJson({
    provenance,
    exchanges,
    ...(recording.taskStateChanges ? { tasks: recording.taskStateChanges } : {}),
  })
}

function addName(ids: Map<string, string>, id: string): string {
  const name = `<id ${ids.size}>`
  ids.set(id, name)
  return name
}

/** An id that a request brings stays itself when a response repeats it. */
function keepRequestIds(body: unknown, ids: Map<string, string>): void {
  replaceMinted(
    body,
    (id) => {
      if (!ids.has(id)) ids.set(id, id)
      return id
    },
    (id) => id,
  )
}

type NameId = (id: string) => string

function replaceMinted(
  value: unknown,
  nameId: NameId,
  namePseudonym: NameId,
  member = '',
): unknown {
  if (typeof value === 'string') {
    return isTimeMember(member)
      ? '<time>'
      : replacePrivateIds(value, (_kind, id) => namePseudonym(id)).replace(MINTED_ID, nameId)
  }
  if (isNumber(value)) return isTimeMember(member) ? '<time as a number>' : value
  if (Array.isArray(value))
    return value.map((item) => replaceMinted(item, nameId, namePseudonym, member))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      replaceMinted(inner, nameId, namePseudonym, name),
    ]),
  )
}

function isTimeMember(member: string): boolean {
  return /[a-z]At$/.test(member)
}
