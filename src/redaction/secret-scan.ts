import { type Exchange, formatPointer, isObject, type Recording } from '../protocol/index.ts'
import { projectTexts, type Projected, readBytes } from './scan-projection.ts'
import { nameLook, UNNAMED_LOOK } from './secret-patterns.ts'
import { redactSecrets } from './secret-search.ts'
import { lintTexts } from './secretlint.ts'
import { REDACTED, REDACTED_WORD } from './pseudonym.ts'

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
