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

import { HarnessError } from '../message/index.ts'
import { type Exchange, formatCanonicalJson, type Recording } from '../protocol/index.ts'
import { formatRecording } from './format.ts'
import { MAX_RECORDING_BYTES, parseRecording } from './recording.ts'
import type { RedactedRecording } from '../redaction/index.ts'
import { isSameRecording } from './sameness.ts'
import { listJournals, readJournalRecording } from './stored-journal.ts'

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
    const reason = error instanceof Error ? error.message : String(error)
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

/** The recording that a file holds, to be written again; `undefined` where there is no file. */
export function readRedactedRecording(path: string): RedactedRecording | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what lies there was written before: it is not made worse by staying
  return readExisting(path)?.recording as RedactedRecording | undefined
}

function readExisting(path: string): { text: string; recording: Recording } | undefined {
  if (!statSync(path, { throwIfNoEntry: false })) return undefined
  const text = readRecordingText(path)
  return { text, recording: parseRecording(text, path) }
}

/** Writes a recording's text. Throws `write-failed`. */
export function saveRecording(path: string, text: string): void {
  saveText(path, text)
}

/** Writes a file so that a reader, or a crash, meets the old text or the new one whole. Throws `write-failed`. */
/** Writes a text whole or not at all: beside its place first. Throws `write-failed`. */
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
    const reason = error instanceof Error ? error.message : String(error)
    throw new HarnessError('write-failed', `Cannot write ${path}: ${reason}.`, { cause: error })
  }
}
