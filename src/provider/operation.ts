import { ECS_SERVICE, START_TASK } from '../contract/index.ts'
import {
  AWS_JSON,
  isObject,
  type JsonObject,
  normaliseHeaders,
  parseBody,
  parseTarget,
  type WireRequest,
} from '../protocol/index.ts'
import { answerDescribeTasks } from './describe-tasks.ts'
import { answerListContainerInstances } from './list-container-instances.ts'
import { answerListTasks } from './list-tasks.ts'
import { refuse, type Refusal, type Reply, type Surroundings } from './reply.ts'
import { answerStartTask } from './start-task.ts'
import { answerStopTask } from './stop-task.ts'

type Operation = (body: JsonObject, surroundings: Surroundings) => Reply

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  [START_TASK, answerStartTask],
  ['ListContainerInstances', answerListContainerInstances],
  ['DescribeTasks', answerDescribeTasks],
  ['StopTask', answerStopTask],
  ['ListTasks', answerListTasks],
])

const ANSWERED = `This provider answers ${[...OPERATIONS.keys()].join(', ')} only`

/** Reads the framing of a request and has its operation answer. */
export function answerOperation(request: WireRequest, surroundings: Surroundings): Reply {
  const headers = normaliseHeaders(request.headers)
  const target = parseTarget(headers['x-amz-target'])
  const operation = target?.service === ECS_SERVICE ? OPERATIONS.get(target.operation) : undefined
  if (request.method !== 'POST' || readMediaType(headers['content-type']) !== AWS_JSON) {
    return refuse(
      'UnknownOperationException',
      `${ANSWERED}, sent by POST with the content type ${AWS_JSON}.`,
    )
  }
  if (!operation)
    return refuse('UnknownOperationException', `${ANSWERED}; it is no emulator of ECS.`)
  const body = readBody(request.body)
  return 'refusal' in body ? body : operation(body.members, surroundings)
}

function readMediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase()
}

/** An empty body is one without members, as an SDK may send it. */
function readBody(bytes: WireRequest['body']): { members: JsonObject } | Refusal {
  try {
    const members = parseBody(bytes) ?? {}
    return isObject(members)
      ? { members }
      : refuse('SerializationException', 'The body is no JSON object.')
  } catch (error) {
    return refuse(
      'SerializationException',
      error instanceof Error ? error.message : 'The body cannot be read.',
    )
  }
}
