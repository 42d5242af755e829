import { isObject, readList, readObject, readText } from '../protocol/index.ts'
import { countCharacters, cutText } from './characters.ts'
import type { Departure, Finding } from './finding.ts'
import { RULES_IN_CODE } from './generated/documented.js'
import { formatLabel, formatRulePath, type Segments } from './place.ts'
import { describeLength } from './validator-words.ts'

/** The most characters that the JSON of `overrides` may have. Source: the API page, `overrides`. */
export const MAX_OVERRIDES_LENGTH = 8192
/** The most tags without the reserved prefix that a task may have. Source: the API page, `tags`. */
export const MAX_TAGS = 50

/** Checks the rules of the API page that its schema cannot express. contracts/README.md describes how each is counted. */
export function checkRequestRules(body: unknown): Departure[] {
  if (!isObject(body)) return []
  const tags = readList(body['tags'])
  return [
    ...checkOverridesLength(body['overrides']),
    ...checkTagCount(tags),
    ...checkTagKeys(tags),
    ...checkReservedPrefix(tags),
  ]
}

/**
 * Reports whether a body that the quick validator has accepted breaks none of these rules. `true` is certain. It does not format JSON: for
 * most bodies an upper bound of the length of `overrides` is enough.
 */
export function isWithinRules(body: unknown): boolean {
  if (!isObject(body)) return false
  const { overrides, tags } = body
  return (
    (overrides === undefined || boundLength(overrides) <= MAX_OVERRIDES_LENGTH) &&
    (!Array.isArray(tags) || areQuietTags(tags))
  )
}

/** Returns an upper bound of the characters in the JSON of a value. Each character of a text may need six. */
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
  const counted = tags.filter((tag) => !isReserved(readText(readObject(tag)['key']))).length
  return counted <= MAX_TAGS
    ? []
    : [depart(['tags'], 'maxItems', describeLength('tags', counted, 'items', MAX_TAGS))]
}

function checkTagKeys(tags: readonly unknown[]): Departure[] {
  const first = new Map<string, number>()
  return tags.flatMap((tag, index) => {
    const key = readText(readObject(tag)['key'])
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
      const text = readText(readObject(tag)[member])
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

const LATEST_REVISION = describeNote(
  'taskDefinition',
  'latestRevision',
  'taskDefinition names no revision; the latest ACTIVE one is started',
)
const ABSENT = [
  describeNote('cluster', 'default', 'cluster is absent; the cluster named default is meant'),
  describeNote(
    'group',
    'default',
    "group is absent; it is family: and the name of the task definition's family",
  ),
  describeNote(
    'propagateTags',
    'default',
    'propagateTags is absent; no tags are propagated to the task',
  ),
]

/** Finds the documented defaults of members that a request leaves out. A null member has its own finding. */
export function findNotes(body: unknown): Departure[] {
  if (!isObject(body)) return []
  const notes = namesNoRevision(body['taskDefinition']) ? [LATEST_REVISION] : []
  for (const note of ABSENT) if (body[String(note.segments[0])] === undefined) notes.push(note)
  return notes
}

/** Finds the same as findings, in document order: absent members come after present ones. */
export function noteDefaults(body: unknown): Finding[] {
  return findNotes(body).map(({ segments, rule, severity, message, source }) => {
    return { pointer: `/${segments[0]}`, rule, severity, message, source }
  })
}

/** Matches `family` and an ARN that ends in `task-definition/family`: no colon comes after the last slash. */
function namesNoRevision(taskDefinition: unknown): boolean {
  return (
    typeof taskDefinition === 'string' &&
    taskDefinition.lastIndexOf(':') <= taskDefinition.lastIndexOf('/')
  )
}

function describeNote(member: string, rule: string, message: string): Departure {
  const id = `request.${member}.${rule}`
  const { severity = 'info', source = '' } = RULES_IN_CODE[id] ?? {}
  return { segments: [member], rule: id, severity, message, source }
}
