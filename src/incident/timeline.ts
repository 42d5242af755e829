import type { Redacted, RedactedRecording } from '../redaction/index.ts'
import {
  findFailures,
  findPartial,
  findRejections,
  findStoppedTasks,
  findUnanswered,
} from './response-findings.ts'
import { listEvents, type NamedRecording, type TimelineEvent } from './events.ts'
import type { Evidence, IncidentFinding } from './finding.ts'
import { groupInvocations, type Invocation } from './invocations.ts'
import { findDoubleLaunches, findRepeatedLaunches } from './launch-findings.ts'
import { findGaps, findRetryStorms, findThrottling } from './rate-findings.ts'

/** Where a timeline's events come from. */
export interface TimelineSource {
  recording: string
  recordedAt: string
  exchanges: number
  taskStateChanges: number
  /** What made the recording, and what it could not tell, where the recording says so. */
  source?: string
  limits?: string
  /** All that the recording says of where it comes from. */
  provenance: Readonly<Record<string, unknown>>
}

/** What happened, in order: attempts, what became of tasks, and what is to be seen in it. */
export interface Timeline {
  /** UTC, ISO 8601: when the first event was. */
  beganAt: string
  /** Milliseconds from the first event to the end of the last. */
  spanMs: number
  events: readonly TimelineEvent[]
  invocations: readonly Invocation[]
  /** In the order of their times. */
  findings: readonly IncidentFinding[]
  sources: readonly TimelineSource[]
  /** Task state changes that were delivered more than once, and stand once. */
  repeated: number
}

/** A timeline of redacted recordings. Reports are made of no other. */
export type RedactedTimeline = Timeline & Redacted

/**
 * Puts recordings on one time axis. Each says when it began, so that a log of a client, CloudTrail and events of EventBridge about the same
 * minutes lie beside each other, as well as their clocks agree. What recordings do not say is not made up: a finding that is inferred says so.
 */
export function createTimeline(
  recordings: readonly NamedRecording<RedactedRecording>[],
): RedactedTimeline
export function createTimeline(recordings: readonly NamedRecording[]): Timeline
export function createTimeline(recordings: readonly NamedRecording[]): Timeline {
  const { began, events, repeated } = listEvents(recordings)
  const attempts = events.filter((event) => event.kind === 'attempt')
  const numbers = new Map(events.map((event, index) => [event, index + 1]))
  const evidence: Evidence = { events, numbers, attempts, invocations: groupInvocations(events) }
  const findings = [
    ...findThrottling(evidence),
    ...findRetryStorms(evidence),
    ...findGaps(evidence),
    ...findDoubleLaunches(evidence),
    ...findRepeatedLaunches(evidence),
    ...findFailures(evidence),
    ...findPartial(evidence),
    ...findRejections(evidence),
    ...findUnanswered(evidence),
    ...findStoppedTasks(evidence),
    ...recordings.flatMap(findNoTime),
  ]
  return {
    beganAt: new Date(began).toISOString(),
    spanMs: events.reduce(
      (end, event) =>
        Math.max(
          end,
          event.atMs + (event.kind === 'attempt' ? (event.exchange.elapsedMs ?? 0) : 0),
        ),
      0,
    ),
    events,
    invocations: evidence.invocations,
    findings: findings.toSorted((one, other) => one.atMs - other.atMs),
    sources: recordings.map(describeSource),
    repeated,
  }
}

/** An import without times begins in 1970. */
function findNoTime({ name, recording }: NamedRecording): IncidentFinding[] {
  if (Date.parse(recording.recordedAt) !== 0) return []
  return [
    {
      rule: 'incident.no-time',
      severity: 'warning',
      atMs: 0,
      untilMs: 0,
      events: [],
      message: `${name} does not say when it was: its exchanges stand in 1970, in their order`,
      how: 'recordedAt is the beginning of 1970, as imports without times have it',
      basis: 'seen',
    },
  ]
}

function describeSource({ name, recording }: NamedRecording): TimelineSource {
  const { source, limits } = recording.provenance
  return {
    recording: name,
    recordedAt: recording.recordedAt,
    exchanges: recording.exchanges.length,
    taskStateChanges: recording.taskStateChanges?.length ?? 0,
    ...(typeof source === 'string' ? { source } : {}),
    ...(typeof limits === 'string' ? { limits } : {}),
    provenance: recording.provenance,
  }
}
