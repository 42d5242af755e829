import { formatErrorBody, type ErrorIdentity } from './error-body.ts'
import { AWS_JSON } from './target.ts'
import type { WireResponse } from './wire.ts'

/**
 * A response with headers made for it now. `Date`, `Content-Length` and the request id of a recording are never served: a stale `Date`
 * alone makes SDK v3 retry every error and sign its next requests with the recorded time.
 */
export function buildResponse(
  status: number,
  body: string,
  making: { now: number; requestId: string; contentType?: string },
): WireResponse {
  return {
    status,
    headers: {
      'content-type': making.contentType ?? AWS_JSON,
      'content-length': String(Buffer.byteLength(body)),
      date: new Date(making.now).toUTCString(),
      'x-amzn-requestid': making.requestId,
    },
    body,
  }
}

/** An AWS JSON error response. */
export function buildErrorResponse(
  status: number,
  error: ErrorIdentity,
  making: { now: number; requestId: string },
): WireResponse {
  return buildResponse(status, formatErrorBody(error), making)
}
