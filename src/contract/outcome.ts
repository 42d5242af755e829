import { isAwsJson, isObject, normaliseHeaders, parseBody, readErrorIdentity, type WireResponse } from '../protocol/index.ts'

/** Why one container instance got no task. Each member may be absent, as the service leaves them out. */
export interface Failure {
  arn?: string
  reason?: string
  detail?: string
}

/**
 * How a StartTask answer reads. HTTP 200 alone says nothing: `unplaced` is HTTP 200 too, and no task started. A 200 with neither tasks
 * nor failures is `unplaced` with no failures: nothing started.
 */
export type Outcome =
  | { kind: 'started'; tasks: readonly unknown[] }
  | { kind: 'partial'; tasks: readonly unknown[]; failures: readonly Failure[] }
  | { kind: 'unplaced'; failures: readonly Failure[] }
  | { kind: 'rejected'; error: { name: string; message: string; status: number; fault: 'client' | 'server' } }
  | { kind: 'unreadable'; reason: string }

/** Reads how a StartTask answer reads. Never throws: what is no AWS JSON is `unreadable`, with the reason. */
export function readOutcome(response: WireResponse): Outcome {
  let body: unknown
  try {
    body = parseBody(response.body)
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) }
  }
  const headers = normaliseHeaders(response.headers)
  return response.status >= 200 && response.status < 300 ? readSuccess(headers, body) : readRejection(response.status, headers, body)
}

function readSuccess(headers: Record<string, string>, body: unknown): Outcome {
  if (body === undefined) return { kind: 'unreadable', reason: 'The body is empty.' }
  if (!isObject(body)) return { kind: 'unreadable', reason: 'The body is JSON, but no object.' }
  const contentType = headers['content-type']
  if (contentType !== undefined && !isAwsJson(contentType) && !/json/i.test(contentType)) {
    return { kind: 'unreadable', reason: `The content type is ${contentType}, not AWS JSON.` }
  }
  const tasks = readList(body['tasks'])
  const failures = readList(body['failures'])
  if (!tasks || !failures) return { kind: 'unreadable', reason: `The member ${tasks ? 'failures' : 'tasks'} is no array.` }
  const read = failures.map(readFailure)
  if (tasks.length === 0) return { kind: 'unplaced', failures: read }
  return read.length === 0 ? { kind: 'started', tasks } : { kind: 'partial', tasks, failures: read }
}

function readList(member: unknown): unknown[] | undefined {
  return Array.isArray(member) ? member : member === undefined || member === null ? [] : undefined
}

function readFailure(failure: unknown): Failure {
  const members = isObject(failure) ? failure : {}
  const known = (['arn', 'reason', 'detail'] as const).flatMap((name) => {
    const value = members[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return Object.fromEntries(known)
}

function readRejection(status: number, headers: Record<string, string>, body: unknown): Outcome {
  const identity = readErrorIdentity(headers, body)
  if (!identity) return { kind: 'unreadable', reason: `HTTP ${status} without an AWS error type in body or header.` }
  return { kind: 'rejected', error: { ...identity, status, fault: status >= 500 ? 'server' : 'client' } }
}
