/** AWS JSON 1.1 framing: target, content type, JSON, pointers, error bodies, served headers. Knows no operation. */
export {
  isTransportFailure,
  readTransportFailure,
  type TransportFailure,
  type WireRequest,
  type WireResponse,
} from './wire.ts'
export type { Exchange, RecordedAnswer, RecordedRequest } from './exchange.ts'
export { AWS_JSON, isAwsJson, normaliseHeaders, parseTarget } from './target.ts'
export {
  formatCanonicalJson,
  hasRepeatedMembers,
  isNumber,
  isObject,
  type JsonObject,
  MAX_BODY_BYTES,
  MAX_DEPTH,
  measureDepth,
  parseBody,
  mayBeInexact,
  parseKnown,
  readBodyText,
  sortMembers,
} from './json.ts'
export { createPointerTree, type MarkedPlace } from './pointer-tree.ts'
export { formatPointer, parsePointer } from './pointer.ts'
export { type ErrorIdentity, formatErrorBody, readErrorIdentity } from './error-body.ts'
export {
  describeForeign,
  type ForeignProtocol,
  looksLikeQuery,
  readForeignProtocol,
  translateError,
} from './foreign.ts'
export { buildAnswer, buildErrorAnswer } from './answer.ts'
export { escapeControls, formatValueBriefly } from './safe-text.ts'
