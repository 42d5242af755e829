import { type Exchange, formatPointer, isObject } from '../protocol/index.ts'
import { projectTexts, type Projected, readBytes } from './leak-projection.ts'
import type { Recording } from './recording.ts'
import { nameLook } from './secret-patterns.ts'
import { redactSecrets } from './secret-search.ts'
import { lintTexts } from './secretlint.ts'
import { REDACTED } from './stand-in.ts'

/** A place that holds what must not be written. The value is never told. */
export interface Leak {
  /** The exchange's number in its recording, from 1; 0 for the recording's own members. */
  exchange: number
  /** A JSON Pointer into the exchange, or into the recording. */
  pointer: string
  /** What it looks like: `AWS key id`. */
  kind: string
}

/** Looks for secrets with our own patterns: before each write. */
export function findExchangeLeaks(exchange: Exchange): Leak[] {
  const leaks: Leak[] = []
  collectLooks(exchange, [], leaks)
  return leaks
}

/** A place is put together only where something is found: nearly always nothing is. */
function collectLooks(value: unknown, path: (string | number)[], leaks: Leak[]): void {
  if (typeof value === 'string') {
    if (holdsSecret(value)) leaks.push({ exchange: 1, pointer: formatPointer(path), kind: nameLook(value) })
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) collectBelow(value[index], index, path, leaks)
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      if (holdsSecret(name)) leaks.push({ exchange: 1, pointer: formatPointer(path), kind: nameLook(name) })
      collectBelow(value[name], name, path, leaks)
    }
  }
}

function collectBelow(value: unknown, segment: string | number, path: (string | number)[], leaks: Leak[]): void {
  path.push(segment)
  collectLooks(value, path, leaks)
  path.pop()
}

function holdsSecret(text: string): boolean {
  return redactSecrets(text, NOTHING_KNOWN) !== text
}

const NOTHING_KNOWN = { values: [] }

/** Looks with our own patterns and with secretlint's, decoded: before a file takes its final name. */
export async function findRecordingLeaks({ exchanges, ...envelope }: Recording): Promise<Leak[]> {
  const parts = [projectTexts(envelope), ...exchanges.map(projectExchange)]
  const numbered = parts.flatMap((texts, index) => texts.map(({ pointer, text }) => ({ pointer: `${index} ${pointer}`, text })))
  const found = await findTextLeaks(numbered)
  return found.map(({ pointer, kind }) => {
    const space = pointer.indexOf(' ')
    return { exchange: Number(pointer.slice(0, space)), pointer: pointer.slice(space + 1), kind }
  })
}

/** Looks for secrets in texts; one finding for a place. */
export async function findTextLeaks(texts: readonly Projected[]): Promise<Omit<Leak, 'exchange'>[]> {
  const own = findLooks(texts)
  const places = new Set(own.map(({ pointer }) => pointer))
  const foreign = (await lintTexts(texts.map(hideRedacted))).filter(({ pointer }) => !places.has(pointer) && places.add(pointer))
  return [...own, ...foreign]
}

function findLooks(texts: readonly Projected[]): Omit<Leak, 'exchange'>[] {
  const found = new Map<string, string>()
  for (const { pointer, text } of texts) {
    if (!found.has(pointer) && holdsSecret(text)) found.set(pointer, nameLook(text))
  }
  return [...found].map(([pointer, kind]) => ({ pointer, kind }))
}

/** What stands in the place of a secret is none, whatever its name. */
function hideRedacted({ pointer, text }: Projected): Projected {
  return { pointer, text: text.replaceAll(REDACTED, '') }
}

/** Bytes that are no text are read as well. */
function projectExchange(exchange: Exchange): Projected[] {
  const { request, answer } = exchange
  const binary = [
    ['request', 'bodyBase64' in request ? request.bodyBase64 : undefined],
    ['answer', 'bodyBase64' in answer ? answer.bodyBase64 : undefined],
  ] as const
  const bytes = binary.flatMap(([side, encoded]) => {
    if (typeof encoded !== 'string') return []
    return readBytes(Buffer.from(encoded, 'base64')).flatMap((text) =>
      projectTexts(text).map((inner) => ({ pointer: formatPointer([side, 'bodyBase64']), text: inner.text })),
    )
  })
  return [...projectTexts(exchange), ...bytes]
}
