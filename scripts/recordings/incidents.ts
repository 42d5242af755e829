/** The incidents in recordings/incidents/: composed from what is documented, by nobody's account. */
import { createHash } from 'node:crypto'
import { composeBody, type Placement } from '../../src/outcomes/compose.ts'
import { type Exchange, type JsonObject, type TaskStateChange } from '../../src/protocol/index.ts'
import { createRedaction, type RedactedRecording } from '../../src/redaction/index.ts'
import { createRecording } from '../../src/recording/index.ts'

/** When every incident begins. */
const BEGAN = Date.UTC(2026, 2, 2, 2, 0, 0)
const REQUEST_HEADERS = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
}
const INSTANCES = ['1a6e7a1c', '2b8f9b2d', '3c9d0c3e', '4d0e1d4f'].map(
  (start) => `${start}-0000-4000-8000-000000000001`,
)
const [FIRST = '', SECOND = '', THIRD = '', FOURTH = ''] = INSTANCES
const FAILURE_REASONS = 'API failure reasons, Amazon ECS developer guide'
const API_PAGE = 'StartTask, Amazon ECS API reference'
const THROTTLING = 'Request throttling for the Amazon ECS API'
const EVENTS = 'Amazon ECS task state change events, Amazon ECS developer guide'

/** The incidents, by their names. */
export const INCIDENTS: Readonly<Record<string, () => RedactedRecording>> = {
  'incidents/agent-disconnect-partial': composeAgentDisconnect,
  'incidents/server-error-task-started': composeServerError,
  'incidents/throttling-storm': composeThrottlingStorm,
}

/** Two of four instances lose their agents; one comes back, the other is deregistered. */
function composeAgentDisconnect(): RedactedRecording {
  const ask = (containerInstances: string[]): JsonObject => ({
    cluster: 'batch',
    containerInstances,
    startedBy: 'nightly-0200',
    taskDefinition: 'nightly:7',
  })
  const away: Placement = { reason: 'AGENT' }
  const exchanges = [
    response(0, 1, ask(INSTANCES), { placements: ['task', 'task', away], elapsedMs: 142 }),
    response(30_000, 2, ask([THIRD, FOURTH]), { placements: [away], elapsedMs: 61 }),
    response(300_000, 3, ask([THIRD, FOURTH]), { placements: ['task', away], elapsedMs: 97 }),
    response(1_200_000, 4, ask([FOURTH]), { placements: [{ reason: 'INACTIVE' }], elapsedMs: 58 }),
    response(
      3_600_000,
      5,
      { ...ask([FIRST, SECOND, THIRD]), startedBy: 'nightly-0300' },
      { placements: ['task'], elapsedMs: 131 },
    ),
  ]
  const tasks = exchanges.slice(0, 3).flatMap((exchange) => listTasks(exchange))
  return compose(
    EXPECTED['agent'],
    'the container agents of two of four instances disconnect: a launch is placed in part, and what failed is asked for again',
    [API_PAGE, FAILURE_REASONS, EVENTS],
    exchanges,
    tasks.flatMap(({ task, atMs }) => [
      change(task, atMs + 9_000, 'RUNNING'),
      finish(task, atMs + 600_000),
    ]),
  )
}

/** A StartTask is answered with 500 after it had started its task; the SDK sends it again. */
function composeServerError(): RedactedRecording {
  const request = {
    cluster: 'batch',
    containerInstances: [FIRST],
    startedBy: 'invoice-8841',
    taskDefinition: 'invoice:12',
  }
  const next = { ...request, containerInstances: [SECOND], startedBy: 'invoice-8842' }
  const lost = listTasks(
    response(1_100, 1, request, { placements: ['task'], elapsedMs: 1, salt: 'lost' }),
  )
  const error = refuse(0, 1, request, {
    status: 500,
    error: 'ServerException',
    message: 'Service Unavailable. Please try again later.',
    elapsedMs: 2_930,
  })
  const again = response(3_046, 1, request, { placements: ['task'], elapsedMs: 188, attempt: 2 })
  const later = response(2_400_000, 2, next, { placements: ['task'], elapsedMs: 120 })
  const tasks = [...lost, ...listTasks(again), ...listTasks(later)]
  return compose(
    EXPECTED['error'],
    'a request is answered with HTTP 500 after its task had started; StartTask has no client token, so the retry starts a second one',
    [API_PAGE, EVENTS],
    [error, again, later],
    tasks.flatMap(({ task, atMs }) => [
      change(task, atMs, 'PROVISIONING'),
      change(task, atMs + 12_000, 'RUNNING'),
      finish(task, atMs + 900_000),
    ]),
  )
}

const WORKERS = 12

/** Twelve workers launch at once, and all their SDKs retry; later launches pass. */
function composeThrottlingStorm(): RedactedRecording {
  const ask = (worker: number, round: number): JsonObject => ({
    cluster: 'batch',
    containerInstances: [INSTANCES[worker % INSTANCES.length] ?? FIRST],
    startedBy: `worker-${worker + 1}-round-${round}`,
    taskDefinition: 'shard:3',
  })
  const rounds = [1, 2].flatMap((round) =>
    Array.from({ length: WORKERS }, (_, worker) => {
      const began = (round - 1) * 30_000 + worker * 35
      const number = (round - 1) * WORKERS + worker + 1
      const fails = round === 1 && worker % 3 !== 0 // the bucket gives a third of them a token
      const delays = [0, 160 + worker * 11, 520 + worker * 23]
      return delays.map((delay, index) => {
        const isLast = index === delays.length - 1
        const at = { startedAtMs: began + delay, invocation: number, attempt: index + 1 }
        return isLast && !fails
          ? response(at.startedAtMs, number, ask(worker, 1), {
              placements: ['task'],
              elapsedMs: 90,
              attempt: at.attempt,
              salt: String(number),
            })
          : refuse(at.startedAtMs, number, ask(worker, 1), {
              status: 400,
              error: 'ThrottlingException',
              message: 'Rate exceeded',
              elapsedMs: 24,
              attempt: at.attempt,
            })
      })
    }).filter((_, worker) => round === 1 || worker % 3 !== 0),
  )
  const calm = Array.from({ length: 6 }, (_, index) =>
    response(600_000 + index * 600_000, 2 * WORKERS + index + 1, ask(index, 2), {
      placements: ['task'],
      elapsedMs: 95,
    }),
  )
  return compose(
    EXPECTED['storm'],
    'twelve workers launch at once and are throttled; their SDKs retry three times, most fail, and the callers try again half a minute later',
    [API_PAGE, THROTTLING],
    [...rounds.flat(), ...calm].toSorted((one, other) => one.startedAtMs - other.startedAtMs),
    [],
  )
}

/** What code must do, and must not, when the incident happens to it again. */
const EXPECTED: Readonly<Record<string, object>> = {
  agent: { launches: { atLeast: 3, atMost: 4 } },
  error: { forbid: ['incident.double-launch'], launches: { atMost: 1 } },
  storm: { launches: { atLeast: WORKERS } },
}

function compose(
  expectations: object | undefined,
  scenario: string,
  composedFrom: readonly string[],
  exchanges: readonly Exchange[],
  taskStateChanges: readonly TaskStateChange[],
): RedactedRecording {
  const redaction = createRedaction()
  const told = taskStateChanges
    .toSorted((one, other) => one.atMs - other.atMs)
    .map((one) => redaction.redactTaskState(one))
  return createRecording({
    recordedAt: new Date(BEGAN).toISOString(),
    provenance: redaction.redactProvenance({
      source: 'composed',
      scenario,
      composedFrom,
      ...(expectations ? { expectations } : {}),
      note: 'composed from documented behaviour; not from any account, and never seen of AWS',
    }),
    ...(told.length > 0 ? { taskStateChanges: told } : {}),
    exchanges: exchanges.map((exchange) => redaction.redactExchange(exchange)),
  })
}

interface SpecifiedInteraction {
  placements: readonly [Placement, ...Placement[]]
  elapsedMs: number
  attempt?: number
  /** Makes the ids of the tasks others than those of an equal request. */
  salt?: string
}

function response(
  startedAtMs: number,
  invocation: number,
  request: JsonObject,
  { placements, elapsedMs, attempt = 1, salt }: SpecifiedInteraction,
): Exchange {
  const body = composeBody(request, placements)
  const createdAt = (BEGAN + startedAtMs + Math.round(elapsedMs / 2)) / 1000
  const text = JSON.stringify(body, (name, value: unknown) =>
    name === 'createdAt' ? createdAt : value,
  )
  const salted = text.replace(/(?<=\/)[0-9a-f]{32}(?=")/g, (id) =>
    hash(`${id} ${salt ?? ''} ${startedAtMs}`),
  )
  return {
    ...describe(startedAtMs, invocation, attempt, elapsedMs, request),
    response: {
      status: 200,
      headers: describeHeaders(startedAtMs, invocation),
      body: JSON.parse(salted) as unknown,
    },
  }
}

interface Refused {
  status: number
  error: string
  message: string
  elapsedMs: number
  attempt?: number
}

function refuse(
  startedAtMs: number,
  invocation: number,
  request: JsonObject,
  { status, error, message, elapsedMs, attempt = 1 }: Refused,
): Exchange {
  return {
    ...describe(startedAtMs, invocation, attempt, elapsedMs, request),
    response: {
      status,
      headers: describeHeaders(startedAtMs, invocation),
      body: { __type: error, message },
    },
  }
}

function describe(
  startedAtMs: number,
  invocation: number,
  attempt: number,
  elapsedMs: number,
  body: JsonObject,
) {
  return {
    operation: 'StartTask',
    invocation: `invocation-${invocation}`,
    attempt,
    startedAtMs,
    elapsedMs,
    request: { headers: REQUEST_HEADERS, body },
  }
}

function describeHeaders(startedAtMs: number, invocation: number): Record<string, string> {
  const id = hash(`request ${startedAtMs} ${invocation}`)
  const requestId = [
    id.slice(0, 8),
    id.slice(8, 12),
    `4${id.slice(13, 16)}`,
    `8${id.slice(17, 20)}`,
    id.slice(20),
  ].join('-')
  return { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId }
}

interface Launched {
  task: JsonObject
  atMs: number
}

function listTasks({ startedAtMs, response: given }: Exchange): Launched[] {
  const body = 'body' in given ? (given.body as { tasks: JsonObject[] }) : { tasks: [] }
  return body.tasks.map((task) => ({ task, atMs: startedAtMs }))
}

function change(task: JsonObject, atMs: number, lastStatus: string): TaskStateChange {
  const version = { PROVISIONING: 1, PENDING: 2, RUNNING: 3, STOPPED: 5 }[lastStatus] ?? 1
  return {
    atMs,
    task: { ...task, lastStatus, version, containers: setContainers(task, { lastStatus }) },
  }
}

function finish(task: JsonObject, atMs: number): TaskStateChange {
  const { task: stopped } = change(task, atMs, 'STOPPED')
  return {
    atMs,
    task: {
      ...stopped,
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: setContainers(task, { lastStatus: 'STOPPED', exitCode: 0 }),
    },
  }
}

function setContainers({ containers }: JsonObject, members: object): object[] {
  return (containers as object[]).map((container) => ({ ...container, ...members }))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
