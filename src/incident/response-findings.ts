import { formatCount } from '../message/index.ts'
import { FAILURE_REASONS, START_TASK } from '../contract/index.ts'
import { readList, readObject } from '../protocol/index.ts'
import type { AttemptEvent, TaskEvent } from './events.ts'
import { type Evidence, type IncidentFinding, tellOf } from './finding.ts'
import { isThrottled, isUncertain } from './invocations.ts'

/** Why container instances got no task, reason by reason. Meanings are those of the API's failure reasons. */
export function findFailures(evidence: Evidence): IncidentFinding[] {
  const byReason = group(evidence.attempts, ({ failures }) =>
    failures.map(({ reason }) => reason ?? 'without a reason'),
  )
  return [...byReason].map(([reason, attempts]) => {
    const failures = attempts.flatMap((attempt) =>
      attempt.failures.filter((failure) => (failure.reason ?? 'without a reason') === reason),
    )
    const instances = new Set(failures.map(({ arn }) => arn ?? ''))
    const meaning = Object.entries(FAILURE_REASONS).find(([known]) => known === reason)?.[1].meaning
    return tellOf(evidence, attempts, {
      rule: 'incident.failures',
      severity: 'warning',
      message: `${reason}: ${formatCount(failures.length, 'failure')} of ${formatCount(instances.size, 'container instance')}${meaning === undefined ? '' : `. ${meaning}`}`,
      how: 'failures[].reason of responses with HTTP 200',
      basis: 'seen',
    })
  })
}

/** Finds partial responses. A caller that reads only `tasks` takes them for success. */
export function findPartial(evidence: Evidence): IncidentFinding[] {
  const partial = evidence.attempts.filter(({ result }) => result === 'partial')
  if (partial.length === 0) return []
  return [
    tellOf(evidence, partial, {
      rule: 'incident.partial',
      severity: 'warning',
      message: `${formatCount(partial.length, 'response')} placed a part of what was asked for`,
      how: 'HTTP 200 with tasks and failures',
      basis: 'seen',
    }),
  ]
}

/** Refusals by the name of the error, but for throttling, which has a finding of its own. */
export function findRejections(evidence: Evidence): IncidentFinding[] {
  const byError = group(evidence.attempts, (attempt) =>
    attempt.error === undefined || isThrottled(attempt) ? [] : [attempt.error],
  )
  return [...byError].map(([error, attempts]) =>
    tellOf(evidence, attempts, {
      rule: 'incident.rejected',
      severity: 'warning',
      message: `${error}: ${formatCount(attempts.length, 'attempt')}`,
      how: 'the error of the response',
      basis: 'seen',
    }),
  )
}

/** Requests without a response that could be read. */
export function findUnanswered(evidence: Evidence): IncidentFinding[] {
  const lost = evidence.attempts.filter(
    (attempt) =>
      attempt.result === 'failed' || (attempt.error === undefined && isUncertain(attempt)),
  )
  if (lost.length === 0) return []
  return [
    tellOf(evidence, lost, {
      rule: 'incident.unanswered',
      severity: 'warning',
      message: `${formatCount(lost.length, 'request')} got no response, or one that no SDK reads`,
      how: 'the connection failed, or the body is no AWS JSON',
      basis: 'seen',
    }),
  ]
}

/** Tasks that ended otherwise than well. */
export function findStoppedTasks(evidence: Evidence): IncidentFinding[] {
  const running = new Set(
    evidence.events.flatMap((event) =>
      event.kind === 'task' && event.task['lastStatus'] === 'RUNNING' ? [event.taskArn] : [],
    ),
  )
  const launched = new Set(
    evidence.attempts
      .filter(({ exchange }) => exchange.operation === START_TASK)
      .flatMap(({ taskArns }) => taskArns),
  )
  return evidence.events.flatMap((event) => {
    if (event.kind !== 'task' || event.task['lastStatus'] !== 'STOPPED' || isWell(event)) return []
    const whose = launched.has(event.taskArn) ? 'a task that StartTask had launched' : 'a task'
    return tellOf(evidence, [event], {
      rule: 'incident.task-stopped',
      severity: 'warning',
      message: `${whose} ${running.has(event.taskArn) ? 'stopped' : 'stopped without having been seen to run'}: ${event.taskArn} ${event.summary}`,
      how: 'a task state change with lastStatus STOPPED, and a stop code or an exit code other than those of a task that is done',
      basis: 'seen',
    })
  })
}

/** Its essential containers ended by themselves, with 0. */
function isWell({ task }: TaskEvent): boolean {
  const { stopCode, containers } = task
  const codes = readList(containers).map((one) => readObject(one)['exitCode'])
  const hasFailed = codes.some((code) => typeof code === 'number' && code !== 0)
  return (
    !hasFailed &&
    (stopCode === undefined ||
      stopCode === 'EssentialContainerExited' ||
      stopCode === 'UserInitiated')
  )
}

function group(
  attempts: readonly AttemptEvent[],
  name: (attempt: AttemptEvent) => readonly string[],
): Map<string, AttemptEvent[]> {
  const groups = new Map<string, AttemptEvent[]>()
  for (const attempt of attempts) {
    for (const one of new Set(name(attempt))) {
      const known = groups.get(one)
      if (known) known.push(attempt)
      else groups.set(one, [attempt])
    }
  }
  return groups
}
