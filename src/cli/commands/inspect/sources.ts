import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { isArchive, readArchiveLines } from '../../../archive/index.ts'
import { HarnessError, isHarnessError } from '../../../message/index.ts'
import {
  listFilesBelow,
  listRecordingFiles,
  loadStoredRecordings,
} from '../../../recording/index.ts'
import { CONFIG_FILE } from '../../../config/index.ts'
import type { Inspected, InspectedFile } from '../../../report/index.ts'

/** What names an exchange: its number where one file is meant anyway, or its file, or both. */
export interface ExchangePlace {
  path: string | undefined
  number: number | undefined
}

/** Reads `N`, `PATH#N` or `PATH`. A file whose name ends in `#N` is that file. */
export function parsePlace(text: string): ExchangePlace {
  if (/^\d{1,9}$/.test(text) && !exists(text)) return { path: undefined, number: Number(text) }
  const [, path, number] = exists(text) ? [] : (/^(.+)#(\d{1,9})$/s.exec(text) ?? [])
  return path === undefined ? { path: text, number: undefined } : { path, number: Number(number) }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Told of what a list of exchanges does not show: what cannot be read, while the rest is; and files that hold none. */
export interface Telling {
  problem(problem: { file: string; message: string }): void
  empty(file: InspectedFile): void
}

/**
 * The exchanges of files, folders and archives, in order, one file in memory at a time and of an archive one line. Throws `not-found` for a
 * path that names nothing, and for a named file what reading it throws; of a folder's files, those that cannot be read are told.
 */
export async function* readInspected(
  paths: readonly string[],
  telling: Telling,
): AsyncGenerator<Inspected> {
  for (const path of paths) {
    if (isArchive(path)) yield* readArchive(path, telling)
    else if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      yield* readFolder(path, telling)
    else yield* readStored(path, telling)
  }
}

async function* readArchive(file: string, telling: Telling): AsyncGenerator<Inspected> {
  const from: InspectedFile = { file, provenance: {} }
  const lines = readArchiveLines(
    file,
    ({ line, offset, message }) =>
      telling.problem({
        file,
        message: `${line === undefined ? '' : `line ${line}, `}byte ${offset}: ${message}`,
      }),
    ({ recordedAt, provenance }) => Object.assign(from, { recordedAt, provenance }),
  )
  let number = 0
  for await (const { exchange } of lines) yield { from, number: ++number, exchange }
}

const ARCHIVES = ['.ndjson', '.jsonl', '.ndjson.gz', '.jsonl.gz', '.ndjson.zst', '.jsonl.zst']

/** What killed recorders left belongs to files beside it, so that then the folder is read as one. */
async function* readFolder(folder: string, telling: Telling): AsyncGenerator<Inspected> {
  const archives = listFilesBelow(folder, ARCHIVES)
  const hasJournals = listFilesBelow(folder, ['.journal']).length > 0
  const files = listFilesBelow(folder, ['.json']).filter((file) => basename(file) !== CONFIG_FILE)
  if (files.length === 0 && archives.length === 0 && !hasJournals) listRecordingFiles(folder) // says what is wrong with the folder
  if (hasJournals) yield* readStored(folder, telling)
  else for (const file of files) yield* readOrTell(file, telling)
  for (const archive of archives) yield* readArchive(archive, telling)
}

function* readOrTell(file: string, telling: Telling): Generator<Inspected> {
  try {
    yield* readStored(file, telling)
  } catch (error) {
    if (!isHarnessError(error)) throw error
    telling.problem({ file, message: error.message })
  }
}

function* readStored(path: string, telling: Telling): Generator<Inspected> {
  for (const { path: file, recording } of loadStoredRecordings(path)) {
    const { recordedAt, provenance, taskStateChanges = [] } = recording
    const from: InspectedFile = {
      file,
      recordedAt,
      provenance,
      ...(taskStateChanges.length > 0 ? { taskStateChanges: taskStateChanges.length } : {}),
    }
    if (recording.exchanges.length === 0) telling.empty(from)
    for (const [index, exchange] of recording.exchanges.entries())
      yield { from, number: index + 1, exchange }
  }
}

/** The one exchange that a place names. Throws `usage` where it names none, or may mean several. */
export async function findExchange(
  place: ExchangePlace,
  paths: readonly string[],
  telling: Telling,
): Promise<Inspected> {
  const { path, number } = place
  const among = path === undefined ? paths : [path]
  if (among.length === 0)
    throw new HarnessError('usage', `Exchange ${number} of which recording?`, {
      remedy: `name it: PATH#${number}`,
    })
  let found: Inspected | undefined
  let count = 0
  let file: string | undefined
  for await (const inspected of readInspected(among, telling)) {
    if (file !== undefined && file !== inspected.from.file) throw describeSeveral(among, number)
    file = inspected.from.file
    count += 1
    if (inspected.number === (number ?? 1)) found = inspected
    if (number === undefined && count > 1)
      throw new HarnessError('usage', `${among.join(', ')} has several exchanges.`, {
        remedy: `say which: ${file}#1`,
      })
    if (found && number !== undefined && isArchive(file)) break // an archive is not read to its end for one of its lines
  }
  if (found) return found
  const has = count === 1 ? 'one exchange' : count === 0 ? 'no exchange' : `exchanges 1 to ${count}`
  throw new HarnessError('usage', `${among.join(', ')} has ${has}, and no exchange ${number ?? 1}.`)
}

function describeSeveral(paths: readonly string[], number: number | undefined): HarnessError {
  return new HarnessError('usage', `${paths.join(', ')} holds several recordings.`, {
    remedy: `say in which one: PATH#${number ?? 1}; starttask inspect ${paths.join(' ')} lists them`,
  })
}
