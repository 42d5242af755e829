/** StartTask itself: names, ARNs, outcome, and the documented contract as checks. */
export {
  findPrivateIds,
  formatArn,
  mayHoldPrivateId,
  parseArn,
  type PrivateIdKind,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
  readTaskId,
  replacePrivateIds,
} from './aws-ids.ts'
export {
  type BodyPlace,
  type BodyRule,
  type Condition,
  findPlace,
  type RuleKeyword,
} from './body-place.ts'
export { checkError } from './check-error.ts'
export { checkExchange, checkRequest, checkResponse } from './check.ts'
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
  chooseOperations,
  DEFAULT_CLUSTER,
  ECS_SERVICE,
  isNeverRecorded,
  namesEcsOtherwise,
  readOperation,
  START_TASK,
  START_TASK_TARGET,
} from './operations.ts'
export { type Failure, type Outcome, readOutcome } from './outcome.ts'
export { MAX_OVERRIDES_LENGTH, MAX_TAGS } from './request-rules.ts'
export {
  type DocumentedErrorName,
  type FailureReasonName,
  RULES,
  type ServiceMessageName,
} from './rules.ts'
