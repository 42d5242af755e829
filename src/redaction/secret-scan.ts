import { type Exchange, formatPointer, isObject, type Recording } from '../protocol/index.ts'
import { REDACTED, REDACTED_WORD } from './pseudonym.ts'
import type { RedactedRecording, Redaction } from './redaction.ts'
import { nameLook, UNNAMED_LOOK } from './secret-patterns.ts'
import { isPacked, isText, redactSecrets, unpack } from './secret-search.ts'

/** A place that holds what must not be written. The value is never told. */
export interface FoundSecret {
  /** The exchange's number in its recording, from 1; 0 for the recording's own members. */
  exchange: number
  /** A JSON Pointer into the exchange, or into the recording. */
  pointer: string
  /** What it looks like: `AWS key id`. */
  kind: string
}

/** Looks for secrets with our own patterns: before each write. */
export function scanExchange(exchange: Exchange): FoundSecret[] {
  const leaks: FoundSecret[] = []
  collectLooks(exchange, [], leaks)
  return leaks
}

/**
 * Returns a recording from a file as one that can be written again: as it is if redaction made it, otherwise redacted.
 *
 * A recording counts as made by redaction if its provenance has the hash of the rules and the scan finds no secret. That is sound: only redaction
 * writes the hash, redacting again changes nothing, and the scan, which no rule of `keep` weakens, sees what a hand edit brought since. It costs one
 * look at each text, and needs neither the key nor the rules of the run that recorded.
 *
 * @param redaction called only if something must be redacted
 */
export function acceptRecording(
  recording: Recording,
  redaction: () => Redaction,
): RedactedRecording {
  if (typeof recording.provenance['redaction'] !== 'string')
    return redaction().redactIfNeeded(recording).recording
  const found: FoundSecret[] = []
  collectLooks(recording, [], found)
  if (found.length > 0) return redaction().redactRecording(recording)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return recording as RedactedRecording
}

/** A place is put together only where something is found: nearly always nothing is. */
function collectLooks(value: unknown, path: (string | number)[], leaks: FoundSecret[]): void {
  if (typeof value === 'string') {
    if (holdsSecret(value))
      leaks.push({ exchange: 1, pointer: formatPointer(path), kind: nameLook(value) })
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      collectBelow(value[index], index, path, leaks)
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      const isSecret = holdsSecret(name)
      const shown = isSecret ? REDACTED : name // a pointer tells the names that it goes through
      if (isSecret)
        leaks.push({ exchange: 1, pointer: formatPointer([...path, shown]), kind: nameLook(name) })
      collectBelow(value[name], shown, path, leaks)
    }
  }
}

function collectBelow(
  value: unknown,
  segment: string | number,
  path: (string | number)[],
  leaks: FoundSecret[],
): void {
  path.push(segment)
  collectLooks(value, path, leaks)
  path.pop()
}

/** Texts without a secret are remembered: names and words come again with each exchange. */
function holdsSecret(text: string): boolean {
  if (clean.has(text)) return false
  if (isChanged(text) && isChanged(text.replaceAll(WRITTEN_PLAINLY, REDACTED))) return true
  if (clean.size >= MOST_REMEMBERED) clean.clear()
  if (text.length <= LONGEST_REMEMBERED) clean.add(text)
  return false
}

function isChanged(text: string): boolean {
  return redactSecrets(text, NOTHING_KNOWN) !== text
}

/** What stands in the place of a secret where the service takes no parentheses would read as a part of what is beside it. */
const WRITTEN_PLAINLY = new RegExp(String.raw`(?<!\()${REDACTED_WORD}(?!\))`, 'g')

const clean = new Set<string>()
const MOST_REMEMBERED = 5000
const LONGEST_REMEMBERED = 300
const NOTHING_KNOWN = { values: [] }

/** Looks with our own patterns and with secretlint's, decoded: before a file takes its final name. */
export async function scanRecording({ exchanges, ...envelope }: Recording): Promise<FoundSecret[]> {
  const leaks = await scanText(projectTexts(envelope))
  const found = leaks.map((leak) => ({ exchange: 0, ...leak }))
  for (let start = 0; start < exchanges.length; start += MOST_AT_ONCE) {
    const some = exchanges.slice(start, start + MOST_AT_ONCE)
    const texts = some.flatMap((exchange, index) =>
      numberTexts(projectExchange(exchange), start + index + 1),
    )
    for (const { pointer, kind } of await scanText(texts)) {
      const space = pointer.indexOf(' ')
      found.push({
        exchange: Number(pointer.slice(0, space)),
        pointer: pointer.slice(space + 1),
        kind,
      })
    }
  }
  return found
}

/** So many exchanges are taken apart at once: their texts take twenty times the room that they take in a file. */
const MOST_AT_ONCE = 500

function numberTexts(texts: readonly Projected[], number: number): Projected[] {
  return texts.map((projected) => ({ ...projected, pointer: `${number} ${projected.pointer}` }))
}

/** Looks for secrets in texts; one finding for a place, in the order of the texts. Each different text is looked at once. */
export async function scanText(
  texts: readonly Projected[],
): Promise<Omit<FoundSecret, 'exchange'>[]> {
  const different = [...new Set(texts.map(({ text }) => text))]
  const kinds = new Map(
    different.flatMap((text) => (holdsSecret(text) ? [[text, nameLook(text)] as const] : [])),
  )
  const left = different.filter((text) => !kinds.has(text))
  for (const { index, kind } of await lintTexts(left.map(hideRedacted)))
    kinds.set(left[index] ?? '', kind)
  if (kinds.size === 0) return []
  const secretNames = new Set(
    texts.flatMap(({ pointer, text, isName }) => (isName && kinds.has(text) ? [pointer] : [])),
  )
  const found = new Map<string, string>()
  for (const { pointer, text } of texts) {
    const kind = kinds.get(text)
    const shown = kind === undefined ? '' : hideNames(pointer, secretNames)
    // what is unnamed where it is encoded has its name where it is decoded
    if (kind !== undefined && (found.get(shown) ?? UNNAMED_LOOK) === UNNAMED_LOOK)
      found.set(shown, kind)
  }
  return [...found].map(([pointer, kind]) => ({ pointer, kind }))
}

/** A pointer tells the names that it goes through: one that is a secret itself is not told. */
function hideNames(pointer: string, secretNames: ReadonlySet<string>): string {
  if (secretNames.size === 0) return pointer
  const segments = pointer.split('/')
  return segments
    .map((segment, index) =>
      secretNames.has(segments.slice(0, index + 1).join('/')) ? REDACTED : segment,
    )
    .join('/')
}

/** What stands in the place of a secret is none, whatever its name; what is on its two sides stays apart. */
function hideRedacted(text: string): string {
  return text.replaceAll(REDACTED, '\n#\n').replaceAll(REDACTED_WORD, '\n#\n')
}

/** Bytes that are no text are read as well. */
function projectExchange(exchange: Exchange): Projected[] {
  const { request, response } = exchange
  const binary = [
    ['request', 'bodyBase64' in request ? request.bodyBase64 : undefined],
    ['response', 'bodyBase64' in response ? response.bodyBase64 : undefined],
  ] as const
  const bytes = binary.flatMap(([side, encoded]) => {
    if (typeof encoded !== 'string') return []
    return readBytes(Buffer.from(encoded, 'base64')).flatMap((text) =>
      projectTexts(text).map((inner) => ({
        pointer: formatPointer([side, 'bodyBase64']),
        text: inner.text,
      })),
    )
  })
  return [...projectTexts(exchange), ...bytes]
}

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

/** Bytes as text, unpacked where they are compressed; UTF-16 without its zeros. */
export function readBytes(bytes: Buffer): string[] {
  const text = (unpack(bytes) ?? bytes).toString('latin1')
  return text.includes('\0')
    ? [text, text.replaceAll('\0', '')]
    : [Buffer.from(text, 'latin1').toString('utf8')]
}

/** What secretlint found: in which of the texts, counted from 0, and what, in its words. */
export interface Found {
  index: number
  kind: string
}

/** How many characters secretlint is given at once. */
const LONGEST_SOURCE = 1_000_000

/**
 * Searches texts with secretlint's recommended rules. It is loaded with the first call; one call reads many texts, a line or some each, which
 * is much quicker than a call for each of them.
 */
async function lintTexts(texts: readonly string[]): Promise<Found[]> {
  if (texts.length === 0) return []
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ])
  const rules = [
    {
      id: RECOMMENDED,
      rule: creator,
      rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
    },
  ]
  const found: Found[] = []
  for (const { content, first, starts } of joinTexts(texts)) {
    const { messages } = await lintSource({
      source: { filePath: 'recording.txt', content, ext: '.txt', contentType: 'text' },
      options: { config: { rules }, locale: 'en', maskSecrets: true },
    })
    for (const { range, ruleId, messageId } of messages) {
      found.push({ index: first + findLast(starts, range[0]), kind: nameKind(ruleId, messageId) })
    }
  }
  return found
}

const RECOMMENDED = '@secretlint/secretlint-rule-preset-recommend'

/** A line between two texts, so that nothing is found in the end of one and the beginning of the next. */
const BETWEEN = '\n#\n'

function* joinTexts(
  texts: readonly string[],
): Generator<{ content: string; first: number; starts: number[] }> {
  let parts: string[] = []
  let starts: number[] = []
  let [first, length] = [0, 0]
  for (const [index, text] of texts.entries()) {
    if (length > 0 && length + text.length > LONGEST_SOURCE) {
      yield { content: parts.join(BETWEEN), first, starts }
      parts = []
      starts = []
      first = index
      length = 0
    }
    starts.push(length)
    parts.push(text)
    length += text.length + BETWEEN.length
  }
  yield { content: parts.join(BETWEEN), first, starts }
}

/** The place of the last number that is at most `limit`. */
function findLast(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((sorted[middle] ?? 0) <= limit) low = middle
    else high = middle - 1
  }
  return low
}

/** `aws: AWSSecretAccessKey`, for example: secretlint's own words for the kind. */
function nameKind(ruleId: string, messageId: string): string {
  return `${ruleId.replace(/^@secretlint\/secretlint-rule-/, '')}: ${messageId}`
}
