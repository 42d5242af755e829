/** StartTask itself: names, ARNs, outcome, and the documented contract as checks. */
export {
  formatArn,
  parseArn,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
  readTaskId,
} from './arn.ts'
export { checkError } from './check-error.ts'
export { checkExchange } from './check-exchange.ts'
export { checkRequest } from './check-request.ts'
export { checkResponse } from './check-response.ts'
export {
  ANSWER_FAULTS,
  COMMON_ERRORS,
  DOCUMENTED_ERRORS,
  FAILURE_REASONS,
  SERVICE_MESSAGES,
  TRANSPORT_FAULTS,
} from './generated/documented.js'
export type {
  DocumentedErrorName,
  FailureReasonName,
  ServiceMessageName,
} from './catalogue-names.ts'
export { RULE_IDS } from './generated/rule-ids.js'
export type { Finding, Severity } from './finding.ts'
export {
  DEFAULT_CLUSTER,
  ECS_SERVICE,
  namesEcsOtherwise,
  START_TASK,
  START_TASK_TARGET,
} from './operation.ts'
export type {
  ContainerOverride,
  NetworkConfiguration,
  StartTaskRequest,
  TaskOverride,
  TaskTag,
  TaskVolumeConfiguration,
} from './generated/request-body.ts'
export type { Container, StartTaskResponse, Task } from './generated/response-body.ts'
export { type Failure, type Outcome, readOutcome } from './outcome.ts'
export { MAX_OVERRIDES_LENGTH, MAX_TAGS } from './request-rules.ts'
export {
  findPrivateIds,
  mayHoldPrivateId,
  type PrivateIdKind,
  replacePrivateIds,
} from './aws-ids.ts'
