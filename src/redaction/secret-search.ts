import { gunzipSync, inflateSync } from 'node:zlib'

import { findPrivateIds, mayHoldPrivateId } from '../contract/index.ts'
import { locate, type Range, unescapeView, type View } from './escaped-text.ts'
import { isPacked, isQuiet, isText } from './quiet-text.ts'
import { SECRET_PATTERNS, TRIGGER, VALUE_TEXTS } from './secret-patterns.ts'
import { REDACTED, REDACTED_WORD, type Pseudonyms } from './pseudonym.ts'

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

function unpack(bytes: Buffer): Buffer | undefined {
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
