import { ECS_SERVICE } from '../contract/index.ts'
import {
  type Exchange,
  formatCanonicalJson,
  formatRecordedText,
  isObject,
  isTransportFailure,
  type RecordedResponse,
  type Recording,
  type TransportFailure,
} from '../protocol/index.ts'
import { containsPseudonym, type RedactedRecording } from '../redaction/index.ts'

/** What WireMock cannot play. */
export interface LeftOut {
  recording: number
  exchange: number
  reason: string
}

/**
 * Recordings as stub mappings of WireMock, in one file as its `mappings/` takes it. A request that was recorded again is a scenario, whose last
 * response goes on being given; places where a pseudonym is recorded take any text. When, how long and which attempt stand in `metadata`.
 * What no mapping can answer is named: a request of which nothing was kept, and a refused connection.
 */
export function formatWireMock(recordings: readonly RedactedRecording[]): {
  mappings: object[]
  leftOut: LeftOut[]
} {
  const leftOut: LeftOut[] = []
  const requests = new Map<string, Stub[]>()
  for (const [index, recording] of recordings.entries()) {
    for (const [number, exchange] of recording.exchanges.entries()) {
      const stub = formatStub(recording, exchange)
      if (typeof stub === 'string')
        leftOut.push({ recording: index, exchange: number + 1, reason: stub })
      else {
        const key = formatCanonicalJson(stub.request)
        requests.set(key, [...(requests.get(key) ?? []), stub])
      }
    }
  }
  return {
    mappings: [...requests.values()].flatMap((stubs, index) => formatScenario(stubs, index + 1)),
    leftOut,
  }
}

interface Stub {
  request: object
  response: object
  metadata: object
}

function formatScenario(stubs: readonly Stub[], number: number): object[] {
  if (stubs.length === 1) return [...stubs]
  return stubs.map((stub, index) => ({
    ...stub,
    scenarioName: `request-${number}`,
    requiredScenarioState: index === 0 ? 'Started' : `request-${number}-${index + 1}`,
    ...(index === stubs.length - 1 ? {} : { newScenarioState: `request-${number}-${index + 2}` }),
  }))
}

/** The mapping, or why there is none. */
function formatStub({ recordedAt }: Recording, exchange: Exchange): Stub | string {
  const { operation, invocation, attempt, startedAtMs, headersMs, elapsedMs, request, response } =
    exchange
  const pattern = formatBodyPattern(request)
  if (!pattern) return 'nothing was kept of the request'
  const served = isTransportFailure(response) ? formatFault(response) : formatResponse(response)
  if (!served) return 'WireMock cannot refuse a connection, nor hang'
  return {
    request: {
      method: 'POST',
      urlPath: '/',
      headers: { 'X-Amz-Target': { equalTo: `${ECS_SERVICE}.${operation}` } },
      bodyPatterns: [pattern],
    },
    response: served,
    metadata: {
      starttask: {
        at: Date.parse(recordedAt) + startedAtMs,
        invocation,
        attempt,
        headersMs,
        elapsedMs,
      },
    },
  }
}

function formatBodyPattern({
  body,
  bodyText,
  bodyBase64,
}: Exchange['request']): object | undefined {
  if (bodyBase64 !== undefined) return { binaryEqualTo: bodyBase64 }
  if (bodyText !== undefined) return { equalTo: bodyText }
  return body === null
    ? undefined
    : { equalToJson: openPseudonyms(body), ignoreArrayOrder: false, ignoreExtraElements: false }
}

function openPseudonyms(value: unknown): unknown {
  if (typeof value === 'string') return containsPseudonym(value) ? '${json-unit.any-string}' : value
  if (Array.isArray(value)) return value.map(openPseudonyms)
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, openPseudonyms(member)]),
      )
    : value
}

function formatResponse(response: RecordedResponse): object {
  const { status, headers, bodyBase64 } = response
  const content =
    bodyBase64 === undefined ? { body: formatRecordedText(response) } : { base64Body: bodyBase64 }
  return { status, headers, ...content }
}

function formatFault({ failure }: TransportFailure): object | undefined {
  if (failure === 'reset') return { fault: 'CONNECTION_RESET_BY_PEER' }
  return failure === 'truncated'
    ? { fault: 'MALFORMED_RESPONSE_CHUNK' }
    : failure === 'other'
      ? { fault: 'EMPTY_RESPONSE' }
      : undefined
}
