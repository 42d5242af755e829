import { formatCount } from '../message/index.ts'
import { readContainerInstanceId, readTaskDefinitionName } from '../contract/index.ts'
import { isObject, type JsonObject, readList, readText } from '../protocol/index.ts'
import type { AttemptEvent, TaskEvent } from './events.ts'
import {
  type Evidence,
  formatDuration,
  type IncidentFinding,
  selectBetween,
  tellOf,
} from './finding.ts'
import { type Invocation, isUncertain } from './invocations.ts'

/** Longest time from a request to the creation of its task: clocks differ, and responses can be late. */
const CREATED_WITHIN_MS = 60_000
const CLOCKS_DIFFER_MS = 2000
/** Longest time after an uncertain response in which an equal request counts as a retry. */
const AGAIN_WITHIN_MS = 600_000

/**
 * Launches that nobody meant. StartTask has no client token: a request that is sent again after a response that told nothing starts a second
 * task, if the first had started one.
 */
export function findDoubleLaunches(evidence: Evidence): IncidentFinding[] {
  const tasks = listUnclaimed(evidence)
  const launches = listLaunches(evidence)
  return evidence.invocations.flatMap((invocation) => {
    if (invocation.operation !== 'StartTask') return []
    const uncertain = invocation.attempts.filter(isUncertain)
    if (uncertain.length === 0) return []
    const launched = findLaunchAfter(launches, invocation, uncertain[0])
    const started = uncertain.flatMap((attempt) => findStarted(attempt, tasks))
    if (started.length > 0) return [tellStarted(evidence, { uncertain, started, launched })]
    return launched ? [tellPossible(evidence, uncertain, launched)] : []
  })
}

interface Started {
  uncertain: readonly AttemptEvent[]
  started: readonly TaskEvent[]
  launched: AttemptEvent | undefined
}

function tellStarted(
  evidence: Evidence,
  { uncertain, started, launched }: Started,
): IncidentFinding {
  const arns = [...new Set(started.map(({ taskArn }) => taskArn))]
  const responses = uncertain.map(({ summary }) => summary).join(', ')
  const about = [...uncertain, ...started, ...(launched ? [launched] : [])]
  return tellOf(evidence, about, {
    rule: launched ? 'incident.double-launch' : 'incident.started-unnoticed',
    severity: 'error',
    message: launched
      ? `launched twice: the request that was answered with ${responses} had started ${arns.join(', ')}, and was sent again`
      : `the request that was answered with ${responses} had started ${arns.join(', ')}`,
    how: `a task state change tells of a task that no response names, of the same task definition and startedBy, on an instance that was asked for, created within ${CREATED_WITHIN_MS / 1000} s`,
    basis: 'seen',
  })
}

function tellPossible(
  evidence: Evidence,
  uncertain: readonly AttemptEvent[],
  launched: AttemptEvent,
): IncidentFinding {
  return tellOf(evidence, [...uncertain, launched], {
    rule: 'incident.double-launch',
    severity: 'warning',
    message: `may have launched twice: ${uncertain.map(({ summary }) => summary).join(', ')}, then the same request started ${formatCount(launched.taskArns.length, 'task')}`,
    how: 'a response that does not tell whether something had started, and a later launch by an equal request; StartTask has no client token; task state changes would tell',
    basis: 'inferred',
  })
}

/** What started tasks, by request, in the order of time. */
function listLaunches({ invocations }: Evidence): Map<string, AttemptEvent[]> {
  const launches = Map.groupBy(
    invocations.flatMap(({ request = '', attempts }) =>
      attempts.map((attempt) => ({ request, attempt })),
    ),
    ({ request }) => request,
  )
  return new Map(
    [...launches].map(([request, list]) => {
      const started = list
        .map(({ attempt }) => attempt)
        .filter(({ taskArns }) => taskArns.length > 0)
      return [request, started.toSorted((one, other) => one.atMs - other.atMs)]
    }),
  )
}

/** The launch that came of sending the same again, by the SDK or by the caller. */
function findLaunchAfter(
  launches: ReadonlyMap<string, readonly AttemptEvent[]>,
  { attempts, request }: Invocation,
  uncertain: AttemptEvent | undefined,
): AttemptEvent | undefined {
  if (!uncertain) return undefined
  const own = attempts.find(({ taskArns, atMs }) => taskArns.length > 0 && atMs > uncertain.atMs)
  if (own || request === undefined) return own
  const later = selectBetween(
    launches.get(request) ?? [],
    uncertain.atMs,
    uncertain.atMs + AGAIN_WITHIN_MS,
  )
  return later.find(({ atMs }) => atMs > uncertain.atMs)
}

/** The first change of each task that no response names. */
function listUnclaimed({ events, attempts }: Evidence): TaskEvent[] {
  const known = new Set(attempts.flatMap(({ taskArns }) => taskArns))
  const first = new Map<string, TaskEvent>()
  for (const event of events) {
    if (event.kind === 'task' && !known.has(event.taskArn) && !first.has(event.taskArn))
      first.set(event.taskArn, event)
  }
  return [...first.values()]
}

function findStarted(attempt: AttemptEvent, tasks: readonly TaskEvent[]): TaskEvent[] {
  const { body } = attempt.exchange.request
  if (!isObject(body)) return []
  const until = attempt.atMs + (attempt.exchange.elapsedMs ?? 0) + CREATED_WITHIN_MS
  return selectBetween(tasks, attempt.atMs - CLOCKS_DIFFER_MS, until).filter(({ task }) =>
    isAskedFor(task, body),
  )
}

function isAskedFor(task: JsonObject, request: JsonObject): boolean {
  const instances = readList(request['containerInstances'])
  const on = readText(task['containerInstanceArn'])
  return (
    isSameDefinition(readText(task['taskDefinitionArn']), readText(request['taskDefinition'])) &&
    on !== undefined &&
    instances.some(
      (one) =>
        typeof one === 'string' && readContainerInstanceId(one) === readContainerInstanceId(on),
    ) &&
    (request['startedBy'] === undefined || request['startedBy'] === task['startedBy'])
  )
}

/** A request may leave the revision to the service. */
function isSameDefinition(arn: string | undefined, asked: string | undefined): boolean {
  if (arn === undefined || asked === undefined) return false
  const [family, revision] = readTaskDefinitionName(arn).split(':')
  const [askedFamily, askedRevision] = readTaskDefinitionName(asked).split(':')
  return family === askedFamily && (askedRevision === undefined || askedRevision === revision)
}

const REPEATED_WITHIN_MS = 60_000

/** Equal requests of different invocations that started tasks soon after each other: meant, or not. */
export function findRepeatedLaunches(evidence: Evidence): IncidentFinding[] {
  const launches = new Map<string, AttemptEvent[]>()
  for (const { request, attempts, operation } of evidence.invocations) {
    const launch = attempts.find(({ taskArns }) => taskArns.length > 0)
    if (!launch || request === undefined || operation !== 'StartTask') continue
    const known = launches.get(request)
    if (known) known.push(launch)
    else launches.set(request, [launch])
  }
  return [...launches.values()].flatMap((list) => {
    const close = list.filter((one, index) =>
      [list[index - 1], list[index + 1]].some(
        (other) => other && Math.abs(other.atMs - one.atMs) <= REPEATED_WITHIN_MS,
      ),
    )
    const [first, last] = [close[0], close.at(-1)]
    if (!first || !last) return []
    return tellOf(evidence, close, {
      rule: 'incident.repeated-launch',
      severity: 'info',
      message: `one request was made by ${close.length} invocations within ${formatDuration(last.atMs - first.atMs)}, and each started tasks`,
      how: `equal requests, no more than ${REPEATED_WITHIN_MS / 1000} s apart; that may be meant`,
      basis: 'seen',
    })
  })
}
