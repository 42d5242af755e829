import { identifyRequest } from '../matching/index.ts'
import type { AttemptEvent, AttemptResult, TimelineEvent } from './events.ts'

/** What the caller asked for once, with all its attempts. */
export interface Invocation {
  /** From 1, in the order of their first attempts. */
  number: number
  operation: string
  attempts: readonly AttemptEvent[]
  /**
   * How its attempts were found to belong together: the recording says so; or an equal request followed within a minute on a response that is
   * retried; or there is one attempt.
   */
  found: 'recorded' | 'inferred' | 'single'
  /** What the last attempt came to. */
  result: AttemptResult
  /** Attempts before the first that is known: a log may tell the last alone. */
  unseen: number
  /** Equal for equal requests; `undefined` where nothing was kept of the request. */
  request: string | undefined
}

/** A retry of an SDK comes within 20 seconds; of a caller's own, later. */
const RETRY_WITHIN_MS = 60_000

/** Puts attempts together. */
export function groupInvocations(events: readonly TimelineEvent[]): Invocation[] {
  const groups: AttemptEvent[][] = []
  const inferred = new Set<AttemptEvent[]>()
  const named = new Map<string, AttemptEvent[]>()
  const open = new Map<string, AttemptEvent[]>()
  for (const event of events) {
    if (event.kind !== 'attempt') continue
    const { invocation } = event.exchange
    const request = nameRequest(event)
    const key = invocation === undefined ? undefined : `${event.recording}\n${invocation}`
    const before = key === undefined ? findOpen(open, request, event) : named.get(key)
    const group = before ?? []
    if (before) {
      if (key === undefined) inferred.add(group)
    } else groups.push(group)
    group.push(event)
    if (key !== undefined) named.set(key, group)
    else if (request !== undefined) open.set(request, group)
  }
  return groups.map((attempts, index) => describe(attempts, index + 1, inferred.has(attempts)))
}

/** The invocation that a request without a name goes on with. */
function findOpen(
  open: ReadonlyMap<string, AttemptEvent[]>,
  request: string | undefined,
  event: AttemptEvent,
) {
  const group = request === undefined ? undefined : open.get(request)
  const last = group?.at(-1)
  if (
    !group ||
    !last ||
    !isRetried(last) ||
    event.atMs - last.atMs - (last.exchange.elapsedMs ?? 0) > RETRY_WITHIN_MS
  )
    return undefined
  return group
}

function describe(
  attempts: readonly AttemptEvent[],
  number: number,
  isInferred: boolean,
): Invocation {
  const [first] = attempts
  const isNamed = first?.exchange.invocation !== undefined && attempts.length > 1
  return {
    number,
    operation: first?.exchange.operation ?? '',
    attempts,
    found: isInferred ? 'inferred' : isNamed ? 'recorded' : 'single',
    result: attempts.at(-1)?.result ?? 'failed',
    unseen: Math.max(0, (first?.exchange.attempt ?? 1) - 1),
    request: first && nameRequest(first),
  }
}

/** As a replayer identifies requests: an ARN is as good as the name that it ends with. */
function nameRequest({ exchange }: AttemptEvent): string | undefined {
  const { operation, request } = exchange
  return request.body === null ? undefined : identifyRequest(operation, request.body).key
}

/** What SDKs retry as throttled. Source: `THROTTLING_ERROR_CODES` of @smithy/core 3, the same 14 in botocore. */
const THROTTLING: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
])

/** Whether the service refused for the caller's rate. */
export function isThrottled({ error }: AttemptEvent): boolean {
  return error !== undefined && THROTTLING.has(error)
}

/** Whether nobody can tell from the response if something was started: it went out, and what came back was no word of the service on it. */
export function isUncertain({ result, exchange: { response } }: AttemptEvent): boolean {
  if ('failure' in response) return response.failure !== 'refused'
  return response.status >= 500 || result === 'unreadable'
}

/** Whether SDKs send again after it. */
export function isRetried(event: AttemptEvent): boolean {
  return event.result === 'failed' || isThrottled(event) || isUncertain(event)
}
