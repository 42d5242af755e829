import { findPrivateIds, mayHoldPrivateId, START_TASK_TARGET } from '../contract/index.ts'
import { type Pseudonyms, REDACTED, REDACTED_WORD } from './pseudonym.ts'
import { SECRET_PATTERNS, TRIGGER, TRIGGER_WORDS, VALUE_TEXTS } from './secret-patterns.ts'
import { gunzipSync, inflateSync } from 'node:zlib'

/** What to take out besides whatever looks like a secret. */
export interface KnownSecrets {
  values: readonly string[]
  /** How those begin that are in the value at hand at all; left out, any of them may be. */
  beginnings?: readonly string[]
  /** Whether each `"value": "…"` is one: in a text that was meant to be a body, and was cut in half. */
  hasValueTexts?: boolean
  /** What takes the place of account ids, addresses and the like; without it they stay. */
  pseudonyms?: Pseudonyms
}

/** A piece of a text that does not stay. */
interface Found extends Range {
  /** The pseudonym that comes in its place; a secret has none. */
  pseudonym?: string
}

/**
 * Takes secrets out of a text of any kind: those that are known, and whatever looks like one; as they are, escaped (JSON, percent, HTML),
 * or inside base64, hexadecimal or compressed text, which then goes whole. Private ids are found in the same places and get pseudonyms, but
 * for encoded ones, which go with what they are encoded in. A text that was redacted stays as it is.
 */
export function redactSecrets(text: string, known: KnownSecrets): string {
  if (known.hasValueTexts !== true && !mayHoldKnown(text, known) && isQuiet(text))
    return replaceFound(text, findIds(text, known))
  let result = text
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = replaceFound(result, findSecrets(result, known, 0))
    if (next === result) break
    result = next
  }
  return result
}

/** The strings that follow `"value":` in a text that was meant to be JSON, as they stand there and as they would be read. */
export function readValueTexts(text: string): string[] {
  return VALUE_TEXTS.flatMap((pattern) => [...text.matchAll(pattern)]).flatMap(
    ([match, kept = '']) => {
      const value = match.slice(kept.length)
      return [
        value,
        unescapeView({ text: value, starts: undefined, ends: undefined })?.text ?? value,
      ]
    },
  )
}

const MOST_ROUNDS = 4
/** How often a text is unescaped, and how deep encodings are followed into each other. */
const MOST_LAYERS = 3
/** A text that ends within a known secret is cut there: this much of it is enough. */
const SHORTEST_PREFIX = 8

/** The private ids that have no pseudonym yet. */
function findIds(text: string, { pseudonyms }: KnownSecrets): Found[] {
  const found: Found[] = []
  if (!pseudonyms) return found
  for (const { kind, id, start, end, write } of findPrivateIds(text)) {
    const chosen = pseudonyms.choose(kind, id)
    if (chosen !== id) found.push({ start, end, pseudonym: write(chosen) })
  }
  return found
}

function findSecrets(text: string, known: KnownSecrets, layer: number): Found[] {
  const found = findPlain(text, known)
  let view: View | undefined = { text, starts: undefined, ends: undefined }
  for (let unescaped = 0; view && unescaped <= MOST_LAYERS; unescaped++) {
    const { text: shown } = view
    const ranges = unescaped === 0 ? [] : findPlain(shown, known)
    if (layer < MOST_LAYERS) ranges.push(...findEncoded(shown, known, layer))
    for (const range of ranges) found.push({ ...range, ...locate(view, range) })
    view = unescapeView(view)
  }
  return found
}

function findPlain(text: string, known: KnownSecrets): Found[] {
  const found = findIds(text, known)
  for (const secret of known.values) {
    for (let start = text.indexOf(secret); start >= 0; start = text.indexOf(secret, start + 1)) {
      if (secret.length >= SHORTEST_PREFIX || isWordAlone(text, start, secret.length))
        found.push({ start, end: start + secret.length })
    }
    const start = findCutSecret(text, secret)
    if (start !== undefined) found.push({ start, end: text.length })
  }
  if (known.hasValueTexts === true || /environment/i.test(text))
    for (const pattern of VALUE_TEXTS) found.push(...findMatches(text, pattern))
  if (TRIGGER.test(text))
    for (const pattern of SECRET_PATTERNS) found.push(...findMatches(text, pattern))
  return found
}

function findMatches(text: string, pattern: RegExp): Range[] {
  const found: Range[] = []
  for (const { 0: match, 1: kept = '', index } of text.matchAll(pattern)) {
    if (!match.endsWith(REDACTED_WORD) || match.length > kept.length + REDACTED_WORD.length) {
      found.push({ start: index + kept.length, end: index + match.length })
    }
  }
  return found
}

/** A very short secret counts as a word alone: as a part of one it is chance. */
function isWordAlone(text: string, start: number, length: number): boolean {
  return (
    !/[A-Za-z0-9]/.test(text.charAt(start - 1)) && !/[A-Za-z0-9]/.test(text.charAt(start + length))
  )
}

function findCutSecret(text: string, secret: string): number | undefined {
  if (secret.length <= SHORTEST_PREFIX) return undefined
  const start = text.indexOf(
    secret.slice(0, SHORTEST_PREFIX),
    Math.max(0, text.length - secret.length + 1),
  )
  return start >= 0 && secret.startsWith(text.slice(start)) ? start : undefined
}

const BASE64_TOKEN = /[A-Za-z0-9+/_-]{12,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}/g
const HEX_TOKEN = /[0-9a-f]{16,}/gi

/** The tokens of a text that hold a secret once decoded. */
function findEncoded(text: string, known: KnownSecrets, layer: number): Range[] {
  const holdsSecret = (bytes: Buffer) =>
    (isText(bytes) || isPacked(bytes)) &&
    readTexts(bytes).some(
      (decoded) =>
        mayHoldSecret(decoded, known) && findSecrets(decoded, known, layer + 1).length > 0,
    )
  const found: Range[] = []
  for (const { 0: token, index } of text.matchAll(BASE64_TOKEN)) {
    // Text in base64 has capital letters: each byte below 0x68 gives one in four places.
    if (!/[A-Z]/.test(token)) continue
    const joined = token.replaceAll(/\s/g, '')
    if ([0, 1, 2, 3].some((offset) => holdsSecret(Buffer.from(joined.slice(offset), 'base64'))))
      found.push({ start: index, end: index + token.length })
  }
  for (const { 0: token, index } of text.matchAll(HEX_TOKEN)) {
    if ([0, 1].some((offset) => holdsSecret(Buffer.from(token.slice(offset), 'hex'))))
      found.push({ start: index, end: index + token.length })
  }
  return found
}

/** Cheap, and right whenever it says no: nine of ten tokens are ids. */
function mayHoldSecret(text: string, known: KnownSecrets): boolean {
  return (
    TRIGGER.test(text) ||
    ESCAPE_SIGN.test(text) ||
    /[A-Za-z0-9+/_-]{12}/.test(text) ||
    mayHoldPrivateId(text) ||
    mayHoldKnown(text, known)
  )
}

/** A text that holds a secret, or ends within one, holds its beginning. */
function mayHoldKnown(text: string, known: KnownSecrets): boolean {
  const beginnings = known.beginnings ?? known.values.map(readBeginning)
  return beginnings.some((beginning) => text.includes(beginning))
}

function readBeginning(secret: string): string {
  return secret.slice(0, SHORTEST_PREFIX)
}

/**
 * The beginnings of those secrets that a value holds as they are: looked for once in all of it, rather than in each of its texts.
 *
 * @param json what the value was parsed from: without escapes, it holds the value's texts as they are
 */
export function findBeginnings(value: unknown, secrets: readonly string[], json = '\\'): string[] {
  const beginnings = secrets.map(readBeginning)
  if (!json.includes('\\')) return beginnings.filter((beginning) => json.includes(beginning))
  const text = JSON.stringify(value) ?? ''
  return beginnings.filter((beginning) => text.includes(JSON.stringify(beginning).slice(1, -1)))
}

const ESCAPE_SIGN = /[\\%&]/

/**
 * The bytes as text; compressed bytes are unpacked. UTF-16, which has a zero in each character of the first 256, is read by leaving the
 * zeros out: `toString('utf16le', 1)` of Node.js 24.21 corrupts its heap on long buffers.
 */
function readTexts(bytes: Buffer): string[] {
  const unpacked = unpack(bytes) ?? bytes
  const text = unpacked.toString('utf8')
  return text.includes('\0') ? [text, unpacked.toString('latin1').replaceAll('\0', '')] : [text]
}

const MOST_UNPACKED_BYTES = 4 * 1024 * 1024

export function unpack(bytes: Buffer): Buffer | undefined {
  if (!isPacked(bytes)) return undefined
  const isGzip = bytes[0] === 0x1f
  const options = { maxOutputLength: MOST_UNPACKED_BYTES }
  try {
    return isGzip ? gunzipSync(bytes, options) : inflateSync(bytes, options)
  } catch {
    return undefined
  }
}

/**
 * Pieces that overlap become one, and a secret if one of them is. Secrets that touch become one, too, so that a second look finds what the
 * first one left.
 */
function replaceFound(text: string, found: readonly Found[]): string {
  if (found.length === 0) return text
  const parts: string[] = []
  let done = 0
  for (const { start, end, pseudonym } of mergeFound(found)) {
    parts.push(text.slice(done, start), pseudonym ?? REDACTED)
    done = end
  }
  return parts.join('') + text.slice(done)
}

function mergeFound(found: readonly Found[]): Found[] {
  const merged: Found[] = []
  for (const next of found
    .filter(({ start, end }) => end > start)
    .toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = merged.at(-1)
    const isSecret = next.pseudonym === undefined && last?.pseudonym === undefined
    if (!last || next.start > last.end || (next.start === last.end && !isSecret))
      merged.push({ ...next })
    else {
      if (next.pseudonym === undefined) delete last.pseudonym
      last.end = Math.max(last.end, next.end)
    }
  }
  return merged
}

/**
 * Whether a text surely holds no secret by its looks: neither as it is, nor escaped, nor encoded. Most texts are names and ids, which one
 * pass over their characters tells; those met before are remembered.
 */
export function isQuiet(text: string): boolean {
  if (text.length < SHORTEST_SECRET || DOCUMENTED.has(text)) return true
  if (text.length > LONGEST_REMEMBERED) return look(text)
  if (quiet.has(text)) return true
  if (!look(text)) return false
  if (quiet.size >= MOST_REMEMBERED) quiet.clear()
  quiet.add(text)
  return true
}

/** Texts of every StartTask that look encoded, by chance. */
const DOCUMENTED: ReadonlySet<string> = new Set([
  START_TASK_TARGET,
  'enableExecuteCommand',
  'volumeConfigurations',
  'awsvpcConfiguration',
  'inferenceAcceleratorOverrides',
  'kmsKeyId',
  'availabilityZone',
  'desiredStatus',
  'fargateEphemeralStorage',
])

const SHORTEST_SECRET = 6
const LONGEST_REMEMBERED = 300
const MOST_REMEMBERED = 5000
/** Only texts without secrets come here. */
const quiet = new Set<string>()

const [BASE64, CAPITAL, HEX, ESCAPE] = [1, 2, 4, 8]
const KINDS = new Uint8Array(128)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  KINDS[character.charCodeAt(0)] = BASE64 | CAPITAL
for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789+/_-')
  KINDS[character.charCodeAt(0)] = BASE64
for (const character of '0123456789abcdefABCDEF')
  KINDS[character.charCodeAt(0)] = (KINDS[character.charCodeAt(0)] ?? 0) | HEX
for (const character of '\\%&\0') KINDS[character.charCodeAt(0)] = ESCAPE

/** Runs that this long may be something encoded: base64 of text has capitals, hexadecimal of text has printable bytes. */
const SHORTEST_BASE64 = 12
/** Characters of an AWS secret access key, which is text in no encoding. */
const KEY_LENGTH = 40
const SHORTEST_HEX = 16

function look(text: string): boolean {
  let run = 0
  let capitals = 0
  let hex = 0
  for (let index = 0; index < text.length; index++) {
    const kind = readKind(text, index)
    if (kind & ESCAPE) return false
    const next = readKind(text, index + 1)
    run = kind & BASE64 ? run + 1 : 0
    capitals = run === 0 ? 0 : capitals + (kind & CAPITAL ? 1 : 0)
    if (run >= KEY_LENGTH && capitals > 0) return false
    if (
      run >= SHORTEST_BASE64 &&
      capitals > 0 &&
      !(next & BASE64) &&
      isBase64OfText(text.slice(index + 1 - run, index + 1))
    )
      return false
    hex = kind & HEX ? hex + 1 : 0
    if (hex >= SHORTEST_HEX && !(next & HEX) && isHexOfText(text.slice(index + 1 - hex, index + 1)))
      return false
  }
  return !TRIGGER_WORDS.test(text)
}

function readKind(text: string, index: number): number {
  const code = index < text.length ? text.charCodeAt(index) : 128
  return code < 128 ? (KINDS[code] ?? 0) : 0
}

/** Whether a run, read from any of its first four characters on, gives a text or begins a compressed one. */
function isBase64OfText(run: string): boolean {
  return [0, 1, 2, 3].some((offset) => {
    const bytes = Buffer.from(run.slice(offset), 'base64')
    return isText(bytes) || isPacked(bytes)
  })
}

function isHexOfText(run: string): boolean {
  return [0, 1].some((offset) => {
    const bytes = Buffer.from(run.slice(offset), 'hex')
    return isText(bytes) || isPacked(bytes)
  })
}

/** Whether six characters follow each other that can be printed, as in every secret and in few ids; zeros between them do not count. */
export function isText(bytes: Uint8Array): boolean {
  let run = 0
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    if (byte === 0) continue
    const more = countContinuation(byte)
    const isPrintable = more > 0 ? isContinued(bytes, index, more) : byte >= 0x20 && byte < 0x7f
    run = isPrintable ? run + 1 : 0
    if (isPrintable) index += more
    if (run === SHORTEST_SECRET) return true
  }
  return false
}

/** How many bytes follow the first one of a character in UTF-8; 0 for one that stands alone. */
function countContinuation(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 0
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
}

function isContinued(bytes: Uint8Array, start: number, count: number): boolean {
  for (let index = start + 1; index <= start + count; index++)
    if (((bytes[index] ?? 0) & 0xc0) !== 0x80) return false
  return true
}

/** Whether bytes begin as gzip or zlib do. */
export function isPacked(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes
  return (
    (first === 0x1f && second === 0x8b) ||
    (first === 0x78 && bytes.length > 8 && (first * 256 + second) % 31 === 0)
  )
}

/** Where a piece of a text stands; `end` is behind it. */
export interface Range {
  start: number
  end: number
}

/** A text with where each of its characters stood in the original; without places, it is the original. */
export interface View {
  text: string
  starts: readonly number[] | undefined
  ends: readonly number[] | undefined
}

function locate(view: View, { start, end }: Range): Range {
  return { start: view.starts?.[start] ?? start, end: view.ends?.[end - 1] ?? end }
}

const ESCAPE_SEQUENCE =
  /\\u\{?([0-9a-f]{4})\}?|\\x([0-9a-f]{2})|\\([^ux])|((?:%[0-9a-f]{2})+)|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos);|\0/gi
const NAMED_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...([
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['apos', "'"],
  ] as const),
  ...([
    ['n', '\n'],
    ['r', '\r'],
    ['t', '\t'],
    ['b', '\b'],
    ['f', '\f'],
  ] as const),
])

/** The text one layer of escapes further in; `undefined` when there is none. */
function unescapeView(view: View): View | undefined {
  const starts: number[] = []
  const ends: number[] = []
  const parts: string[] = []
  let done = 0
  const copy = (until: number) => {
    for (let index = done; index < until; index++) {
      starts.push(view.starts?.[index] ?? index)
      ends.push(view.ends?.[index] ?? index + 1)
    }
    parts.push(view.text.slice(done, until))
  }
  for (const match of view.text.matchAll(ESCAPE_SEQUENCE)) {
    copy(match.index)
    done = match.index + match[0].length
    const characters = unescape(match)
    const source = locate(view, { start: match.index, end: done })
    for (let index = 0; index < characters.length; index++) {
      starts.push(source.start)
      ends.push(source.end)
    }
    parts.push(characters)
  }
  if (done === 0) return undefined
  copy(view.text.length)
  return { text: parts.join(''), starts, ends }
}

function unescape(match: RegExpExecArray): string {
  const [, unicode, byte, escaped, percent, hexEntity, decimalEntity, name] = match
  const hex = unicode ?? byte ?? hexEntity
  if (hex !== undefined) return readCodePoint(Number.parseInt(hex, 16))
  if (decimalEntity !== undefined) return readCodePoint(Number(decimalEntity))
  if (percent !== undefined) return Buffer.from(percent.replaceAll('%', ''), 'hex').toString('utf8')
  const short = escaped ?? name?.toLowerCase()
  return short === undefined ? '' : (NAMED_CHARACTERS.get(short) ?? short)
}

function readCodePoint(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : ''
}
