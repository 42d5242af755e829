import { rmSync, statSync, utimesSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename } from 'node:path'

import { HarnessError } from '../message/index.ts'
import { scanRecording, type FoundSecret } from '../redaction/index.ts'
import {
  holdLock,
  isAlive,
  type JournalEntry,
  listJournals,
  notePlacing,
  openRecordingFile,
  readJournal,
  readJournalHeader,
  readRedactedRecording,
  type StoredJournal,
} from '../recording/index.ts'
import { chooseFile } from './layout.ts'
import { mergeRecording } from './merge.ts'

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
      const { written, leaks, failures } = await putInPlace(
        out,
        journal,
        states,
        isOwn ? own.before : undefined,
      )
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
  const reasons = failures.map((failure) =>
    failure instanceof Error ? failure.message : String(failure),
  )
  return new HarnessError(
    'write-failed',
    `${reasons.join('\n')}\n  kept       in ${journal}, which every command reads\n  remedy     make the place writable, and record again or run starttask recover`,
    { cause: failures[0] },
  )
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
    finished.unreadable.push(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

/** `states`: how the files were before this finisher changed any. */
async function putInPlace(
  out: string,
  { path: journal, header, entries, placing }: StoredJournal,
  states: Map<string, FileState>,
  before: ReadonlyMap<string, FileState> | undefined,
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
      const recording = mergeRecording(readRedactedRecording(path), seen, mayReplace)
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
  const found = await scanRecording({
    format: 'starttask-recording',
    version: 1,
    recordedAt: new Date(0).toISOString(),
    provenance: {},
    exchanges,
  })
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
    ...new Set(
      leaks.map(({ path, pointer, kind }) => `  place      ${pointer}: ${kind} (for ${path})`),
    ),
  ]
  const exchanges = new Set(leaks.map(({ path, exchange }) => `${path} ${exchange}`)).size
  throw new HarnessError(
    'secret-found',
    [
      `${exchanges === 1 ? 'One exchange was' : `${exchanges} exchanges were`} not written: what looks like a secret was still in it.`,
      ...places.slice(0, 10),
      ...(places.length > 10 ? [`  … and ${places.length - 10} more`] : []),
      '  remedy     name the place under redact in starttask.rules.json, and record again',
    ].join('\n'),
  )
}
