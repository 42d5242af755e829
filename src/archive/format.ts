import * as zlib from 'node:zlib' // not by name: Node.js 20 lacks some of them, and is to report which version is needed
import {
  type Exchange,
  isObject,
  isTransportFailure,
  type JsonObject,
  parseBody,
  sortMembers,
} from '../protocol/index.ts'

/** The `format` of an archive's first line. */
export const ARCHIVE_FORMAT = 'starttask-archive'
export const ARCHIVE_VERSION = 1
/** A longer line is no exchange. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024

/** The first line of an archive. */
export interface ArchiveHeader {
  format: typeof ARCHIVE_FORMAT
  version: typeof ARCHIVE_VERSION
  /** When it was made, UTC in ISO 8601. */
  recordedAt: string
  provenance: Record<string, unknown>
  /** By what rules the keys of its lines were made. */
  keys: string
}

/** `{"key":"` 32 hexadecimal digits `","sum":"` 8 of them `",` */
const KEY_AT = '{"key":"'.length
const KEY_LENGTH = 32
const SUM_AT = KEY_AT + KEY_LENGTH + '","sum":"'.length
const SUM_LENGTH = 8
/** Where the part of a line begins that its sum is of. */
export const REST_AT = SUM_AT + SUM_LENGTH + '",'.length

/** One exchange as a line: key and sum first, each at its fixed place, so that they are read without parsing. */
export function formatLine(exchange: Exchange, key: string): string {
  const { operation, invocation, attempt, startedAtMs, headersMs, elapsedMs, request, response } =
    exchange
  const told = isTransportFailure(response)
    ? { failure: response.failure, code: response.code }
    : response
  const ordered = {
    operation,
    invocation,
    attempt,
    startedAtMs,
    headersMs,
    elapsedMs,
    request: sortMembers(request),
    response: sortMembers(told),
  }
  const rest = JSON.stringify(ordered).slice(1)
  return `{"key":"${key}","sum":"${formatSum(Buffer.from(rest))}",${rest}\n`
}

function formatSum(rest: Uint8Array): string {
  return zlib.crc32(rest).toString(16).padStart(SUM_LENGTH, '0')
}

/** The key of an exchange of which the whole digest is known, in base64. */
export function shortenDigest(digest: string): string {
  return Buffer.from(digest, 'base64')
    .subarray(0, KEY_LENGTH / 2)
    .toString('hex')
}

/** Whether key and sum stand at their places in `bytes[start..end)`, as they do not in a line that somebody wrote by hand. */
export function hasLineHead(bytes: Buffer, start: number, end: number): boolean {
  return end - start >= REST_AT + 2 && matches(bytes, start)
}

/** The first four bytes of a line's key, and the next four; -1 for what is no key. */
export function readKeyHigh(bytes: Buffer, start: number): number {
  return readHex(bytes, start + KEY_AT)
}

export function readKeyLow(bytes: Buffer, start: number): number {
  return readHex(bytes, start + KEY_AT + 8)
}

/** Whether a line with a head is what it was when it was written. */
export function isLineWhole(line: Buffer): boolean {
  return zlib.crc32(line.subarray(REST_AT)) === readHex(line, SUM_AT)
}

const SHAPE = Buffer.from(`{"key":"${'?'.repeat(KEY_LENGTH)}","sum":"${'?'.repeat(SUM_LENGTH)}",`)
const ANY = 0x3f

function matches(bytes: Buffer, start: number): boolean {
  for (let index = 0; index < REST_AT; index++)
    if (SHAPE[index] !== ANY && SHAPE[index] !== bytes[start + index]) return false
  return true
}

/** Eight hexadecimal digits as a number; -1 for what is none. */
export function readHex(bytes: Uint8Array, start: number): number {
  let value = 0
  for (let index = start; index < start + 8; index++) {
    const digit = DIGITS[bytes[index] ?? 0] ?? -1
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

const DIGITS = new Int8Array(256).fill(-1)
for (let value = 0; value < 16; value++) DIGITS[value.toString(16).charCodeAt(0)] = value

/** A line as JSON, without what was added to its exchange for finding it. Throws what parsing throws. */
export function parseLine(bytes: Uint8Array): unknown {
  const value = parseBody(bytes, MAX_LINE_BYTES)
  return isObject(value) ? stripLine(value) : value
}

/** The exchange of a parsed line. */
export function stripLine(line: JsonObject): JsonObject {
  const { key: _key, sum: _sum, ...exchange } = line
  return exchange
}

/** The header that a parsed first line is, if it is one. */
export function readHeader(value: unknown): ArchiveHeader | undefined {
  if (!isObject(value) || value['format'] !== ARCHIVE_FORMAT) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is read of it is looked at where it is read
  return value as unknown as ArchiveHeader
}

/** What is wrong with an archive, and where. What is whole is served all the same. */
export interface ArchiveFinding {
  rule:
    | 'archive.line'
    | 'archive.sum'
    | 'archive.cut'
    | 'archive.frame'
    | 'archive.grown'
    | 'archive.index'
  /** From 1; absent where no line is meant. */
  line?: number
  /** Bytes from the beginning of the file; in a compressed one, of the file for frames and of what is in it for lines. */
  offset: number
  message: string
}
