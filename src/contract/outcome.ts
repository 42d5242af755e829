import { formatValueBriefly, isHarnessError } from '../message/index.ts'
import {
  isAwsJson,
  isObject,
  type JsonObject,
  normaliseHeaders,
  parseBody,
  readErrorIdentity,
  readObject,
  readText,
  type WireResponse,
} from '../protocol/index.ts'

/** The reason why one container instance got no task. The service may leave out each member. */
export interface Failure {
  arn?: string
  reason?: string
  detail?: string
}

/**
 * The outcome of a StartTask request. HTTP 200 does not mean that a task started: `unplaced` is HTTP 200 too. A 200 with neither tasks nor
 * failures is `unplaced` without failures. `fault` follows the status, as the retries of SDKs do.
 */
export type Outcome =
  | { kind: 'started'; tasks: readonly unknown[] }
  | { kind: 'partial'; tasks: readonly unknown[]; failures: readonly Failure[] }
  | { kind: 'unplaced'; failures: readonly Failure[] }
  | {
      kind: 'rejected'
      error: { name: string; message: string; status: number; fault: 'client' | 'server' }
    }
  | { kind: 'unreadable'; reason: string }

/**
 * Reads the outcome of a StartTask response. It never throws: a response that it cannot read is `unreadable`, with a reason that repeats nothing
 * of the body.
 *
 * - HTTP 200 to 299: an object with a list of `tasks` or `failures` is a response, with any content type, error type or other members. A null
 *   list counts as absent, and so does a null item. An object without lists is a response in which nothing started, unless its content type is
 *   not AWS JSON (another program sent it) or it has an error type. SDKs read the latter as a success, so it is not `rejected`.
 * - HTTP 300 to 599 with an error type, in body or header: `rejected`, with any content type, as SDKs read it. Without one: `unreadable`.
 * - Everything else is `unreadable`: another status, an empty success, a body that is not JSON, a byte order mark (no SDK accepts it), bytes that
 *   are not UTF-8 (boto3 fails, SDK v3 replaces them), more than 4 MiB, more than 100 levels.
 *
 * @param response a response as it was on the wire
 * @example
 * const outcome = readOutcome({ status: 200, headers: {}, body: '{"tasks":[],"failures":[{"reason":"AGENT"}]}' })
 * if (outcome.kind === 'unplaced') outcome.failures // [{ reason: 'AGENT' }]
 */
export function readOutcome(response: WireResponse): Outcome {
  const opened = openResponse(response)
  if (!opened)
    return describeUnreadable(
      'The response has no status, or a body that is neither text nor bytes.',
    )
  const { status, headers } = opened
  if (!(status >= 200 && status <= 599))
    return describeUnreadable(`HTTP ${status} is no status of a response.`)
  const parsed = parseResponse(opened.body)
  if ('reason' in parsed) return describeUnreadable(parsed.reason)
  return status < 300
    ? readSuccess(headers, parsed.value)
    : readRejection(status, headers, parsed.value)
}

function describeUnreadable(reason: string): Outcome {
  return { kind: 'unreadable', reason }
}

/** Returns the parts of an untyped response; `undefined` for values that are not a response. */
function openResponse(response: WireResponse): WireResponse | undefined {
  try {
    const { status, headers, body } = response
    const isSound =
      typeof status === 'number' && (typeof body === 'string' || ArrayBuffer.isView(body))
    return isSound ? { status, headers: readHeaders(headers), body } : undefined
  } catch {
    return undefined
  }
}

/** Reads the headers. Headers that cannot be read are ignored. */
function readHeaders(headers: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(normaliseHeaders(headers)).filter(([, value]) => typeof value === 'string'),
    )
  } catch {
    return {}
  }
}

function parseResponse(body: string | Uint8Array): { value: unknown } | { reason: string } {
  try {
    if (hasByteOrderMark(body))
      return { reason: 'The body begins with a byte order mark, which JSON does not allow.' }
    return { value: parseBody(body) }
  } catch (error) {
    return { reason: isHarnessError(error) ? error.message : 'The body cannot be read.' }
  }
}

function hasByteOrderMark(body: string | Uint8Array): boolean {
  return typeof body === 'string'
    ? body.startsWith('\ufeff')
    : body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
}

function readSuccess(headers: Record<string, string>, body: unknown): Outcome {
  if (body === undefined) return describeUnreadable('The body is empty.')
  if (!isObject(body)) return describeUnreadable('The body is JSON, but no object.')
  const tasks = readItems(body['tasks'])
  const failures = readItems(body['failures'])
  if (!tasks || !failures)
    return describeUnreadable(`The member ${tasks ? 'failures' : 'tasks'} is no array.`)
  const isListed = Array.isArray(body['tasks']) || Array.isArray(body['failures'])
  const reason = isListed ? undefined : findUndocumentedMember(headers, body)
  if (reason !== undefined) return describeUnreadable(reason)
  const read = failures.map(readFailure)
  if (tasks.length === 0) return { kind: 'unplaced', failures: read }
  return read.length === 0 ? { kind: 'started', tasks } : { kind: 'partial', tasks, failures: read }
}

/** Returns the reason why an object without lists is not a response of StartTask. */
function findUndocumentedMember(
  headers: Record<string, string>,
  body: JsonObject,
): string | undefined {
  if (readErrorIdentity(headers, body))
    return 'It is an error with the status of a success, which SDKs read as a response without tasks.'
  const contentType = headers['content-type']
  if (contentType === undefined || isAwsJson(contentType) || /json/i.test(contentType))
    return undefined
  return `The content type is ${formatValueBriefly(contentType)}, not AWS JSON, and the body has neither tasks nor failures.`
}

/** Returns the items of a list without nulls; no items if it is absent or null, `undefined` for another value. */
function readItems(member: unknown): unknown[] | undefined {
  if (Array.isArray(member)) return member.filter((item) => item !== null)
  return member === undefined || member === null ? [] : undefined
}

function readFailure(failure: unknown): Failure {
  const members = readObject(failure)
  const known = (['arn', 'reason', 'detail'] as const).flatMap((name) => {
    const value = readText(members[name])
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(known)
}

function readRejection(status: number, headers: Record<string, string>, body: unknown): Outcome {
  const identity = readErrorIdentity(headers, body)
  if (!identity)
    return describeUnreadable(`HTTP ${status} without an AWS error type in body or header.`)
  return {
    kind: 'rejected',
    error: { ...identity, status, fault: status >= 500 ? 'server' : 'client' },
  }
}
