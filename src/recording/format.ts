import {
  type Exchange,
  isTransportFailure,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  sortMembers,
} from '../protocol/index.ts'

/**
 * A recording's canonical text: the envelope's members in reading order, headers and bodies with sorted members, two spaces, a final
 * line feed. The same recording always gives the same text.
 */
export function formatRecording(recording: Recording): string {
  const ordered = {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: recording.recordedAt,
    provenance: sortMembers(recording.provenance),
    taskStateChanges: recording.taskStateChanges?.map(({ atMs, task }) => ({
      atMs,
      task: sortMembers(task),
    })),
    exchanges: recording.exchanges.map(orderExchange),
  }
  return `${JSON.stringify(ordered, undefined, 2)}\n`
}

function orderExchange(exchange: Exchange): object {
  const { operation, invocation, attempt, startedAtMs, headersMs, elapsedMs, request, response } =
    exchange
  return {
    operation,
    invocation,
    attempt,
    startedAtMs,
    headersMs,
    elapsedMs,
    request: {
      headers: sortMembers(request.headers),
      body: sortMembers(request.body),
      bodyText: request.bodyText,
      bodyBase64: request.bodyBase64,
    },
    response: isTransportFailure(response)
      ? { failure: response.failure, code: response.code }
      : {
          status: response.status,
          headers: sortMembers(response.headers),
          body: sortMembers(response.body),
          bodyText: response.bodyText,
          bodyBase64: response.bodyBase64,
        },
  }
}
