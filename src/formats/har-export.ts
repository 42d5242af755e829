import { ECS_SERVICE } from '../contract/index.ts'
import {
  type Exchange,
  formatRecordedText,
  isTransportFailure,
  type RecordedRequest,
  type RecordedResponse,
  type Recording,
  type TransportFailure,
} from '../protocol/index.ts'
import type { RedactedRecording } from '../redaction/index.ts'
import { VERSION } from '../package/index.ts'

/**
 * Recordings as one HTTP archive 1.2, exchanges in the order of the recordings. Attempts and kinds of failures stand in members of our own,
 * whose names begin with an underscore as the specification asks; durations that nobody measured are 0.
 */
export function formatHar(recordings: readonly RedactedRecording[]): object {
  return {
    log: {
      version: '1.2',
      creator: { name: 'starttask-harness', version: VERSION },
      entries: recordings.flatMap((recording) =>
        recording.exchanges.map((exchange) => formatEntry(recording, exchange)),
      ),
    },
  }
}

function formatEntry({ recordedAt, provenance }: Recording, exchange: Exchange): object {
  const {
    operation,
    invocation,
    attempt,
    startedAtMs,
    headersMs,
    elapsedMs = 0,
    request,
    response,
  } = exchange
  const wait = headersMs ?? 0
  return {
    startedDateTime: new Date(Date.parse(recordedAt) + startedAtMs).toISOString(),
    time: elapsedMs,
    request: {
      method: 'POST',
      url: chooseUrl(provenance['upstream']),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: formatHeaders({ 'x-amz-target': `${ECS_SERVICE}.${operation}`, ...request.headers }),
      queryString: [],
      postData: { mimeType: request.headers['content-type'] ?? '', ...formatRequestText(request) },
      headersSize: -1,
      bodySize: -1,
    },
    response: isTransportFailure(response) ? formatFailure(response) : formatResponse(response),
    cache: {},
    timings: { send: 0, wait, receive: elapsedMs - wait },
    ...(invocation === undefined || attempt === undefined
      ? {}
      : { _starttask: { invocation, attempt } }),
  }
}

/** A recording says where it was made, or nothing: `.invalid` is nobody's. */
function chooseUrl(upstream: unknown): string {
  return typeof upstream === 'string' && URL.canParse(upstream)
    ? new URL('/', upstream).href
    : 'https://ecs.invalid/'
}

function formatHeaders(headers: Record<string, string>): object[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}

function formatRequestText(request: RecordedRequest): object {
  const { bodyBase64 } = request
  if (bodyBase64 !== undefined) return { text: bodyBase64, _encoding: 'base64' }
  return { text: formatRecordedText(request) }
}

function formatResponse(response: RecordedResponse): object {
  const { status, headers, bodyBase64 } = response
  const text = bodyBase64 ?? formatRecordedText(response)
  return {
    ...describeResponse(status),
    headers: formatHeaders(headers),
    content: {
      size: Buffer.byteLength(text, bodyBase64 === undefined ? 'utf8' : 'base64'),
      mimeType: headers['content-type'] ?? '',
      text,
      ...(bodyBase64 === undefined ? {} : { encoding: 'base64' }),
    },
  }
}

function formatFailure({ failure, code }: TransportFailure): object {
  return {
    ...describeResponse(0),
    headers: [],
    content: { size: 0, mimeType: '' },
    _failure: { failure, ...(code === undefined ? {} : { code }) },
  }
}

function describeResponse(status: number): object {
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
  }
}
