import { type Exchange, isObject, isTransportFailure, type RecordedAnswer, type RecordedRequest } from '../protocol/index.ts'
import type { Recording } from './recording.ts'
import { redactPatterns } from './secret-patterns.ts'
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
 * constant; the credentials that came with the request, and whatever looks like a secret, go from every text; account ids become
 * stand-ins that are equal for equal ids.
 */
export function redactExchange(exchange: Exchange): RedactedExchange {
  const credentials = readCredentials(exchange.request.headers)
  const environment = readEnvironmentValues(exchange.request.body)
  const accounts = new Set<string>()
  collectAccounts(exchange.request.body, accounts)
  if (!isTransportFailure(exchange.answer)) collectAccounts(exchange.answer.body, accounts)
  const redactText = (text: string) => replaceAccounts(redactPatterns(removeAll(text, credentials)), (digits) => accounts.has(digits))
  const redactProse = (text: string) => replaceAccounts(redactText(removeAll(text, environment)), () => true)
  const clean: Exchange = {
    ...exchange,
    request: redactRequest(exchange.request, redactText, redactProse),
    answer: isTransportFailure(exchange.answer) ? exchange.answer : redactAnswer(exchange.answer, redactText, redactProse),
  }
  return clean as RedactedExchange // the one place that may say so
}

/** Redacts a request's body alone, by the rules that recorded ones went through: what is sent can then be compared with what is kept. */
export function redactRequestBody(headers: Record<string, string>, body: unknown): unknown {
  const credentials = readCredentials(headers)
  return redactValue(body, (text) => replaceAccounts(redactPatterns(removeAll(text, credentials)), () => true))
}

/** Brings a recorded request's body to the form that {@link redactRequestBody} gives: every twelve-digit word counts as an account. */
export function redactRecordedBody(body: unknown): unknown {
  return redactRequestBody({}, body)
}

type RedactText = (text: string) => string

function redactRequest(request: RecordedRequest, redactText: RedactText, redactProse: RedactText): RecordedRequest {
  return {
    headers: keepHeaders(request.headers, redactProse),
    body: redactValue(request.body, redactText),
    ...(request.bodyText === undefined ? {} : { bodyText: redactProse(removeValues(request.bodyText)) }),
  }
}

function redactAnswer(answer: RecordedAnswer, redactText: RedactText, redactProse: RedactText): RecordedAnswer {
  const isError = answer.status >= 400
  return {
    status: answer.status,
    headers: keepHeaders(answer.headers, redactProse),
    body: redactValue(answer.body, isError ? redactProse : redactText),
    ...(answer.bodyText === undefined ? {} : { bodyText: redactProse(removeValues(answer.bodyText)) }),
  }
}

function keepHeaders(headers: Record<string, string>, redactText: RedactText): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => KEPT_HEADERS.has(name.toLowerCase()))
  return Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), redactText(value)]))
}

function redactValue(value: unknown, redactText: RedactText, path: readonly string[] = []): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redactText, [...path, '*']))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const place = [...path, name]
      return [redactText(name), isEnvironmentValue(place) && member !== null ? REDACTED : redactValue(member, redactText, place)]
    }),
  )
}

/** `environment/<any>/value`: container environments, in requests and in the overrides that answers repeat. */
function isEnvironmentValue(path: readonly string[]): boolean {
  return path.at(-1) === 'value' && path.at(-2) === '*' && path.at(-3) === 'environment'
}

/** In a text that was meant to be JSON, every `"value"`: a body cut in half has environments too. */
function removeValues(text: string): string {
  return text.replace(/("value"\s*:\s*)"(?:[^"\\]|\\.)*("|$)/g, `$1"${REDACTED}$2`)
}

/** The secrets that came with the request itself, so that an answer that repeats one is caught whatever its form. */
function readCredentials(headers: Record<string, string>): string[] {
  const authorization = headers['authorization'] ?? ''
  const parts = [
    /Credential=([^/,\s]+)/.exec(authorization)?.[1],
    /Signature=([0-9a-f]+)/.exec(authorization)?.[1],
    headers['x-amz-security-token'],
  ]
  return parts.filter((part) => part !== undefined && part.length >= 8).map(String)
}

const SHORTEST_REMOVED = 6

function readEnvironmentValues(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return isEnvironmentValue(path) && value.length >= SHORTEST_REMOVED ? [value] : []
  if (Array.isArray(value)) return value.flatMap((item) => readEnvironmentValues(item, [...path, '*']))
  return isObject(value) ? Object.entries(value).flatMap(([name, member]) => readEnvironmentValues(member, [...path, name])) : []
}

function collectAccounts(value: unknown, accounts: Set<string>): void {
  if (typeof value === 'string') for (const account of findAccounts(value)) accounts.add(account)
  if (Array.isArray(value)) for (const item of value) collectAccounts(item, accounts)
  if (isObject(value)) for (const member of Object.values(value)) collectAccounts(member, accounts)
}

function removeAll(text: string, secrets: readonly string[]): string {
  return secrets.reduce((result, secret) => result.replaceAll(secret, REDACTED), text)
}
