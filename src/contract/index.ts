/** StartTask itself: names, ARNs, outcome, and the documented contract as checks. */
export { type Arn, formatArn, parseArn, readClusterName, readContainerInstanceId, readTaskDefinitionName, readTaskId } from './arn.ts'
export type { Finding, Severity } from './finding.ts'
export { DEFAULT_CLUSTER, ECS_SERVICE, START_TASK, START_TASK_TARGET } from './operation.ts'
export { type Failure, type Outcome, readOutcome } from './outcome.ts'
