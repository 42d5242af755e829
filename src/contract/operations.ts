import { HarnessError } from '../message/index.ts'
import { parseTarget } from '../protocol/index.ts'

/** The operation that this package is about. */
export const START_TASK = 'StartTask'
/** The service half of the `X-Amz-Target` of every ECS request. Source: the API page, Sample Request. */
export const ECS_SERVICE = 'AmazonEC2ContainerServiceV20141113'

/** The `X-Amz-Target` of a StartTask request. */
export const START_TASK_TARGET = `${ECS_SERVICE}.${START_TASK}`
/**
 * Reports whether a request without an `X-Amz-Target` is for ECS, by the path of Smithy's RPC v2 or by the service that it is signed for. Such
 * requests use protocols that are neither recorded nor replayed.
 */
export function namesEcsOtherwise(url: string, authorization: string | null | undefined): boolean {
  return (
    url.includes(`/service/${ECS_SERVICE}/operation/`) ||
    /\/ecs\/aws4_request\b/.test(authorization ?? '')
  )
}

/** The cluster of a request that names none. Source: the API page, `cluster`. */
export const DEFAULT_CLUSTER = 'default'

/** The response of ExecuteCommand has a live token for a shell in a container. */
const NEVER = ['ExecuteCommand']

/** Returns StartTask and the allowed operations. Throws `usage` for an operation that is never recorded. */
export function chooseOperations(allow: readonly string[] = []): readonly string[] {
  const never = allow.find((operation) => NEVER.includes(operation))
  if (never !== undefined)
    throw new HarnessError(
      'usage',
      `${never} is never recorded: its response carries a live token. Leave it out of allow.`,
    )
  return [START_TASK, ...allow]
}

/** Reports whether an operation is never recorded. */
export function isNeverRecorded(operation: string | undefined): boolean {
  return operation !== undefined && NEVER.includes(operation)
}

/** Returns the ECS operation of a target if it is one of `operations`. */
export function readOperation(
  target: string | undefined,
  operations: readonly string[],
): string | undefined {
  const read = parseTarget(target)
  return read?.service === ECS_SERVICE && operations.includes(read.operation)
    ? read.operation
    : undefined
}
