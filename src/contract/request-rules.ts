import { isObject } from '../protocol/index.ts'
import { countCharacters, cutText } from './characters.ts'
import { RULES_IN_CODE } from './generated/documented.js'
import { formatLabel, formatRulePath, type Segments } from './place.ts'
import type { Departure } from './side.ts'
import { describeLength } from './validator-words.ts'

/** How many characters the JSON of `overrides` may have. Source: the API page, `overrides`. */
export const MAX_OVERRIDES_LENGTH = 8192
/** How many tags without the reserved prefix a task may have. Source: the API page, `tags`. */
export const MAX_TAGS = 50

/** The page's rules on a request that its schema cannot say. How each is counted: contracts/README.md. */
export function checkRequestRules(body: unknown): Departure[] {
  if (!isObject(body)) return []
  const tags = Array.isArray(body['tags']) ? body['tags'] : []
  return [
    ...checkOverridesLength(body['overrides']),
    ...checkTagCount(tags),
    ...checkTagKeys(tags),
    ...checkReservedPrefix(tags),
  ]
}

/**
 * Whether a body that the quick validator has passed surely breaks none of these rules. It writes no JSON: an upper bound of the length
 * of `overrides` is enough for most.
 */
export function isWithinRules(body: unknown): boolean {
  if (!isObject(body)) return false
  const { overrides, tags } = body
  return (
    (overrides === undefined || boundLength(overrides) <= MAX_OVERRIDES_LENGTH) &&
    (!Array.isArray(tags) || areQuietTags(tags))
  )
}

/** At most so many characters has the JSON of a value: each character of a text may need six. */
function boundLength(value: unknown): number {
  if (typeof value === 'string') return value.length * 6 + 2
  let length = 25 // more than a number needs
  if (Array.isArray(value)) for (const item of value) length += boundLength(item) + 1
  else if (isObject(value))
    for (const name in value) length += name.length + 4 + boundLength(value[name])
  return length
}

function areQuietTags(tags: readonly unknown[]): boolean {
  const keys = new Set<unknown>()
  for (const tag of tags) {
    if (!isObject(tag) || isReserved(tag['key']) || isReserved(tag['value'])) return false
    keys.add(tag['key'])
  }
  return tags.length <= MAX_TAGS && keys.size === tags.length
}

function checkOverridesLength(overrides: unknown): Departure[] {
  if (!isObject(overrides)) return []
  const length = countCharacters(JSON.stringify(overrides))
  if (length <= MAX_OVERRIDES_LENGTH) return []
  return [
    depart(
      ['overrides'],
      'maxLength',
      describeLength('overrides as compact JSON', length, 'characters', MAX_OVERRIDES_LENGTH),
    ),
  ]
}

function checkTagCount(tags: readonly unknown[]): Departure[] {
  const counted = tags.filter((tag) => !isReserved(readText(tag, 'key'))).length
  return counted <= MAX_TAGS
    ? []
    : [depart(['tags'], 'maxItems', describeLength('tags', counted, 'items', MAX_TAGS))]
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
      return text !== undefined && isReserved(text)
        ? [describeReserved(['tags', index, member], text)]
        : []
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

function isReserved(text: unknown): boolean {
  return typeof text === 'string' && /^aws:/i.test(text)
}

function depart(
  segments: Segments,
  rule: string,
  said: Pick<Departure, 'message' | 'expected' | 'actual'>,
): Departure {
  const id = `request.${formatRulePath(segments)}.${rule}`
  const { severity = 'error', source = '' } = RULES_IN_CODE[id] ?? {}
  return { segments, rule: id, severity, source, ...said }
}
