import { isObject } from '../protocol/index.ts'
import { countCharacters, cutText } from './characters.ts'
import { REQUEST_SHAPE } from './generated/documented.js'
import { findSource, formatLabel, formatRulePath, type Segments } from './place.ts'
import type { Departure } from './side.ts'
import { describeLength } from './validator-findings.ts'

/** How many characters the JSON of `overrides` may have. Source: the API page, `overrides`. */
const MAX_OVERRIDES_LENGTH = 8192
/** How many tags without the reserved prefix a task may have. Source: the API page, `tags`. */
export const MAX_TAGS = 50

/** The page's rules on a request that its schema cannot say. How each is counted: contracts/README.md. */
export function checkRequestRules(body: unknown): Departure[] {
  if (!isObject(body)) return []
  const tags = Array.isArray(body['tags']) ? body['tags'] : []
  return [...checkOverridesLength(body['overrides']), ...checkTagCount(tags), ...checkTagKeys(tags), ...checkReservedPrefix(tags)]
}

function checkOverridesLength(overrides: unknown): Departure[] {
  if (!isObject(overrides)) return []
  const length = countCharacters(JSON.stringify(overrides))
  if (length <= MAX_OVERRIDES_LENGTH) return []
  return [depart(['overrides'], 'maxLength', describeLength('overrides as compact JSON', length, 'characters', MAX_OVERRIDES_LENGTH))]
}

function checkTagCount(tags: readonly unknown[]): Departure[] {
  const counted = tags.filter((tag) => !isReserved(readText(tag, 'key'))).length
  return counted <= MAX_TAGS ? [] : [depart(['tags'], 'maxItems', describeLength('tags', counted, 'items', MAX_TAGS))]
}

function checkTagKeys(tags: readonly unknown[]): Departure[] {
  const first = new Map<string, number>()
  return tags.flatMap((tag, index) => {
    const key = readText(tag, 'key')
    if (key === undefined) return []
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, index)
    return earlier === undefined ? [] : [describeDuplicate(key, index, earlier)]
  })
}

function describeDuplicate(key: string, index: number, earlier: number): Departure {
  return depart(['tags', index, 'key'], 'unique', {
    message: `tags[${index}].key is ${JSON.stringify(cutText(key))}, as tags[${earlier}].key is; each tag key must be unique`,
    expected: 'a key that no earlier tag has',
    actual: cutText(key),
  })
}

function checkReservedPrefix(tags: readonly unknown[]): Departure[] {
  return tags.flatMap((tag, index) =>
    (['key', 'value'] as const).flatMap((member) => {
      const text = readText(tag, member)
      return text !== undefined && isReserved(text) ? [describeReserved(['tags', index, member], text)] : []
    }),
  )
}

function describeReserved(segments: Segments, text: string): Departure {
  return depart(segments, 'reservedPrefix', {
    message: `${formatLabel(segments, 'request')} is ${JSON.stringify(cutText(text))}; the prefix aws: is reserved in any case`,
    expected: 'no prefix aws:',
    actual: cutText(text),
  })
}

function readText(tag: unknown, member: 'key' | 'value'): string | undefined {
  const text = isObject(tag) ? tag[member] : undefined
  return typeof text === 'string' ? text : undefined
}

function isReserved(text: string | undefined): boolean {
  return text !== undefined && /^aws:/i.test(text)
}

function depart(segments: Segments, rule: string, said: Pick<Departure, 'message' | 'expected' | 'actual'>): Departure {
  return {
    segments,
    rule: `request.${formatRulePath(segments)}.${rule}`,
    severity: 'error',
    source: findSource(REQUEST_SHAPE, segments),
    ...said,
  }
}
