import type {
  Exchange,
  RecordedResponse,
  Recording,
  TransportFailure,
} from '../../src/protocol/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'

export const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'
const ARN = 'arn:aws:ecs:us-east-1:000058083549'

/** A StartTask request that nobody recorded, but for its instance. */
export function buildInput(instance: string): {
  taskDefinition: string
  containerInstances: string[]
} {
  return { taskDefinition: 'web:3', containerInstances: [instance] }
}

/** A response as a recorder keeps it. */
export function buildResponse(
  status: number,
  body: unknown,
  more: Partial<RecordedResponse> = {},
): RecordedResponse {
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': 'recorded-request-id',
    },
    body,
    ...more,
  }
}

/** A recorded StartTask exchange. */
export function buildExchange(
  body: unknown,
  response: RecordedResponse | TransportFailure,
): Exchange {
  return {
    operation: 'StartTask',
    startedAtMs: 0,
    elapsedMs: 5,
    request: { headers: { 'x-amz-target': TARGET }, body },
    response,
  }
}

/** A recording of the exchanges, as it is after it was written and read. */
export function buildRecording(...exchanges: Exchange[]): Recording {
  const recording: Recording = {
    format: 'starttask-recording',
    version: 1,
    recordedAt: '2016-11-21T22:00:32.000Z',
    provenance: { source: 'a test' },
    exchanges,
  }
  return parseRecording(formatUnredacted(recording))
}

const TASK = {
  taskArn: `${ARN}:task/default/fdf2c302-468c-4e55-b884-5331d816e7fb`,
  containerInstanceArn: `${ARN}:container-instance/default/4c543eed-f83f-47da-b1d8-3d23f1da4c64`,
  taskDefinitionArn: `${ARN}:task-definition/web:3`,
  clusterArn: `${ARN}:cluster/default`,
  lastStatus: 'PENDING',
  desiredStatus: 'RUNNING',
  createdAt: 1_479_765_460.842,
  containers: [{ name: 'web', lastStatus: 'PENDING', cpu: '256' }],
  overrides: { containerOverrides: [{ name: 'web' }] },
}
const FAILURE = { arn: `${ARN}:container-instance/default/gone`, reason: 'AGENT' }

export const STARTED = buildExchange(
  buildInput('started'),
  buildResponse(200, { tasks: [TASK], failures: [] }),
)
const PARTIAL = buildExchange(
  buildInput('partial'),
  buildResponse(200, { tasks: [TASK], failures: [FAILURE] }),
)
const UNPLACED = buildExchange(
  buildInput('unplaced'),
  buildResponse(200, { tasks: [], failures: [FAILURE] }),
)
export const REJECTED = buildExchange(
  buildInput('rejected'),
  buildResponse(400, { __type: 'ClusterNotFoundException', message: 'Cluster not found.' }),
)
/** One exchange of each outcome that has a response in AWS JSON. */
export const OUTCOMES: readonly Exchange[] = [STARTED, PARTIAL, UNPLACED, REJECTED]
