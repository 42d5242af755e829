import { findPrivateIds } from '../contract/index.ts'
import { HarnessError } from '../message/index.ts'
import { createPointerTree, isObject, type MarkedPlace, parsePointer } from '../protocol/index.ts'
import { REDACTED } from './pseudonym.ts'
import { SECRET_NAME } from './secret-patterns.ts'
import { readValueTexts } from './secret-search.ts'

/** The headers that a recording keeps; every other one is left out, credentials and signatures among them. */
export const KEPT_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'x-amz-target',
  'x-amzn-requestid',
  'x-amzn-errortype',
  'retry-after',
  'x-amz-retry-after',
])

/** Where a value stands, as far as that makes it a secret. */
export type Place = 'anywhere' | 'environment' | 'secret'

/** `environment` holds `{ name, value }`; whoever sends it in another form, as a map for example, has secrets in it all the same. */
export function placeMember(name: string, place: Place, member: unknown): Place {
  if (place === 'environment') return name.toLowerCase() === 'name' ? 'anywhere' : 'environment'
  if (name.toLowerCase() === 'environment') return 'environment'
  return typeof member !== 'object' && isSecretName(name) ? 'secret' : 'anywhere'
}

/** What a team has decided of places: for the place that a walk has come to, and those below it. */
export type PlaceRules = MarkedPlace

/** Whether the value here stays, whatever it is. */
export function isKept(rules: PlaceRules): boolean {
  return (rules.marks & 1) !== 0
}

/** Whether the value here goes, whatever it is. */
export function isRedacted(rules: PlaceRules): boolean {
  return (rules.marks & 2) !== 0
}

/** As many, and as long, as contracts/rules.schema.json allows. */
const MOST_POINTERS = 2000
const LONGEST_POINTER = 1000

/**
 * Reads pointers in which `*` stands for any one index or member. What a pointer names counts for all below it.
 *
 * Throws `usage` for what is no pointer, for the empty one, and beyond the bounds of the configuration file.
 */
export function createPlaceRules(keep: readonly string[], redact: readonly string[]): PlaceRules {
  return createPointerTree(readPointers('keep', keep), readPointers('redact', redact))
}

function readPointers(name: string, pointers: readonly string[]): string[][] {
  if (pointers.length > MOST_POINTERS)
    throw new HarnessError(
      'usage',
      `${name} holds ${pointers.length} pointers; ${MOST_POINTERS} at most are taken.`,
    )
  return pointers.map((pointer) => {
    const segments = pointer.length > LONGEST_POINTER ? undefined : parsePointer(pointer)
    if (segments?.length) return segments
    throw new HarnessError(
      'usage',
      `${name} holds ${JSON.stringify(pointer.slice(0, 80))}; a JSON Pointer such as /startedBy is needed.`,
    )
  })
}

/** The secrets that came with the request itself, so that a response that repeats one is caught whatever its form. */
export function readCredentials(headers: Record<string, string>): string[] {
  const named = Object.entries(headers).filter(([name]) => namesCredential(name))
  const parts = named.flatMap(([name, value]) =>
    KEPT_HEADERS.has(name) ? [] : [value, ...readParts(value)],
  )
  return parts.filter((part) => part.length >= SHORTEST_CREDENTIAL && part !== REDACTED)
}

/** Whether a header of this name holds what must not be kept, by its name. */
export function namesCredential(name: string): boolean {
  return /auth|token|secret|key|cookie|credential|signature|session/i.test(name)
}

/** Of `AWS4-HMAC-SHA256 Credential=…/…, SignedHeaders=…, Signature=…` the id and the signature; of another scheme all after its name. */
function readParts(value: string): string[] {
  const credential = /Credential=([^/,\s]+)/.exec(value)?.[1]
  const signature = /Signature=([^,\s]+)/.exec(value)?.[1]
  if (credential !== undefined || signature !== undefined)
    return [credential, signature].filter((part) => part !== undefined)
  const given = value.replace(/^[A-Za-z0-9-]+\s+/, '')
  const password = Buffer.from(given, 'base64').toString('utf8').split(':').slice(1).join(':')
  const cookies = value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
  return [given, ...cookies, ...(/^Basic\s/i.test(value) ? [password] : [])]
}

const SHORTEST_CREDENTIAL = 8
const SHORTEST_REMOVED = 6

/** An environment entry of a container, or what else has a name that tells whether its value is a secret. */
export interface Variable {
  name: string
  value: string
}

/** The environment entries below a value, and what stands where only a secret does; but for what a team keeps. */
export function readEnvironment(value: unknown, rules: PlaceRules): Variable[] {
  const found: Variable[] = []
  collectEnvironment(value, rules, 'anywhere', '', found)
  return found
}

function collectEnvironment(
  value: unknown,
  rules: PlaceRules,
  place: Place,
  name: string,
  found: Variable[],
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const isFlagged = index > 0 && isFlagValue(value[index - 1], item)
      collectEnvironment(
        item,
        rules.descend(String(index)),
        isFlagged ? 'secret' : place,
        isFlagged ? 'secret' : name,
        found,
      )
    }
  } else if (isObject(value)) {
    const isPair = isSecretName(value['name']) || isSecretName(value['key'])
    for (const member of Object.keys(value)) {
      const isValue = member.toLowerCase() === 'value'
      const inner =
        isValue && isPair && place === 'anywhere'
          ? 'secret'
          : placeMember(member, place, value[member])
      const told = inner === 'secret' ? 'secret' : isValue ? readScalar(value['name']) : member
      collectEnvironment(value[member], rules.descend(member), inner, told, found)
    }
  } else if (isRedacted(rules) || (place !== 'anywhere' && !isKept(rules))) {
    const text = readScalar(value)
    if (text === '' || text === REDACTED) return
    found.push({ name: isRedacted(rules) ? 'secret' : name, value: text })
    const assigned = /^([^=]{1,200})=([\s\S]*)$/.exec(text)
    if (assigned) found.push({ name: assigned[1] ?? '', value: assigned[2] ?? '' })
  }
}

/** Whether an item of a command follows one that says that it is a secret: `--password`, `x`. */
export function isFlagValue(before: unknown, item: unknown): boolean {
  return typeof item === 'string' && !item.startsWith('-') && isSecretFlag(before)
}

export function readTextEnvironment(text: string | undefined): Variable[] {
  return readValueTexts(text ?? '').flatMap((value) =>
    value === REDACTED ? [] : [{ name: '', value }],
  )
}

/** The environment values that tell a secret wherever they stand: neither short, nor public, nor an ordinary word under a harmless name. */
export function chooseTelling(environment: readonly Variable[], request: unknown): string[] {
  const names = readPublicNames(request)
  const telling = environment.filter(
    ({ name, value }) => isRemovable(value, names) && (isSecretName(name) || !isOrdinary(value)),
  )
  return telling.map(({ value }) => value)
}

export function isRemovable(value: string, publicNames: readonly string[]): boolean {
  return (
    value.length >= SHORTEST_REMOVED &&
    !REDACTED.includes(value) &&
    !IDENTIFIER.test(value) &&
    !isPrivateId(value) &&
    !publicNames.some((name) => name.includes(value))
  )
}

/** A region, an account id, or an ARN: taken out, they would take every ARN of the response with them. */
const IDENTIFIER = /^(?:[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d[a-z]?|\d{12}|arn:[a-z0-9-]+:[^\s]*)$/

/** An address, for example: it has a pseudonym wherever it stands. */
function isPrivateId(value: string): boolean {
  const [first] = findPrivateIds(value)
  return first !== undefined && first.end - first.start === value.length
}

function isOrdinary(value: string): boolean {
  return value.length < 16 && /^[A-Za-z]+(?:[-_. ][A-Za-z]+)*$/.test(value)
}

/** The members by which a request refers to resources. Responses must repeat them. */
export function readPublicNames(request: unknown): string[] {
  if (!isObject(request)) return []
  const named = [
    'cluster',
    'taskDefinition',
    'containerInstances',
    'containerInstance',
    'group',
    'startedBy',
    'tasks',
    'task',
  ].flatMap((member) => request[member])
  return named.filter((name) => typeof name === 'string')
}

function readScalar(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** Whether a name says that its value is a secret: `DB_PASSWORD`, `secretAccessKey`. Paging and client tokens are none. */
export function isSecretName(name: unknown): boolean {
  if (typeof name !== 'string' || name === '') return false
  const known = names.get(name)
  if (known !== undefined) return known
  const isSecret = !/^(?:next|client)Token$/i.test(name) && SECRET_NAMES.test(name)
  if (names.size >= MOST_NAMES) names.clear()
  if (name.length <= LONGEST_NAME) names.set(name, isSecret)
  return isSecret
}

const MOST_NAMES = 2000
const LONGEST_NAME = 100
const names = new Map<string, boolean>()

/** Whether an argument of a command says that the next one is a secret: `--db-password`. */
function isSecretFlag(argument: unknown): boolean {
  return (
    typeof argument === 'string' &&
    argument.startsWith('-') &&
    isSecretName(argument.replace(/^--?/, '').replaceAll('-', '_'))
  )
}

const SECRET_NAMES = new RegExp(
  String.raw`(?:${SECRET_NAME}(?:_[A-Za-z0-9_]{0,30}|s)?|(?:^|[_-])pass|^auth|^cookie|^authorization|^signature|^credentials?)$`,
  'i',
)
