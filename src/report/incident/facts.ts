/** What a report says, whatever it is written in. */
import { cutText, formatCount } from '../../message/index.ts'
import type { Content } from '../../page/index.ts'
import { countStatuses } from './bins.ts'
import {
  type AttemptEvent,
  formatDuration,
  type IncidentFinding,
  type Reenactment,
  type Timeline,
} from '../../incident/index.ts'

/** What a report may be given besides its timeline. */
export interface ReportOptions {
  /** Instead of what the recordings say of their scenario. */
  title?: string
  /** How today's code fared: the report sets the two side by side. */
  reenactment?: Reenactment<unknown>
  /** When the report was made, UTC in ISO 8601. Left out by default, so that the same incident gives the same report. */
  madeAt?: string
}

/** A part of the page, and the events that can be led to in it, by number. */
export interface LinkedPart {
  content: Content
  events: ReadonlySet<number>
}

/** What tells where an event is: its number, and its time by the clock. */
export interface Place {
  numbers: ReadonlyMap<unknown, number>
  clock: ReturnType<typeof createClock>
}

/** Events by their numbers in the timeline, from 1. */
export function numberEvents({ events }: Timeline): ReadonlyMap<unknown, number> {
  return new Map(events.map((event, index) => [event, index + 1]))
}

/** The report's heading: what was asked for, what one recording says of its scenario, or when it was. */
export function nameReport({ sources, beganAt }: Timeline, { title }: ReportOptions): string {
  const scenarios = [
    ...new Set(
      sources.flatMap(({ provenance: { scenario } }) =>
        typeof scenario === 'string' ? [scenario] : [],
      ),
    ),
  ]
  const [scenario] = scenarios
  if (title !== undefined) return title
  return scenario !== undefined && scenarios.length === 1
    ? cutText(scenario, 200)
    : `Incident of ${formatMinute(beganAt)}`
}

/** All attempts of a timeline, in the order of time. */
export function listAttempts({ events }: Timeline): AttemptEvent[] {
  return events.filter((event) => event.kind === 'attempt')
}

/** Describes what happened, in one sentence. */
export function describeReport(timeline: Timeline): string {
  const { events, invocations, spanMs, repeated, beganAt } = timeline
  const attempts = listAttempts(timeline)
  const changes = events.length - attempts.length
  const counted = [
    formatCount(invocations.length, 'invocation'),
    formatCount(attempts.length, 'attempt'),
    ...(changes > 0 ? [formatCount(changes, 'task state change')] : []),
  ]
  const again = repeated > 0 ? ` (${formatCount(repeated, 'change')} more delivered again)` : ''
  return `${counted.join(', ')}${again} in ${formatDuration(spanMs)} from ${formatMinute(beganAt)}.`
}

/** The numbers at the head of a report, each by its name. */
export function listFacts(timeline: Timeline): [string, string][] {
  const { beganAt, spanMs, findings, invocations } = timeline
  const attempts = listAttempts(timeline)
  const launched = attempts.reduce((sum, { taskArns }) => sum + taskArns.length, 0)
  const retried = invocations.filter(
    (invocation) => invocation.attempts.length + invocation.unseen > 1,
  ).length
  return [
    ['Began', formatMoment(beganAt)],
    ['Ended', formatMoment(addTime(beganAt, spanMs))],
    ['Invocations', `${invocations.length}, ${retried} of them with retries`],
    [
      'Attempts',
      countStatuses(attempts)
        .map(([status, count]) => `${count} ${status}`)
        .join(', ') || 'none',
    ],
    ['Tasks that responses name as started', String(launched)],
    ['Findings', countSeverities(findings)],
  ]
}

/** How many findings of each severity. */
function countSeverities(findings: readonly IncidentFinding[]): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    const plural = severity === 'info' ? severity : `${severity}s`
    return count === 0 ? [] : [formatCount(count, severity, plural)]
  })
  return counts.join(', ') || 'none'
}

/** Findings with the worst first; among equals in the order of time. */
export function sortFindings(findings: readonly IncidentFinding[]): IncidentFinding[] {
  const weight = { error: 0, warning: 1, info: 2 }
  return findings.toSorted((one, other) => weight[one.severity] - weight[other.severity])
}

/** What sources cannot tell, each once. */
export function listLimits({ sources }: Timeline): string[] {
  return [...new Set(sources.flatMap(({ limits }) => limits ?? []))]
}

/** When something was, by the clock; with the day where a timeline goes over more than one. */
export function createClock({ beganAt, spanMs }: Timeline): {
  iso: (atMs: number) => string
  format: (atMs: number) => string
} {
  const iso = (atMs: number) => addTime(beganAt, atMs)
  const isOneDay = iso(0).slice(0, 10) === iso(spanMs).slice(0, 10)
  return {
    iso,
    format: (atMs) =>
      iso(atMs)
        .slice(isOneDay ? 11 : 5, 23)
        .replace('T', ' '),
  }
}

/** The last time that can be said; whoever recorded a later one made it up. */
const LAST_MS = 8.64e15

function addTime(iso: string, ms: number): string {
  return new Date(Math.min(LAST_MS, Date.parse(iso) + ms)).toISOString()
}

function formatMoment(iso: string): string {
  return `${iso.slice(0, 23).replace('T', ' ')} UTC`
}

function formatMinute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}
