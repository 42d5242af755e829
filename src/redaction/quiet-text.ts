import { START_TASK_TARGET } from '../contract/index.ts'
import { TRIGGER_WORDS } from './secret-patterns.ts'

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
