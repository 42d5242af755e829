/** StartTask itself: names, ARNs, outcome, and the documented contract as checks. */
export {
  formatArn,
  parseArn,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
  readTaskId,
} from './arn.ts'
export {
  findPrivateIds,
  mayHoldPrivateId,
  type PrivateIdKind,
  replacePrivateIds,
} from './aws-ids.ts'
export {
  type BodyPlace,
  type BodyRule,
  type Condition,
  findPlace,
  type RuleKeyword,
} from './body-place.ts'
export type {
  DocumentedErrorName,
  FailureReasonName,
  ServiceMessageName,
} from './catalogue-names.ts'
export { checkError } from './check-error.ts'
export { checkExchange } from './check-exchange.ts'
export { checkRequest } from './check-request.ts'
export { checkResponse } from './check-response.ts'
export { compareModels, type Drift } from './drift-compare.ts'
export type { DriftFinding, Unchecked } from './drift-finding.ts'
export { readModel } from './drift.ts'
export type { Finding, Severity } from './finding.ts'
export {
  RESPONSE_FAULTS,
  COMMON_ERRORS,
  DOCUMENTED_ERRORS,
  FAILURE_REASONS,
  SERVICE_MESSAGES,
  TRANSPORT_FAULTS,
} from './generated/documented.js'
export { REQUEST_PLACES, RESPONSE_PLACES } from './generated/places.ts'
export type {
  ContainerOverride,
  NetworkConfiguration,
  StartTaskRequest,
  TaskOverride,
  TaskTag,
  TaskVolumeConfiguration,
} from './generated/request-body.ts'
export type { Container, StartTaskResponse, Task } from './generated/response-body.ts'
export { RULE_IDS } from './generated/rule-ids.js'
export { type ContractDocuments, readContractModel } from './model-contract.ts'
export { readSdkModel } from './model-sdk.ts'
export type { Model } from './model.ts'
export {
  DEFAULT_CLUSTER,
  ECS_SERVICE,
  namesEcsOtherwise,
  START_TASK,
  START_TASK_TARGET,
} from './operation.ts'
export { type Failure, type Outcome, readOutcome } from './outcome.ts'
export { chooseOperations, isNeverRecorded, readOperation } from './recordable-operations.ts'
export { MAX_OVERRIDES_LENGTH, MAX_TAGS } from './request-rules.ts'
export { RULES } from './rules.ts'
