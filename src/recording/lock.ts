import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describeReason, HarnessError } from '../message/index.ts'
import { readNumber, readObject, readText } from '../protocol/index.ts'
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'

/** How long a writer waits for another one that changes the same file. */
const LONGEST_WAIT_MS = 10_000
/** A lock of another machine counts as left behind after this time: putting exchanges in place takes seconds. */
const LEFT_BEHIND_MS = 120_000

/**
 * Runs `act` while no other writer changes the files of this `out`, a file or a folder: a lock file beside them says so. One that a killed
 * process left is taken away. Throws `lock-held` after ten seconds, `write-failed` where no lock can be written.
 */
export async function holdLock<Result>(out: string, act: () => Promise<Result>): Promise<Result> {
  const path = nameLock(out)
  const until = performance.now() + LONGEST_WAIT_MS
  while (!tryLock(path)) {
    if (performance.now() > until) throw describeHeld(path)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  try {
    return await act()
  } finally {
    rmSync(path, { force: true })
  }
}

function nameLock(out: string): string {
  return out.endsWith('.json')
    ? join(dirname(out), `.${basename(out)}.lock`)
    : join(out, '.recording.lock')
}

function tryLock(path: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const descriptor = openSync(path, 'wx', 0o600)
    writeSync(descriptor, JSON.stringify({ pid: process.pid, host: hostname() }))
    closeSync(descriptor)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      throw describeRefused(path, error)
    takeAwayLeft(path)
    return false
  }
}

/** Moved aside before it is removed: another writer may have taken it away, and locked anew, since it was read. */
function takeAwayLeft(path: string): void {
  const read = readLock(path)
  if (!read || !isLeft(path, read)) return
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    if (readLock(aside)?.text !== read.text) linkSync(aside, path)
  } catch {
    // another one was faster
  }
  rmSync(aside, { force: true })
}

interface ReadLock {
  text: string
  pid: number | undefined
  host: string | undefined
}

function readLock(path: string): ReadLock | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    const value: unknown = text === '' ? {} : JSON.parse(text)
    const { pid, host } = readObject(value)
    return { text, pid: readNumber(pid), host: readText(host) }
  } catch {
    return undefined
  }
}

function isLeft(path: string, { pid, host }: ReadLock): boolean {
  if (pid !== undefined && host === hostname()) return !isAlive(pid)
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() }
  return Date.now() - mtimeMs > LEFT_BEHIND_MS
}

/** Whether a process of this machine runs; one of another user's counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function describeHeld(path: string): HarnessError {
  const read = readLock(path)
  const holder =
    read?.pid === undefined
      ? 'another process'
      : `process ${read.pid}${read.host === hostname() ? '' : ` on ${read.host}`}`
  return new HarnessError(
    'lock-held',
    `${holder} holds ${path} for more than ${LONGEST_WAIT_MS / 1000} seconds. End it, or remove the file when it is gone.`,
  )
}

function describeRefused(path: string, error: unknown): HarnessError {
  const reason = describeReason(error)
  return new HarnessError('write-failed', `Cannot write ${path}: ${reason}.`, { cause: error })
}
