/** Everything that StartTask is documented to do to its caller, as recordings and faults that a replayer plays. */
import {
  COMMON_ERRORS,
  DOCUMENTED_ERRORS,
  FAILURE_REASONS,
  START_TASK,
  START_TASK_TARGET,
  TRANSPORT_FAULTS,
} from '../contract/index.ts'
import {
  AWS_JSON,
  type Exchange,
  type JsonObject,
  readList,
  readObject,
} from '../protocol/index.ts'
import type { Fault } from '../replayer/engine/index.ts'
import { composeBody, type Placement } from './compose.ts'

/** One thing that can happen. */
export interface OutcomeCase {
  /** `unplaced: AGENT`. What stands before the colon names the group. */
  name: string
  /** What the service does, in a sentence. */
  says: string
  /** The response without the fault; any StartTask request gets it, with its own container instances, cluster and tags. */
  exchange: Exchange
  faults: readonly Fault[]
  /** The fault comes instead of the response. */
  isInstead: boolean
}

/** The request that responses are composed for. The caller's own request replaces it when it is answered. */
const SAMPLE: JsonObject = {
  cluster: 'default',
  containerInstances: [
    '4c543eed-f83f-47da-b1d8-3d23f1da4c64',
    '8f2b7c1e-5a0d-4e3b-9c64-2d1f0a7b6e35',
  ],
  taskDefinition: 'hello_world:6',
}

const STARTED = composeBody(SAMPLE, ['task'])

/** All cases, in the order in which reports name them. */
export function listOutcomeCases(): OutcomeCase[] {
  return [
    ...listPlaced(),
    ...listUnplaced(),
    ...listRejected(),
    ...listRetried(),
    ...listUnreadable(),
    ...listNewer(),
  ]
}

function listPlaced(): OutcomeCase[] {
  return [
    response('started', 'HTTP 200 with a task for each container instance', STARTED),
    response(
      'started: failures absent',
      'as started, without a list of failures',
      omit(STARTED, 'failures'),
    ),
    response('started: failures null', 'as started, with null for the list of failures', {
      ...STARTED,
      failures: null,
    }),
    response(
      'partial',
      'HTTP 200 with a task for the first container instance and a failure for each other one; who names one instance meets its task alone',
      composeBody(SAMPLE, ['task', { reason: 'RESOURCE:MEMORY' }]),
    ),
  ]
}

function listUnplaced(): OutcomeCase[] {
  const because = (placement: Exclude<Placement, 'task'>) => composeBody(SAMPLE, [placement])
  const missing = because({ reason: 'MISSING' })
  return [
    ...Object.entries(FAILURE_REASONS).map(([reason, { meaning }]) =>
      response(
        `unplaced: ${reason}`,
        `HTTP 200 without a task: ${withoutStop(meaning)}`,
        because({ reason }),
      ),
    ),
    response(
      'unplaced: unknown reason',
      'HTTP 200 without a task, for a reason that is newer than the documentation',
      because({ reason: 'RESOURCE:QUANTUM' }),
    ),
    response(
      'unplaced: tasks absent',
      'HTTP 200 with failures and without a list of tasks',
      omit(missing, 'tasks'),
    ),
    response('unplaced: tasks null', 'HTTP 200 with failures and null for the list of tasks', {
      ...missing,
      tasks: null,
    }),
  ]
}

function listRejected(): OutcomeCase[] {
  return Object.entries({ ...DOCUMENTED_ERRORS, ...COMMON_ERRORS }).map(([fault, { meaning }]) =>
    spoil(
      `rejected: ${fault}`,
      `${fault}, each time: ${withoutStop(meaning)}`,
      [{ on: { share: 1 }, fault }],
      true,
    ),
  )
}

function listRetried(): OutcomeCase[] {
  return [
    spoil(
      'retried: throttled, then started',
      'ThrottlingException once; the next attempt starts the tasks',
      [{ on: 1, fault: 'ThrottlingException', attempts: 1 }],
      true,
    ),
    spoil(
      'retried: launched with a 500, then started again',
      'ServerException once although the tasks had started; StartTask has no client token, so that the next attempt starts them twice',
      [{ on: 1, fault: 'ServerException', attempts: 1 }],
      true,
    ),
  ]
}

function listUnreadable(): OutcomeCase[] {
  return Object.entries(TRANSPORT_FAULTS).map(([fault, { meaning }]) =>
    spoil(
      `unreadable: ${fault}`,
      `each time: ${withoutStop(meaning)}`,
      [{ on: { share: 1 }, fault }],
      true,
    ),
  )
}

function listNewer(): OutcomeCase[] {
  const [first] = readList(STARTED['tasks'])
  const tasks = (change: JsonObject) => ({
    ...STARTED,
    tasks: [{ ...readObject(first), ...change }],
  })
  return [
    response(
      'newer: unknown members',
      'as started, with members that the documentation does not have',
      {
        ...tasks({ quantumState: { spin: 'up' }, newerList: [1] }),
        nextToken: 'none',
      },
    ),
    response(
      'newer: unknown values',
      'as started, with values that the documentation does not list',
      tasks({ launchType: 'QUANTUM', lastStatus: 'WARMING', connectivity: 'MAYBE' }),
    ),
    spoil(
      'strange: wrong clock',
      'as started, with a Date of a quarter of an hour from now',
      [{ on: { share: 1 }, fault: 'clock-skew' }],
      false,
    ),
    spoil(
      'strange: wrong content type',
      'as started, with a Content-Type that is none of AWS JSON',
      [{ on: { share: 1 }, fault: 'wrong-content-type' }],
      false,
    ),
  ]
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

function omit(body: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([member]) => member !== name))
}

function response(name: string, says: string, body: JsonObject): OutcomeCase {
  return { name, says, exchange: makeExchange(body), faults: [], isInstead: false }
}

function spoil(
  name: string,
  says: string,
  faults: readonly Fault[],
  isInstead: boolean,
): OutcomeCase {
  return { name, says, exchange: makeExchange(STARTED), faults, isInstead }
}

function makeExchange(body: JsonObject): Exchange {
  return {
    operation: START_TASK,
    startedAtMs: 0,
    request: {
      headers: { 'content-type': AWS_JSON, 'x-amz-target': START_TASK_TARGET },
      body: SAMPLE,
    },
    response: {
      status: 200,
      headers: {
        'content-type': AWS_JSON,
        'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
      },
      body,
    },
  }
}
