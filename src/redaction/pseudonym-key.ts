import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

import { HarnessError } from '../message/index.ts'

/** What pseudonyms are made with. */
export interface PseudonymKey {
  key: Uint8Array
  /** The file that keeps it, or would; empty where there is no folder for it. */
  place: string
  /** Whether the file keeps it; otherwise it is this process's alone, and another run gives other pseudonyms. */
  isKept: boolean
}

const KEY_BYTES = 32

/**
 * The key of this user's pseudonyms: 32 random bytes in a file of the user's own, made on first use: `starttask-harness/pseudonym.key` in
 * `XDG_CONFIG_HOME`, `~/.config`, or on Windows `%APPDATA%`. `STARTTASK_KEY_FILE` names another file, for a team that wants equal pseudonyms.
 * Where none can be kept (no home, a home that cannot be written, or one that is a git working tree), one is made for this process.
 *
 * Throws `usage` for a file that holds no key, and for a named file that can neither be read nor made.
 */
export function loadPseudonymKey(env: NodeJS.ProcessEnv = process.env): PseudonymKey {
  const named = env['STARTTASK_KEY_FILE']
  if (named) return loadNamed(named)
  const folder = findFolder(env)
  const place = folder === undefined ? '' : join(folder, 'starttask-harness', 'pseudonym.key')
  const key =
    place === '' || isInWorkingTree(place) ? undefined : (readKey(place) ?? makeKey(place))
  return key ? { key, place, isKept: true } : { key: drawKey(), place, isKept: false }
}

function loadNamed(place: string): PseudonymKey {
  const key = readKey(place) ?? makeKey(place)
  if (key) return { key, place, isKept: true }
  throw new HarnessError(
    'usage',
    `The key for pseudonyms can neither be read nor made.\n  place      ${place}, which STARTTASK_KEY_FILE names\n  remedy     name a file that can be, or unset it`,
  )
}

/** A relative path in one of these is none, says the XDG Base Directory Specification. */
function findFolder(env: NodeJS.ProcessEnv): string | undefined {
  const home = env['HOME']
  const folders = [
    env['XDG_CONFIG_HOME'],
    process.platform === 'win32' ? env['APPDATA'] : undefined,
    home && join(home, '.config'),
  ]
  return folders.find((folder) => folder !== undefined && isAbsolute(folder))
}

/** In a repository somebody would commit it. */
function isInWorkingTree(path: string): boolean {
  const folder = dirname(path)
  return folder !== path && (existsSync(join(folder, '.git')) || isInWorkingTree(folder))
}

function readKey(place: string): Uint8Array | undefined {
  let text: string
  try {
    text = readFileSync(place, 'utf8').trim()
  } catch {
    return undefined
  }
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex')
  throw new HarnessError(
    'usage',
    `The file holds no key for pseudonyms, which is 64 hexadecimal digits.\n  place      ${place}\n  remedy     restore it, or remove it for a new one, which gives other pseudonyms`,
  )
}

/** Linked into place whole, so that of two processes that make one at once both have the one that was first. */
function makeKey(place: string): Uint8Array | undefined {
  const temporary = `${place}.${drawText(8)}`
  try {
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
    writeFileSync(temporary, `${drawText(KEY_BYTES)}\n`, { flag: 'wx', mode: 0o600, flush: true })
    linkIfFirst(temporary, place)
    return readKey(place)
  } catch (error) {
    if (error instanceof HarnessError) throw error
    return undefined
  } finally {
    if (existsSync(temporary)) rmSync(temporary)
  }
}

function linkIfFirst(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // another process was first: its key is read
  }
}

function drawKey(): Uint8Array {
  return randomBytes(KEY_BYTES)
}

function drawText(bytes: number): string {
  return Buffer.from(drawKey().subarray(0, bytes)).toString('hex')
}
