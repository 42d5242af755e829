import {
  type AttemptEvent,
  type IncidentFinding,
  type RedactedTimeline,
} from '../../src/incident/index.ts'
import type { Exchange, Recording } from '../../src/protocol/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { createUnredactedTimeline } from '../suites/unredacted.ts'

const ARN = 'arn:aws:ecs:us-east-1:000000000000'
const BEGAN = '2026-11-24T10:00:00.000Z'
/** What a made request asks for unless told otherwise. */
export const ASKED = { taskDefinition: 'web:1', containerInstances: ['ci-1'], startedBy: 'job-1' }

/** An exchange at a time, in milliseconds. */
export function makeExchange(
  startedAtMs: number,
  response: Exchange['response'],
  told: Partial<Exchange> & { body?: unknown } = {},
): Exchange {
  const { body = ASKED, ...rest } = told
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
  }
  return {
    operation: 'StartTask',
    startedAtMs,
    elapsedMs: 10,
    request: { headers, body },
    response,
    ...rest,
  }
}

/** A response with tasks and failures, each failure by its reason. */
export function makeResponse(
  tasks: readonly string[],
  failures: readonly string[] = [],
): Exchange['response'] {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: {
      tasks: tasks.map((id) => ({ taskArn: `${ARN}:task/default/${id}` })),
      failures: failures.map((reason, index) => ({
        arn: `${ARN}:container-instance/default/ci-${index}`,
        reason,
      })),
    },
  }
}

/** A refusal. */
export function makeError(status: number, name: string): Exchange['response'] {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: { __type: name, message: 'why' },
  }
}

/** A state change of a task that a made request asks for. */
export function makeState(
  atMs: number,
  id: string,
  change: object = {},
): { atMs: number; task: Record<string, unknown> } {
  return {
    atMs,
    task: {
      taskArn: `${ARN}:task/default/${id}`,
      taskDefinitionArn: `${ARN}:task-definition/web:1`,
      containerInstanceArn: `${ARN}:container-instance/default/ci-1`,
      startedBy: 'job-1',
      lastStatus: 'PROVISIONING',
      version: atMs,
      ...change,
    },
  }
}

/** A recording of these. */
export function makeRecording(
  exchanges: readonly Exchange[],
  rest: Partial<Recording> = {},
): Recording {
  const whole = {
    format: 'starttask-recording',
    version: 1,
    recordedAt: BEGAN,
    provenance: {},
    exchanges,
    ...rest,
  }
  return parseRecording(JSON.stringify(whole))
}

/** The timeline of one recording. */
export function makeTimeline(
  exchanges: readonly Exchange[],
  rest: Partial<Recording> = {},
): RedactedTimeline {
  return createUnredactedTimeline([{ name: 'a.json', recording: makeRecording(exchanges, rest) }])
}

/** The findings of a rule. */
export function findRule(
  { findings }: RedactedTimeline,
  rule: IncidentFinding['rule'],
): IncidentFinding[] {
  return findings.filter((finding) => finding.rule === rule)
}

/** The numbers of the attempts of each invocation, in the timeline. */
export function listAttempts({ events, invocations }: RedactedTimeline): number[][] {
  const numbers = new Map(events.map((event, index) => [event, index + 1]))
  return invocations.map(({ attempts }) =>
    attempts.map((attempt: AttemptEvent) => numbers.get(attempt) ?? 0),
  )
}
