import type { DOCUMENTED_ERRORS, FAILURE_REASONS, SERVICE_MESSAGES } from './generated/documented.js';
/** One of the errors that the API page lists for StartTask. */
export type DocumentedErrorName = keyof typeof DOCUMENTED_ERRORS;
/** Why a container instance got no task, as far as it is documented: the service's own list is open. */
export type FailureReasonName = keyof typeof FAILURE_REASONS;
/** What a text of the service is about. */
export type ServiceMessageName = keyof typeof SERVICE_MESSAGES;
