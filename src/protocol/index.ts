/** AWS JSON 1.1: requests and responses on the wire, JSON and pointers, error bodies, and the types of recordings. Knows no operation. */

export {
  type CapturedRequest,
  type CapturedResponse,
  readCapturedRequest,
  readCapturedResponse,
} from './captured.ts'
export {
  createPointerTree,
  formatCanonicalJson,
  formatPointer,
  hashText,
  hasRepeatedMembers,
  isNumber,
  isObject,
  type JsonObject,
  type MarkedPlace,
  MAX_BODY_BYTES,
  MAX_DEPTH,
  mayBeInexact,
  measureDepth,
  parseBody,
  parseKnown,
  parsePointer,
  readBodyText,
  readList,
  readNumber,
  readObject,
  readText,
  sortMembers,
} from './json.ts'
export {
  createRecording,
  type Exchange,
  formatRecordedText,
  readRecordedBody,
  type RecordedBody,
  type RecordedRequest,
  type RecordedResponse,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type TaskStateChange,
} from './recording.ts'
export {
  buildErrorResponse,
  buildResponse,
  type ErrorIdentity,
  formatErrorBody,
  readErrorIdentity,
} from './response.ts'
export {
  describeUnsupportedProtocol,
  looksLikeQuery,
  readUnsupportedProtocol,
  translateError,
  type UnsupportedProtocol,
} from './unsupported-protocol.ts'
export {
  AWS_JSON,
  isAwsJson,
  isTransportFailure,
  normaliseHeaders,
  parseTarget,
  readDefaultCode,
  readTransportFailure,
  type TransportFailure,
  type WireRequest,
  type WireResponse,
} from './wire.ts'
