import { gunzipSync, inflateSync } from 'node:zlib'

import { formatPointer, isObject } from '../protocol/index.ts'
import { isPacked, isText } from './quiet-text.ts'
import { REDACTED, REDACTED_WORD } from './pseudonym.ts'

/** A text of a value, and where it stands. */
export interface Projected {
  pointer: string
  text: string
  /** Whether the text is the name of the member at the pointer, or comes from it. */
  isName?: boolean
}

/**
 * Every text of a value: strings, names of members, `NAME=value` for each pair of a name and a value, and what is inside base64,
 * hexadecimal, percent-encoding, JSON and compressed bytes, three layers deep. A pointer names the string that holds it.
 */
export function projectTexts(value: unknown): Projected[] {
  const found: Projected[] = []
  walk(value, [], found)
  return found
}

function walk(value: unknown, path: readonly (string | number)[], found: Projected[]): void {
  if (typeof value === 'string') return addText(value, { pointer: formatPointer(path) }, found)
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], found)
  } else if (isObject(value)) {
    addPair(value, path, found)
    for (const name of Object.keys(value)) {
      addText(name, { pointer: formatPointer([...path, name]), isName: true }, found)
      walk(value[name], [...path, name], found)
    }
  }
}

/** `{ name, value }` as it stands in an environment file, where scanners know it. */
function addPair(
  value: Record<string, unknown>,
  path: readonly (string | number)[],
  found: Projected[],
): void {
  const name = value['name'] ?? value['key'] ?? value['Name'] ?? value['Key']
  const paired = value['value'] ?? value['Value']
  if (typeof name !== 'string' || typeof paired !== 'string' || !/^[\w.-]{1,256}$/.test(name))
    return
  if (paired === REDACTED || paired === REDACTED_WORD) return
  found.push({ pointer: formatPointer([...path, 'value']), text: `${name}=${paired}` })
}

const MOST_LAYERS = 3

function addText(
  text: string,
  place: Omit<Projected, 'text'>,
  found: Projected[],
  layer = 0,
): void {
  found.push({ ...place, text })
  if (layer === MOST_LAYERS) return
  for (const inner of decodeTexts(text)) addText(inner, place, found, layer + 1)
}

/** What a text holds in another encoding. Short texts that hold nothing are remembered: names come again with each exchange. */
function decodeTexts(text: string): string[] {
  if (plain.has(text)) return []
  const decoded = [
    ...decodePercent(text),
    ...decodeJson(text),
    ...decodeTokens(text, /[A-Za-z0-9+/_-]{16,}={0,2}/g, 'base64'),
    ...decodeTokens(text, /[0-9a-f]{24,}/gi, 'hex'),
  ]
  if (plain.size >= MOST_REMEMBERED) plain.clear()
  if (decoded.length === 0 && text.length <= LONGEST_REMEMBERED) plain.add(text)
  return decoded
}

const plain = new Set<string>()
const MOST_REMEMBERED = 5000
const LONGEST_REMEMBERED = 300

function decodePercent(text: string): string[] {
  if (!/%[0-9a-f]{2}/i.test(text)) return []
  return [
    text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
    ),
  ]
}

function decodeJson(text: string): string[] {
  if (!/^\s*[[{"]/.test(text) || text.length > MOST_JSON) return []
  try {
    const value: unknown = JSON.parse(text)
    return projectTexts(value).map((inner) => inner.text)
  } catch {
    return []
  }
}

const MOST_JSON = 1024 * 1024

function decodeTokens(text: string, tokens: RegExp, encoding: 'base64' | 'hex'): string[] {
  return [...text.matchAll(tokens)].flatMap(([token]) => {
    const bytes = Buffer.from(token, encoding)
    return isText(bytes) || isPacked(bytes) ? readBytes(bytes) : []
  })
}

const MOST_UNPACKED_BYTES = 4 * 1024 * 1024

/** Bytes as text, unpacked where they are compressed; UTF-16 without its zeros. */
export function readBytes(bytes: Buffer): string[] {
  const text = (unpack(bytes) ?? bytes).toString('latin1')
  return text.includes('\0')
    ? [text, text.replaceAll('\0', '')]
    : [Buffer.from(text, 'latin1').toString('utf8')]
}

function unpack(bytes: Buffer): Buffer | undefined {
  if (!isPacked(bytes)) return undefined
  try {
    return (bytes[0] === 0x1f ? gunzipSync : inflateSync)(bytes, {
      maxOutputLength: MOST_UNPACKED_BYTES,
    })
  } catch {
    return undefined
  }
}
