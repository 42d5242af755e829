import { formatCount } from '../message/index.ts'
import { readOutcome } from '../contract/index.ts'
import {
  type Exchange,
  isTransportFailure,
  type JsonObject,
  readObject,
  readRecordedBody,
  readText,
  type Recording,
} from '../protocol/index.ts'

/** A recording with the name that it has in reports: its path. */
export interface NamedRecording<Kind extends Recording = Recording> {
  name: string
  recording: Kind
}

/** How an attempt ended: as StartTask's outcomes, or without a response. */
export type AttemptResult =
  | 'started'
  | 'partial'
  | 'unplaced'
  | 'rejected'
  | 'unreadable'
  | 'failed'
  | 'answered'

/** One request over the wire. */
export interface AttemptEvent {
  kind: 'attempt'
  /** Milliseconds since the timeline began. */
  atMs: number
  recording: string
  /** The exchange's number in its recording, from 1. */
  number: number
  exchange: Exchange
  result: AttemptResult
  /** The result in words: `ThrottlingException`, `2 tasks, 1 failure: AGENT`. */
  summary: string
  /** The error's name, of a rejected request. */
  error?: string
  failures: readonly { arn?: string; reason?: string }[]
  /** The tasks that the response says were started. */
  taskArns: readonly string[]
}

/** What EventBridge told of a task. */
export interface TaskEvent {
  kind: 'task'
  atMs: number
  recording: string
  taskArn: string
  summary: string
  task: JsonObject
}

export type TimelineEvent = AttemptEvent | TaskEvent

/** Everything of the recordings in the order of time; a change that was delivered more than once stands once. */
export function listEvents(recordings: readonly NamedRecording[]): {
  began: number
  events: TimelineEvent[]
  repeated: number
} {
  const began = findBegin(recordings)
  const events: TimelineEvent[] = []
  const seen = new Set<string>()
  let repeated = 0
  for (const { name, recording } of recordings) {
    const base = Date.parse(recording.recordedAt) - began
    for (const [index, exchange] of recording.exchanges.entries()) {
      events.push(
        describeAttempt(exchange, {
          atMs: base + exchange.startedAtMs,
          recording: name,
          number: index + 1,
        }),
      )
    }
    for (const { atMs, task } of recording.taskStateChanges ?? []) {
      const event = describeTask(task, base + atMs, name)
      const key = `${event.taskArn} ${JSON.stringify(task['version'] ?? atMs)}`
      if (seen.has(key)) repeated += 1
      else events.push(event)
      seen.add(key)
    }
  }
  return { began, events: events.toSorted((one, other) => one.atMs - other.atMs), repeated }
}

function findBegin(recordings: readonly NamedRecording[]): number {
  let first = Infinity
  for (const { recording } of recordings) {
    const base = Date.parse(recording.recordedAt)
    for (const { startedAtMs } of recording.exchanges) first = Math.min(first, base + startedAtMs)
    for (const { atMs } of recording.taskStateChanges ?? []) first = Math.min(first, base + atMs)
  }
  return Number.isFinite(first) ? first : 0
}

/** One exchange as an attempt: how it ended, in a word and in words. `place` says when and where it stands. */
export function describeAttempt(
  exchange: Exchange,
  place: { atMs: number; recording: string; number: number },
): AttemptEvent {
  const { response } = exchange
  const event = { kind: 'attempt', ...place, exchange, failures: [], taskArns: [] } as const
  if (isTransportFailure(response)) {
    const code = response.failure === 'other' ? response.code : undefined
    return {
      ...event,
      result: 'failed',
      summary: `no response: ${response.failure}${code === undefined ? '' : ` (${code})`}`,
    }
  }
  const { status, headers } = response
  if (exchange.operation !== 'StartTask' && status < 300)
    return { ...event, result: 'answered', summary: `${status}` }
  const outcome = readOutcome({ status, headers, body: readRecordedBody(response) })
  switch (outcome.kind) {
    case 'started':
      return {
        ...event,
        result: 'started',
        summary: `${status} ${formatCount(outcome.tasks.length, 'task')}`,
        taskArns: listTaskArns(outcome.tasks),
      }
    case 'partial':
      return {
        ...event,
        result: 'partial',
        summary: `${status} ${formatCount(outcome.tasks.length, 'task')}, ${describeFailures(outcome.failures)}`,
        taskArns: listTaskArns(outcome.tasks),
        failures: outcome.failures,
      }
    case 'unplaced':
      return {
        ...event,
        result: 'unplaced',
        summary: `${status} no task, ${describeFailures(outcome.failures)}`,
        failures: outcome.failures,
      }
    case 'rejected':
      return {
        ...event,
        result: 'rejected',
        summary: `${status} ${outcome.error.name}`,
        error: outcome.error.name,
      }
    case 'unreadable':
      return { ...event, result: 'unreadable', summary: `${status} unreadable` }
  }
}

function describeFailures(failures: readonly { reason?: string }[]): string {
  const reasons = [...new Set(failures.map(({ reason }) => reason ?? 'without a reason'))]
  return `${formatCount(failures.length, 'failure')}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`
}

function listTaskArns(tasks: readonly unknown[]): string[] {
  return tasks.flatMap((task) => readText(readObject(task)['taskArn']) ?? [])
}

function describeTask(task: JsonObject, atMs: number, recording: string): TaskEvent {
  const { taskArn, lastStatus, stopCode, stoppedReason } = task
  const why = [stopCode, stoppedReason].filter((text) => typeof text === 'string').join(': ')
  return {
    kind: 'task',
    atMs,
    recording,
    taskArn: readText(taskArn) ?? '',
    summary: `${readText(lastStatus) ?? 'unknown'}${why === '' ? '' : ` (${why})`}`,
    task,
  }
}
