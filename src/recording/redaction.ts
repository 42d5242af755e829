import { type Exchange, isObject, isTransportFailure, type RecordedAnswer, type RecordedRequest } from '../protocol/index.ts'
import type { Recording } from './recording.ts'
import { isSecretName } from './secret-patterns.ts'
import { type KnownSecrets, readValueTexts, redactSecrets } from './secret-search.ts'
import { findAccounts, REDACTED, replaceAccounts } from './stand-in.ts'

declare const redacted: unique symbol

/** Marks what has been through redaction. Nothing else can be saved. */
export interface Redacted {
  readonly [redacted]: true
}
export type RedactedExchange = Exchange & Redacted
export type RedactedRecording = Recording & { exchanges: RedactedExchange[] }

/** The headers that a recording keeps; every other one is left out, credentials and signatures among them. */
export const KEPT_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'x-amz-target',
  'x-amzn-requestid',
  'x-amzn-errortype',
  'retry-after',
  'x-amz-retry-after',
])

/**
 * Takes the secrets out of an exchange. Its headers are cut down to {@link KEPT_HEADERS}; values of container environments become one
 * constant; the credentials and environment values that came with the request, and whatever looks like a secret, go from every text,
 * encoded ones included; account ids become stand-ins that are equal for equal ids. Redacting twice changes nothing.
 *
 * What stays: an environment value of fewer than six characters, where something else repeats it; an ordinary word (`worker`) or a name
 * that the request also asks by, where a 200 answer repeats it.
 */
export function redactExchange(exchange: Exchange): RedactedExchange {
  const { request, answer } = exchange
  const accounts = new Set<string>()
  collectAccounts(request.body, accounts)
  if (!isTransportFailure(answer)) collectAccounts(answer.body, accounts)
  const isAccount = (digits: string) => accounts.has(digits)
  const environment = [...readEnvironment(request.body), ...readTextEnvironment(request.bodyText)]
  const clean: Exchange = {
    ...exchange,
    request: redactRequest(request, environment, isAccount),
    answer: isTransportFailure(answer) ? answer : redactAnswer(answer, request, environment, isAccount),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that may say that an exchange is redacted
  return clean as RedactedExchange
}

/** Redacts a request's body alone, by the rules that recorded ones went through: what is sent can then be compared with what is kept. */
export function redactRequestBody(headers: Record<string, string>, body: unknown): unknown {
  const known = { values: [...readCredentials(headers), ...chooseTelling(readEnvironment(body), body)] }
  return redactValue(body, (text) => replaceAccounts(redactSecrets(text, known), () => true))
}

/** Brings a recorded request's body to the form that {@link redactRequestBody} gives: every twelve-digit word counts as an account. */
export function redactRecordedBody(body: unknown): unknown {
  return redactRequestBody({}, body)
}

type RedactText = (text: string) => string
type IsAccount = (digits: string) => boolean

function redactRequest(request: RecordedRequest, environment: readonly Variable[], isAccount: IsAccount): RecordedRequest {
  const values = [...readCredentials(request.headers), ...chooseTelling(environment, request.body)]
  const redactText = createRedactor({ values }, isAccount)
  return {
    headers: keepHeaders(request.headers, redactText),
    body: redactValue(request.body, redactText),
    ...(request.bodyText === undefined ? {} : { bodyText: createRedactor({ values, hasValueTexts: true }, () => true)(request.bodyText) }),
  }
}

/** Errors, headers and broken bodies are prose, which no client reads for its words: there even an ordinary environment value goes. */
function redactAnswer(answer: RecordedAnswer, request: RecordedRequest, asked: readonly Variable[], isAccount: IsAccount): RecordedAnswer {
  const environment = [...asked, ...readEnvironment(answer.body)]
  const credentials = readCredentials(request.headers)
  const values = [
    ...credentials,
    ...environment.map(({ value }) => value).filter((value) => isRemovable(value, readPublicNames(request.body))),
  ]
  const redactProse = createRedactor({ values }, () => true)
  const redactText = createRedactor({ values: [...credentials, ...chooseTelling(environment, request.body)] }, isAccount)
  return {
    status: answer.status,
    headers: keepHeaders(answer.headers, redactProse),
    body: redactValue(answer.body, answer.status >= 400 ? redactProse : redactText),
    ...(answer.bodyText === undefined ? {} : { bodyText: createRedactor({ values, hasValueTexts: true }, () => true)(answer.bodyText) }),
  }
}

function createRedactor(known: KnownSecrets, isAccount: IsAccount): RedactText {
  return (text) => replaceAccounts(redactSecrets(text, known), isAccount)
}

function keepHeaders(headers: Record<string, string>, redactText: RedactText): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => KEPT_HEADERS.has(name.toLowerCase()))
  return Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), redactText(value)]))
}

/** Where a value stands, as far as that makes it a secret. */
type Place = 'anywhere' | 'environment' | 'secret'

function redactValue(value: unknown, redactText: RedactText, place: Place = 'anywhere'): unknown {
  if (value === null || value === undefined) return value
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redactText, place))
  if (isObject(value)) return redactMembers(value, redactText, place)
  if (place !== 'anywhere') return REDACTED
  return typeof value === 'string' ? redactText(value) : value
}

function redactMembers(value: Record<string, unknown>, redactText: RedactText, place: Place): Record<string, unknown> {
  const isSecretPair = isSecretName(readText(value['name'])) || isSecretName(readText(value['key']))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isValue = name.toLowerCase() === 'value'
      if (isValue && member !== null && (place === 'environment' || (isSecretPair && typeof member === 'string'))) return [name, REDACTED]
      return [redactText(name), redactValue(member, redactText, placeMember(name, place, member))]
    }),
  )
}

/** `environment` holds `{ name, value }`; whoever sends it in another form, as a map for example, has secrets in it all the same. */
function placeMember(name: string, place: Place, member: unknown): Place {
  if (place === 'environment') return name.toLowerCase() === 'name' ? 'anywhere' : 'environment'
  if (name.toLowerCase() === 'environment') return 'environment'
  return isSecretName(name) && typeof member !== 'object' ? 'secret' : 'anywhere'
}

/** The secrets that came with the request itself, so that an answer that repeats one is caught whatever its form. */
function readCredentials(headers: Record<string, string>): string[] {
  const named = Object.entries(headers).filter(([name]) => /auth|token|secret|key|cookie|credential|signature|session/i.test(name))
  const parts = named.flatMap(([name, value]) => (KEPT_HEADERS.has(name) ? [] : [value, ...readParts(value)]))
  return parts.filter((part) => part.length >= SHORTEST_CREDENTIAL && part !== REDACTED)
}

/** Of `AWS4-HMAC-SHA256 Credential=…/…, SignedHeaders=…, Signature=…` the id and the signature; of another scheme all after its name. */
function readParts(value: string): string[] {
  const credential = /Credential=([^/,\s]+)/.exec(value)?.[1]
  const signature = /Signature=([^,\s]+)/.exec(value)?.[1]
  if (credential !== undefined || signature !== undefined) return [credential, signature].filter((part) => part !== undefined)
  const given = value.replace(/^[A-Za-z0-9-]+\s+/, '')
  const password = Buffer.from(given, 'base64').toString('utf8').split(':').slice(1).join(':')
  const cookies = value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
  return [given, ...cookies, ...(/^Basic\s/i.test(value) ? [password] : [])]
}

const SHORTEST_CREDENTIAL = 8
const SHORTEST_REMOVED = 6

/** An environment entry of a container. */
interface Variable {
  name: string
  value: string
}

function readEnvironment(value: unknown, place: Place = 'anywhere', name = ''): Variable[] {
  if (Array.isArray(value)) return value.flatMap((item) => readEnvironment(item, place, name))
  if (!isObject(value)) {
    const text = place === 'environment' ? readText(value) : ''
    const assigned = /^([^=]{1,200})=([\s\S]*)$/.exec(text)
    return text === '' || text === REDACTED
      ? []
      : [{ name, value: text }, ...(assigned ? [{ name: assigned[1] ?? '', value: assigned[2] ?? '' }] : [])]
  }
  return Object.entries(value).flatMap(([member, inner]) => {
    const told = member.toLowerCase() === 'value' ? readText(value['name']) : member
    return readEnvironment(inner, placeMember(member, place, inner), told)
  })
}

function readTextEnvironment(text: string | undefined): Variable[] {
  return readValueTexts(text ?? '').flatMap((value) => (value === REDACTED ? [] : [{ name: '', value }]))
}

/** The environment values that tell a secret wherever they stand: neither short, nor public, nor an ordinary word under a harmless name. */
function chooseTelling(environment: readonly Variable[], request: unknown): string[] {
  const names = readPublicNames(request)
  const telling = environment.filter(({ name, value }) => isRemovable(value, names) && (isSecretName(name) || !isOrdinary(value)))
  return telling.map(({ value }) => value)
}

function isRemovable(value: string, publicNames: readonly string[]): boolean {
  return value.length >= SHORTEST_REMOVED && !IDENTIFIER.test(value) && !publicNames.some((name) => name.includes(value))
}

/** A region, an account id, or an ARN: taken out, they would take every ARN of the answer with them. */
const IDENTIFIER = /^(?:[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d[a-z]?|\d{12}|arn:[a-z0-9-]+:[^\s]*)$/

function isOrdinary(value: string): boolean {
  return value.length < 16 && /^[A-Za-z]+(?:[-_. ][A-Za-z]+)*$/.test(value)
}

/** What the request asks by, which answers must repeat. */
function readPublicNames(request: unknown): string[] {
  if (!isObject(request)) return []
  const named = ['cluster', 'taskDefinition', 'containerInstances', 'containerInstance', 'group', 'startedBy', 'tasks', 'task'].flatMap(
    (member) => request[member],
  )
  return named.filter((name) => typeof name === 'string')
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function collectAccounts(value: unknown, accounts: Set<string>): void {
  if (typeof value === 'string') for (const account of findAccounts(value)) accounts.add(account)
  if (Array.isArray(value)) for (const item of value) collectAccounts(item, accounts)
  if (isObject(value)) for (const member of Object.values(value)) collectAccounts(member, accounts)
}
