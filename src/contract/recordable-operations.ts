import { ECS_SERVICE, START_TASK } from './operation.ts'
import { HarnessError } from '../message/index.ts'
import { parseTarget } from '../protocol/index.ts'

/** Its response carries a live token for a shell in a container. */
const NEVER = ['ExecuteCommand']

/** StartTask and what else is allowed. Throws `usage` for an operation that is never recorded. */
export function chooseOperations(allow: readonly string[] = []): readonly string[] {
  const never = allow.find((operation) => NEVER.includes(operation))
  if (never !== undefined)
    throw new HarnessError(
      'usage',
      `${never} is never recorded: its response carries a live token. Leave it out of allow.`,
    )
  return [START_TASK, ...allow]
}

/** Whether an operation is refused whatever is allowed. */
export function isNeverRecorded(operation: string | undefined): boolean {
  return operation !== undefined && NEVER.includes(operation)
}

/** The ECS operation of a target when it is among those that are recorded. Targets of other services have none. */
export function readOperation(
  target: string | undefined,
  operations: readonly string[],
): string | undefined {
  const read = parseTarget(target)
  return read?.service === ECS_SERVICE && operations.includes(read.operation)
    ? read.operation
    : undefined
}
