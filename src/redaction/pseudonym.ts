import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { type PrivateIdKind, replacePrivateIds } from '../contract/index.ts'
import { HarnessError } from '../message/index.ts'

/** What stands in the place of every secret value. */
export const REDACTED = '(redacted)'
/** The same where the service takes no parentheses: in `startedBy` and in tags. */
export const REDACTED_WORD = 'redacted'

/** Gives ids their pseudonyms. */
export interface Pseudonyms {
  /** The pseudonym of an id: of the same form, the same for the same id. A pseudonym is its own, whatever the key. */
  choose(kind: PrivateIdKind, id: string): string
}

/**
 * Pseudonyms from a keyed hash: without the key nobody finds out, by trying, whose they are. Without one they are equal on every machine.
 * Each kind has a mark and a check by which it is known again: `0000` and a check for accounts, 198.18.0.0/15 and 2001:db8::/32 (which RFC 2544
 * and RFC 3849 keep free) for addresses. Two ids may fall on one pseudonym, accounts about once in a million pairs.
 */
export function createPseudonyms(key: Uint8Array | undefined): Pseudonyms {
  const known = new Map<string, string>()
  const digest = createDigest(key)
  return {
    choose(kind, id) {
      if (isPseudonym(kind, id)) return id
      const name = `${kind} ${id}`
      const before = known.get(name)
      if (before !== undefined) return before
      const chosen = form(kind, id, digest(name.toLowerCase()))
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(name, chosen)
      return chosen
    },
  }
}

const MOST_KNOWN = 10_000

/** Gives the hash of a name; the key is prepared once, since Node.js takes six times as long from its bytes. */
function createDigest(key: Uint8Array | undefined): (name: string) => Buffer {
  let prepared: KeyObject | string | undefined
  return (name) => {
    prepared ??= key ? createSecretKey(key) : 'starttask-harness'
    return createHmac('sha256', prepared).update(name).digest()
  }
}

function form(kind: PrivateIdKind, id: string, bytes: Buffer): string {
  switch (kind) {
    case 'account':
      return addCheck(`0000${String(bytes.readUInt32BE(0) % 1_000_000).padStart(6, '0')}`, 10)
    case 'ipv4':
      return formAddress(id, bytes)
    case 'ipv6':
      return id.endsWith('::')
        ? `2001:db8:${bytes.readUInt16BE(0).toString(16)}::`
        : `2001:db8:${[0, 2, 4].map((at) => bytes.readUInt16BE(at).toString(16)).join(':')}::1`
    case 'network interface':
      return addCheck(
        `eni-0000${bytes.toString('hex').slice(0, id.length - 'eni-0000'.length - 2)}`,
        16,
      )
    case 'mac':
      return addCheck(`02:00:00:${bytes.toString('hex').slice(0, 4).replace(/../, '$&:')}:`, 16)
  }
}

/** A network's zeros stay zeros, so that `10.1.0.0/16` becomes a network again. */
function formAddress(id: string, bytes: Buffer): string {
  const [third, fourth] = [
    id.endsWith('.0.0') ? 0 : bytes.readUInt8(1),
    id.endsWith('.0') ? 0 : 1 + (bytes.readUInt8(2) % 254),
  ]
  return `198.${18 + (bytes.readUInt8(0) % 2)}.${third}.${fourth}`
}

function isPseudonym(kind: PrivateIdKind, id: string): boolean {
  switch (kind) {
    case 'account':
      return id === NOBODY || (id.startsWith('0000') && addCheck(id.slice(0, -2), 10) === id)
    case 'ipv4':
      return /^198\.1[89]\./.test(id)
    case 'ipv6':
      return /^2001:db8:/i.test(id)
    case 'network interface':
      return id.startsWith('eni-0000') && addCheck(id.slice(0, -2), 16) === id
    case 'mac':
      return id.startsWith('02:00:00:') && addCheck(id.slice(0, -2), 16) === id
  }
}

/** The account of emulators. */
const NOBODY = '000000000000'

/** The text and two digits that follow from it: 97 in a hundred ids that begin alike by chance do not end alike. */
function addCheck(text: string, radix: 10 | 16): string {
  let sum = 7
  for (let index = 0; index < text.length; index++) sum = (sum * 31 + text.charCodeAt(index)) % 97
  return text + sum.toString(radix).padStart(2, '0')
}

/** Whether a text holds what redaction puts in the place of something: a request that does was never meant for a service. */
export function containsPseudonym(text: string): boolean {
  if (/\bredacted\b/.test(text)) return true
  let found = false
  replacePrivateIds(text, (kind, id) => {
    found ||= id !== NOBODY && isPseudonym(kind, id)
    return id
  })
  return found
}

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
  throw new HarnessError('usage', 'The key for pseudonyms can neither be read nor made.', {
    details: [['place', `${place}, which STARTTASK_KEY_FILE names`]],
    remedy: 'Set STARTTASK_KEY_FILE to a path that can be written, or unset it.',
  })
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
    'The file holds no key for pseudonyms, which is 64 hexadecimal digits.',
    {
      details: [['place', place]],
      remedy: 'Restore the file, or remove it for a new key, which gives other pseudonyms.',
    },
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
