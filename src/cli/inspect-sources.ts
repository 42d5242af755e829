import { statSync } from 'node:fs'
import { basename } from 'node:path'

import { isArchive, readArchiveLines } from '../archive/index.ts'
import { HarnessError, isHarnessError } from '../errors.ts'
import type { Exchange } from '../protocol/index.ts'
import { listFilesBelow, listRecordingFiles, loadStoredRecordings } from '../recording/index.ts'
import { RULES_FILE } from '../rules/index.ts'

/** Where exchanges were found, with what their recording says of itself; an archive of lines from elsewhere says nothing. */
export interface InspectedFile {
  file: string
  recordedAt?: string
  provenance: Record<string, unknown>
}

/** An exchange in its place. */
export interface Inspected {
  from: InspectedFile
  /** Its number in its file, from 1. */
  number: number
  exchange: Exchange
}

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

/** Told of what cannot be read; the rest is read all the same. */
export type TellProblem = (problem: { file: string; message: string }) => void

/**
 * The exchanges of files, folders and archives, in order, one file in memory at a time and of an archive one line. Throws `not-found` for a
 * path that names nothing, and for a named file what reading it throws; of a folder's files, those that cannot be read are told.
 */
export async function* readInspected(paths: readonly string[], tellProblem: TellProblem): AsyncGenerator<Inspected> {
  for (const path of paths) {
    if (isArchive(path)) yield* readArchive(path, tellProblem)
    else if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) yield* readFolder(path, tellProblem)
    else yield* readStored(path)
  }
}

async function* readArchive(file: string, tellProblem: TellProblem): AsyncGenerator<Inspected> {
  const from: InspectedFile = { file, provenance: {} }
  const lines = readArchiveLines(
    file,
    ({ line, offset, message }) =>
      tellProblem({ file, message: `${line === undefined ? '' : `line ${line}, `}byte ${offset}: ${message}` }),
    ({ recordedAt, provenance }) => Object.assign(from, { recordedAt, provenance }),
  )
  let number = 0
  for await (const { exchange } of lines) yield { from, number: ++number, exchange }
}

const ARCHIVES = ['.ndjson', '.jsonl', '.ndjson.gz', '.jsonl.gz', '.ndjson.zst', '.jsonl.zst']

/** What killed recorders left belongs to files beside it, so that then the folder is read as one. */
async function* readFolder(folder: string, tellProblem: TellProblem): AsyncGenerator<Inspected> {
  const archives = listFilesBelow(folder, ARCHIVES)
  const hasJournals = listFilesBelow(folder, ['.journal']).length > 0
  const files = listFilesBelow(folder, ['.json']).filter((file) => basename(file) !== RULES_FILE)
  if (files.length === 0 && archives.length === 0 && !hasJournals) listRecordingFiles(folder) // says what is wrong with the folder
  if (hasJournals) yield* readStored(folder)
  else for (const file of files) yield* readOrTell(file, tellProblem)
  for (const archive of archives) yield* readArchive(archive, tellProblem)
}

function* readOrTell(file: string, tellProblem: TellProblem): Generator<Inspected> {
  try {
    yield* readStored(file)
  } catch (error) {
    if (!isHarnessError(error)) throw error
    tellProblem({ file, message: error.message })
  }
}

function* readStored(path: string): Generator<Inspected> {
  for (const { path: file, recording } of loadStoredRecordings(path)) {
    const { recordedAt, provenance } = recording
    const from = { file, recordedAt, provenance }
    for (const [index, exchange] of recording.exchanges.entries()) yield { from, number: index + 1, exchange }
  }
}

/** The one exchange that a place names. Throws `usage` where it names none, or may mean several. */
export async function findExchange(place: ExchangePlace, paths: readonly string[], tellProblem: TellProblem): Promise<Inspected> {
  const { path, number } = place
  const among = path === undefined ? paths : [path]
  if (among.length === 0) throw new HarnessError('usage', `Exchange ${number} of which recording?\n  remedy     name it: PATH#${number}`)
  let found: Inspected | undefined
  let count = 0
  let file: string | undefined
  for await (const inspected of readInspected(among, tellProblem)) {
    if (file !== undefined && file !== inspected.from.file) throw describeSeveral(among, number)
    file = inspected.from.file
    count += 1
    if (inspected.number === (number ?? 1)) found = inspected
    if (number === undefined && count > 1)
      throw new HarnessError('usage', `${among.join(', ')} has several exchanges.\n  remedy     say which: ${file}#1`)
    if (found && number !== undefined && isArchive(file)) break // an archive is not read to its end for one of its lines
  }
  if (found) return found
  const has = count === 1 ? 'one exchange' : count === 0 ? 'no exchange' : `exchanges 1 to ${count}`
  throw new HarnessError('usage', `${among.join(', ')} has ${has}, and no exchange ${number ?? 1}.`)
}

function describeSeveral(paths: readonly string[], number: number | undefined): HarnessError {
  return new HarnessError(
    'usage',
    `${paths.join(', ')} holds several recordings.\n  remedy     say in which one: PATH#${number ?? 1}; starttask inspect ${paths.join(' ')} lists them`,
  )
}
