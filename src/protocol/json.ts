import { HarnessError } from '../message/index.ts'

/** The largest body, in bytes, that is read in either direction. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024
/** The deepest nesting that is read: every walk over a value may recurse this far and no further. */
export const MAX_DEPTH = 100

export type JsonObject = { [member: string]: unknown }

/** A number whose text says more than a double holds, as `JSON.rawJSON` gives it. */
interface RawNumber {
  readonly rawJSON: string
}

declare global {
  interface JSON {
    parse(
      text: string,
      reviver: (
        this: unknown,
        key: string,
        value: unknown,
        context: { source?: string },
      ) => unknown,
    ): unknown
    rawJSON(text: string): RawNumber
    isRawJSON(value: unknown): value is RawNumber
  }
}

/**
 * Parses a JSON body. A number that a double cannot hold keeps its digits (`JSON.rawJSON`, which `JSON.stringify` writes back as they
 * were). An empty body is `undefined`.
 *
 * Throws `too-large` above `maxBytes`, `too-deep` above 100 levels (measured before parsing), `not-json` for anything else.
 */
export function parseBody(body: string | Uint8Array, maxBytes: number = MAX_BODY_BYTES): unknown {
  const text = readBodyText(body, maxBytes)
  if (!/\S/.test(text)) return undefined
  if (measureDepth(text) > MAX_DEPTH)
    throw new HarnessError(
      'too-deep',
      `The JSON is nested deeper than ${MAX_DEPTH} levels; it is not read.`,
    )
  try {
    return parseKnown(text)
  } catch (error) {
    throw new HarnessError('not-json', `The text is not JSON: ${describeSyntaxError(error)}.`, {
      cause: error,
    })
  }
}

/** Where a number may stand that a double does not hold: sixteen digits and points, or an exponent. A reviver costs more than the parsing. */
const MAY_BE_INEXACT = /(?:^|[:,[\s])-?(?:[\d.]{16}|[\d.]+[eE])/

/** As {@link parseBody}, for a text that went through it before: it is not measured again. */
export function parseKnown(text: string): unknown {
  return MAY_BE_INEXACT.test(text) ? JSON.parse(text, keepExactNumber) : parseQuickly(text)
}

/** Whether a number of a JSON text may be none that a double holds; right whenever it says no. */
export function mayBeInexact(text: string): boolean {
  return MAY_BE_INEXACT.test(text)
}

function parseQuickly(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return value
}

/** The text of a body. Throws `too-large` above `maxBytes`, `not-json` for bytes that are not UTF-8. */
export function readBodyText(body: string | Uint8Array, maxBytes: number = MAX_BODY_BYTES): string {
  const bytes =
    typeof body === 'string' && body.length * 3 <= maxBytes ? 0 : Buffer.byteLength(body)
  if (bytes > maxBytes)
    throw new HarnessError(
      'too-large',
      `The JSON has ${bytes} bytes; more than ${maxBytes} are not read.`,
    )
  return typeof body === 'string' ? body : decodeText(body)
}

/** Made when it is needed: Node.js takes its time to load it, and most bodies are text already. */
let utf8: TextDecoder | undefined

function decodeText(bytes: Uint8Array): string {
  utf8 ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return utf8.decode(bytes)
  } catch (error) {
    throw new HarnessError('not-json', 'The bytes are not UTF-8 text, so they are not JSON.', {
      cause: error,
    })
  }
}

/** The position alone: V8's message quotes the text, which may hold a secret. */
function describeSyntaxError(error: unknown): string {
  const position =
    error instanceof SyntaxError
      ? /position \d+( \(line \d+ column \d+\))?/.exec(error.message)
      : undefined
  return position ? `syntax error at ${position[0]}` : 'it ends too early or has a syntax error'
}

/** How deeply arrays and objects nest in a JSON text, without parsing it. */
export function measureDepth(text: string): number {
  let depth = 0
  let deepest = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = skipString(text, index)
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) deepest = Math.max(deepest, ++depth)
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--
  }
  return deepest
}

const [QUOTE, COLON, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [
  0x22, 0x3a, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d,
]

function skipString(text: string, start: number): number {
  let index = start + 1
  for (
    let code = text.charCodeAt(index);
    index < text.length && code !== QUOTE;
    code = text.charCodeAt(index)
  )
    index += code === BACKSLASH ? 2 : 1
  return index
}

/** Whether an object in a JSON text has a member twice, of which the parsed value holds the last alone: the text has more colons than it has members. */
export function hasRepeatedMembers(text: string, parsed: unknown): boolean {
  let colons = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = skipString(text, index)
    else if (code === COLON) colons++
  }
  return colons !== countMembers(parsed)
}

function countMembers(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countMembers(item), 0)
  if (!isObject(value)) return 0
  const names = Object.keys(value)
  return names.reduce((sum, name) => sum + countMembers(value[name]), names.length)
}

function keepExactNumber(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value
  return normaliseDecimal(context.source) === normaliseDecimal(String(value))
    ? value
    : JSON.rawJSON(context.source)
}

/** One text for each decimal value: `1.0`, `1` and `10e-1` are `1e0`. */
function normaliseDecimal(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (!match) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (exponent.length > 18) return text // such a number is beyond every use, and BigInt would be slow on it
  const digits = (whole + fraction).replace(/^0+/, '')
  const trimmed = trimZeros(digits)
  if (trimmed === '') return '0'
  return `${sign}${trimmed}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - trimmed.length)}`
}

/** Without the zeros at the end. Not /0+$/: that takes time in the square of a long number's zeros. */
function trimZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

/** Whether a value is a JSON object: neither an array, nor null, nor a number kept by its digits. */
export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value)
  )
}

/** Whether a value is a JSON number, exact digits included. */
export function isNumber(value: unknown): boolean {
  return typeof value === 'number' || JSON.isRawJSON(value)
}

/**
 * One text for every way to write the same JSON value: members sorted by UTF-16 code unit, no spaces, numbers by value, `undefined`
 * members dropped. Array order stays, since it carries meaning. The value must not nest deeper than {@link MAX_DEPTH}.
 */
export function formatCanonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => formatCanonicalJson(item ?? null)).join(',')}]`
  if (JSON.isRawJSON(value)) return normaliseDecimal(value.rawJSON)
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${formatCanonicalJson(value[key])}`)
  return `{${members.join(',')}}`
}

/** A copy of the value in which every object's members are sorted: the order in which recordings are written. */
export function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sortMembers(value[key])]),
  )
}
