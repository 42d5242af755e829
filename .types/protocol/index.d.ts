/** AWS JSON 1.1 framing: target, content type, JSON, pointers, error bodies, served headers. Knows no operation. */
export { type CapturedResponse, type CapturedRequest, readCapturedResponse, readCapturedRequest, } from './captured.ts';
export { type ErrorIdentity, formatErrorBody, readErrorIdentity } from './error-body.ts';
export type { Exchange, RecordedResponse, RecordedRequest } from './exchange.ts';
export { formatCanonicalJson, hasRepeatedMembers, isNumber, isObject, type JsonObject, MAX_BODY_BYTES, MAX_DEPTH, mayBeInexact, measureDepth, parseBody, parseKnown, readBodyText, sortMembers, } from './json.ts';
export { readList, readNumber, readObject, readText } from './json-values.ts';
export { createPointerTree, type MarkedPlace } from './pointer-tree.ts';
export { formatPointer, parsePointer } from './pointer.ts';
export { type Recording, RECORDING_FORMAT, RECORDING_VERSION, type TaskStateChange, } from './recording.ts';
export { buildResponse, buildErrorResponse } from './served-response.ts';
export { AWS_JSON, isAwsJson, normaliseHeaders, parseTarget } from './target.ts';
export { hashText } from './text-hash.ts';
export { describeUnsupportedProtocol, type UnsupportedProtocol, looksLikeQuery, readUnsupportedProtocol, translateError, } from './unsupported-protocol.ts';
export { isTransportFailure, readTransportFailure, type TransportFailure, type WireRequest, type WireResponse, } from './wire.ts';
