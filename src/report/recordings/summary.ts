import type { Finding, Severity } from '../../contract/index.ts'
import { type AttemptResult, describeAttempt } from '../../incident/index.ts'
import { type Exchange, isNumber, isObject, readList } from '../../protocol/index.ts'
import { formatCount, formatValueBriefly } from '../../message/index.ts'
import type { Inspected } from './inspected.ts'

/** An exchange as a list shows it. Its texts are not escaped. */
export interface ExchangeSummary {
  file: string
  exchange: number
  operation: string
  /** When it began, in ISO 8601; absent where the recording does not say when it was. */
  at?: string
  /** Milliseconds since the recording began. */
  atMs: number
  elapsedMs?: number
  invocation?: string
  attempt?: number
  /** How it ended: the outcome of StartTask, `failed` without a response, `answered` for another operation. */
  outcome: AttemptResult
  /** The same in words: `200 1 task, 1 failure: AGENT`. */
  response: string
  /** Why: failure reasons, or the error's name; each once. */
  reasons: readonly string[]
  /** What was asked for, in words. */
  request: string
  findings: Record<Severity, number>
}

/** Describes an exchange, and counts its findings. */
export function summariseExchange(
  { from, number, exchange }: Inspected,
  found: readonly Finding[],
): ExchangeSummary {
  const { operation, startedAtMs, elapsedMs, invocation, attempt } = exchange
  const { result, summary, error, failures } = describeAttempt(exchange, {
    atMs: startedAtMs,
    recording: from.file,
    number,
  })
  const reasons = failures.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))
  const findings = { error: 0, warning: 0, info: 0 }
  for (const { severity } of found) findings[severity] += 1
  const at = formatTime(from.recordedAt, startedAtMs)
  return {
    file: from.file,
    exchange: number,
    operation,
    ...(at === undefined ? {} : { at }),
    atMs: startedAtMs,
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
    ...(invocation === undefined ? {} : { invocation }),
    ...(attempt === undefined ? {} : { attempt }),
    outcome: result,
    response: summary,
    reasons: [...new Set(error === undefined ? reasons : [error])],
    request: describeRequest(exchange),
    findings,
  }
}

/** The latest time that a `Date` can hold, in milliseconds since 1970. */
const LATEST = 8.64e15

function formatTime(recordedAt: string | undefined, ms: number): string | undefined {
  const time = recordedAt === undefined ? Number.NaN : Date.parse(recordedAt) + ms
  return Math.abs(time) <= LATEST ? new Date(time).toISOString() : undefined
}

/** `web:3 on 2 instances of prod`; of another operation its body, cut short. */
function describeRequest({ operation, request: { body, bodyText, bodyBase64 } }: Exchange): string {
  if (body === null)
    return bodyText !== undefined || bodyBase64 !== undefined ? 'a body that is no JSON' : 'no body'
  if (operation !== 'StartTask' || !isObject(body)) return formatValueBriefly(body, 60)
  const { taskDefinition, containerInstances, cluster } = body
  const instances = formatCount(readList(containerInstances).length, 'instance')
  const of = typeof cluster === 'string' ? ` of ${nameBriefly(cluster)}` : ''
  return `${nameBriefly(taskDefinition)} on ${instances}${of}`
}

/** An ARN's last part is the name. */
function nameBriefly(value: unknown): string {
  if (typeof value === 'string')
    return value.startsWith('arn:') ? value.slice(value.lastIndexOf('/') + 1) : value
  return value === undefined ? 'nothing' : formatValueBriefly(value, 40)
}

/** A filter of exchanges; an empty list accepts all. */
export interface ExchangeFilter {
  outcomes: readonly string[]
  reasons: readonly string[]
  find: string | undefined
}

/** Reports whether a filter accepts an exchange. A reason also matches by its part before the colon; case is ignored. */
export function fitsFilter(
  summary: ExchangeSummary,
  exchange: Exchange,
  { outcomes, reasons, find }: ExchangeFilter,
): boolean {
  if (outcomes.length > 0 && !outcomes.includes(summary.outcome)) return false
  if (
    reasons.length > 0 &&
    !summary.reasons.some((reason) => reasons.some((wanted) => isReason(reason, wanted)))
  )
    return false
  return find === undefined || holdsText(exchange, find.toLowerCase())
}

function isReason(reason: string, wanted: string): boolean {
  const [one, other] = [reason.toLowerCase(), wanted.toLowerCase()]
  return one === other || one.startsWith(`${other}:`)
}

/** Names of members are looked at, too. */
function holdsText(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(text)
  if (Array.isArray(value)) return value.some((item) => holdsText(item, text))
  if (isObject(value))
    return Object.entries(value).some(
      ([name, member]) => name.toLowerCase().includes(text) || holdsText(member, text),
    )
  return (isNumber(value) || typeof value === 'boolean') && JSON.stringify(value).includes(text)
}
