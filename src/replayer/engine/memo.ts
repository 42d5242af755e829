import { KEPT_HEADERS, namesCredential } from '../../redaction/index.ts'

/**
 * Remembers what bytes were found to be, so that a request that comes again is neither parsed nor redacted. Bytes count together with the
 * headers that redaction reads, but for a signature, which no body that it signs can hold. Lives in memory alone, and is bounded.
 */
export interface Memo<Found> {
  find(headers: Record<string, string>, body: Uint8Array): Found | undefined
  /** Keeps what was found for the request that `find` was asked for last. */
  keep(body: Uint8Array, found: Found): void
}

interface Known<Found> {
  context: Context
  body: Uint8Array
  found: Found
  /** Another one of the same mixed bytes. */
  next: Known<Found> | undefined
}

export function createMemo<Found>(): Memo<Found> {
  const readContext = createContexts()
  let young = new Map<number, Known<Found>>()
  let old = new Map<number, Known<Found>>()
  let youngBytes = 0
  const copy = createCopies()
  let asked: { context: Context; mixed: number } | undefined
  const search = (
    first: Known<Found> | undefined,
    context: Context,
    body: Uint8Array,
  ): Known<Found> | undefined => {
    for (let known = first; known; known = known.next)
      if (known.context === context && isEqual(known.body, body)) return known
    return undefined
  }
  return {
    find(headers, body) {
      asked = undefined
      if (body.length > LARGEST_BODY) return undefined
      const context = readContext(headers)
      const mixed = mixBytes(body)
      const known = search(young.get(mixed), context, body) ?? search(old.get(mixed), context, body)
      if (!known) asked = { context, mixed }
      return known?.found
    },
    keep(body, found) {
      if (!asked) return
      youngBytes += body.length + ENTRY_BYTES
      if (youngBytes > MOST_BYTES) {
        old = young
        young = new Map()
        youngBytes = body.length + ENTRY_BYTES
      }
      young.set(asked.mixed, {
        context: asked.context,
        body: copy(body),
        found,
        next: young.get(asked.mixed),
      })
    },
  }
}

const PIECE_BYTES = 1024 * 1024

/** Copies many small bodies into few large pieces: memory of its own for each would have the collector run again and again. */
function createCopies(): (body: Uint8Array) => Uint8Array {
  let piece = new Uint8Array(0)
  let used = 0
  return (body) => {
    if (used + body.length > piece.length) {
      piece = new Uint8Array(PIECE_BYTES)
      used = 0
    }
    const copied = piece.subarray(used, used + body.length)
    copied.set(body)
    used += body.length
    return copied
  }
}

/** In each of two generations. */
const MOST_BYTES = 48 * 1024 * 1024
const ENTRY_BYTES = 200
const LARGEST_BODY = 64 * 1024

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0
}

/**
 * A number in which every byte counts, four at a time (after FNV-1a): it only chooses what is compared. A digest of the platform costs several
 * times as much here.
 */
function mixBytes(bytes: Uint8Array): number {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let mixed = 0x811c9dc5
  let index = 0
  for (; index + 4 <= bytes.length; index += 4) {
    mixed = Math.imul(mixed ^ words.getInt32(index, true), 0x01000193)
    mixed ^= mixed >>> 15
  }
  for (; index < bytes.length; index++) mixed = Math.imul(mixed ^ (bytes[index] ?? 0), 0x01000193)
  return mixed
}

/** What of a request's headers redaction reads: equal ones are one object. */
interface Context {
  target: string | undefined
  /** The headers that name credentials, with their values; of an authorization all before the signature. */
  values: ReadonlyMap<string, string>
}

const MOST_CONTEXTS = 200

/** Most requests come with the credentials of the one before. */
function createContexts(): (headers: Record<string, string>) => Context {
  let contexts: Context[] = []
  let latest: Context | undefined
  return (headers) => {
    if (latest && isContextOf(latest, headers)) return latest
    latest = contexts.find((context) => isContextOf(context, headers))
    if (latest) return latest
    latest = makeContext(headers)
    contexts = [latest, ...contexts.slice(0, MOST_CONTEXTS - 1)]
    return latest
  }
}

function isContextOf({ target, values }: Context, headers: Record<string, string>): boolean {
  if (headers['x-amz-target'] !== target) return false
  let count = 0
  for (const name in headers) {
    if (!isCredential(name)) continue
    const value = values.get(name)
    const isSame =
      value !== undefined &&
      (isCut(value) ? headers[name]?.startsWith(value) : headers[name] === value)
    if (isSame !== true) return false
    count++
  }
  return count === values.size
}

const SCHEME = 'AWS4-'
const SIGNATURE = 'Signature='

function isCut(value: string): boolean {
  return value.startsWith(SCHEME) && value.endsWith(SIGNATURE)
}

function makeContext(headers: Record<string, string>): Context {
  const values = Object.entries(headers)
    .filter(([name]) => isCredential(name))
    .map(([name, value]): [string, string] => [name, withoutSignature(value)])
  return { target: headers['x-amz-target'], values: new Map(values) }
}

function withoutSignature(value: string): string {
  const start = value.startsWith(SCHEME) ? value.lastIndexOf(SIGNATURE) : -1
  return start < 0 ? value : value.slice(0, start + SIGNATURE.length)
}

const told = new Map<string, boolean>()

function isCredential(name: string): boolean {
  const known = told.get(name)
  if (known !== undefined) return known
  const is = namesCredential(name) && !KEPT_HEADERS.has(name)
  if (told.size < 500) told.set(name, is)
  return is
}
