import { hash } from 'node:crypto'
import { HarnessError } from '../message/index.ts'

/** The largest body, in bytes, that is read in either direction. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024
/** The deepest nesting that is read: every walk over a value may recurse this far and no further. */
export const MAX_DEPTH = 100

export type JsonObject = { [member: string]: unknown }

/** A number that a double cannot hold, as `JSON.rawJSON` returns it. */
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
 * Parses a JSON body. A number that a double cannot hold keeps its digits: it becomes a `JSON.rawJSON`, which `JSON.stringify` writes back
 * unchanged.
 *
 * @param maxBytes the largest body that is read
 * @returns the parsed value; `undefined` for an empty body
 * @throws {HarnessError} `too-large` above `maxBytes`, `too-deep` above 100 levels (measured before parsing), otherwise `not-json`
 * @example
 * JSON.stringify(parseBody('{"id":12345678901234567890}')) // '{"id":12345678901234567890}'
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

/** Matches texts that may have a number that a double cannot hold: sixteen digits and points, or an exponent. Only these pay for a reviver. */
const MAY_BE_INEXACT = /(?:^|[:,[\s])-?(?:[\d.]{16}|[\d.]+[eE])/

/** Parses a text that {@link parseBody} has accepted before, without measuring it again. */
export function parseKnown(text: string): unknown {
  return MAY_BE_INEXACT.test(text) ? JSON.parse(text, keepExactNumber) : parseQuickly(text)
}

/** Reports whether a JSON text may have a number that a double cannot hold. `false` is certain. */
export function mayBeInexact(text: string): boolean {
  return MAY_BE_INEXACT.test(text)
}

function parseQuickly(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return value
}

/** Returns the text of a body. Throws `too-large` above `maxBytes`, `not-json` for bytes that are not UTF-8. */
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

/** Created when it is needed, because it is slow to load and most bodies are text already. */
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

/** Returns only the position: V8's message quotes the text, which may contain a secret. */
function describeSyntaxError(error: unknown): string {
  const position =
    error instanceof SyntaxError
      ? /position \d+( \(line \d+ column \d+\))?/.exec(error.message)
      : undefined
  return position ? `syntax error at ${position[0]}` : 'it ends too early or has a syntax error'
}

/** Measures how deeply arrays and objects nest in a JSON text, without parsing it. */
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

/** Reports whether an object in a JSON text has a member twice. The parsed value has only the last one, so the text has more colons than the value has members. */
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

/** Returns one text for each decimal value: `1.0`, `1` and `10e-1` are `1e0`. */
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

/** Removes the zeros at the end. Not with /0+$/, which takes quadratic time for a number with many zeros. */
function trimZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

/** Reports whether a value is a JSON object: not an array, not null and not a `JSON.rawJSON` number. */
export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value)
  )
}

/** Reports whether a value is a JSON number, including `JSON.rawJSON`. */
export function isNumber(value: unknown): boolean {
  return typeof value === 'number' || JSON.isRawJSON(value)
}

/**
 * Formats a JSON value as the same text for every way to write it: members sorted by UTF-16 code unit, no spaces, numbers by value,
 * `undefined` members dropped. The order of arrays is kept. The value must not nest deeper than {@link MAX_DEPTH}.
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

/** Returns a copy of the value in which the members of every object are sorted, as in recording files. */
export function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sortMembers(value[key])]),
  )
}

// Readers of parsed JSON whose shape is not known. They never throw.

/** Returns the value if it is an object, otherwise an empty object. */
export function readObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** Returns the value if it is a list, otherwise an empty list. */
export function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Returns the value if it is text. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Returns the value if it is a finite number. */
export function readNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Formats segments as a JSON Pointer (RFC 6901). No segments give `''`, the pointer of the complete value. */
export function formatPointer(segments: readonly (string | number)[]): string {
  return segments
    .map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}

/** Returns the segments of a JSON Pointer; `undefined` for a text that is not one. */
export function parsePointer(pointer: string): string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A place in a JSON value, with a bit for each list of pointers that covers it: bit 0 for the first list, bit 1 for the second, and so on. */
export interface MarkedPlace {
  readonly marks: number
  /** Returns the place of a member or an item of the value at this place. */
  descend(segment: string): MarkedPlace
}

/**
 * Builds one tree of lists of parsed JSON Pointers, in which `*` matches any one index or member, and returns the place of the complete value. A
 * pointer covers everything below its place. A step down costs the same for one pointer and for two thousand, except where pointers match both by
 * `*` and by name.
 */
export function createPointerTree(
  ...lists: readonly (readonly (readonly string[])[])[]
): MarkedPlace {
  if (lists.every((list) => list.length === 0)) return UNMARKED
  const root = createNode()
  for (const [index, list] of lists.entries())
    for (const pointer of list) growTo(root, pointer).marks |= 1 << index
  return placeAt([root], root.marks)
}

const UNMARKED: MarkedPlace = { marks: 0, descend: () => UNMARKED }

/** The common start of some pointers. */
interface PointerNode {
  members: Map<string, PointerNode>
  marks: number
}

function createNode(): PointerNode {
  return { members: new Map(), marks: 0 }
}

function growTo(root: PointerNode, segments: readonly string[]): PointerNode {
  return segments.reduce((node, segment) => {
    const next = node.members.get(segment) ?? createNode()
    node.members.set(segment, next)
    return next
  }, root)
}

function placeAt(nodes: readonly PointerNode[], marks: number): MarkedPlace {
  const place: MarkedPlace = {
    marks,
    descend(segment) {
      const below: PointerNode[] = []
      for (const { members } of nodes) {
        const [named, any] = [members.get(segment), members.get('*')]
        if (named) below.push(named)
        if (any && any !== named) below.push(any)
      }
      if (below.length > 0)
        return placeAt(
          below,
          below.reduce((all, node) => all | node.marks, marks),
        )
      return marks === 0 ? UNMARKED : nodes.length === 0 ? place : placeAt([], marks)
    },
  }
  return place
}

/** Returns the SHA-256 of a text in base64. */
export function hashText(text: string): string {
  return hash('sha256', text, 'base64')
}
