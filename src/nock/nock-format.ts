import { ECS_SERVICE } from '../contract/index.ts'
import { HarnessError, requireKnownOptions } from '../message/index.ts'
import {
  type Exchange,
  formatRecordedText,
  isTransportFailure,
  type RecordedResponse,
} from '../protocol/index.ts'
import type { RedactedRecording } from '../redaction/index.ts'

/** What one of nock's definitions says, as nock's own recorder writes it and `nock.define` takes it. Plain data. */
export interface NockDefinition {
  /** The service's origin with its port: `https://ecs.eu-west-1.amazonaws.com:443`. */
  scope: string
  method: string
  path: string
  body: unknown
  status: number
  /** Parsed JSON; other text as text; where that would lose something, the bytes in hexadecimal. */
  response: unknown
  responseIsBinary: boolean
  rawHeaders: Record<string, string>
  reqheaders: Record<string, string>
}

export interface FormatNockDefinitionsOptions {
  /** The origin that the definitions answer for; otherwise the one that the recording says it was read from. */
  scope?: string
  /** A transport failure, which definitions cannot say, is refused unless this leaves it out. */
  failures?: 'refuse' | 'leave-out'
}

/**
 * Writes a recording as definitions for `nock.define`, which are JSON. Each matches a request by its target, its content type and its
 * whole body: a request that was recorded with pseudonyms is met only by one that holds them.
 *
 * Throws `usage` for a wrong option, a recording without a scope, or a transport failure.
 */
export function formatNockDefinitions(
  recording: RedactedRecording,
  options: FormatNockDefinitionsOptions = {},
): NockDefinition[] {
  requireKnownOptions('option of formatNockDefinitions', options, ['scope', 'failures'])
  const { failures = 'refuse' } = options
  if (failures !== 'refuse' && failures !== 'leave-out') {
    throw new HarnessError('usage', 'The option failures is "refuse" or "leave-out".')
  }
  const scope = chooseScope(options.scope, recording.provenance['scopes'])
  return recording.exchanges.flatMap((exchange, index) => {
    const { response } = exchange
    if (!isTransportFailure(response)) return [formatDefinition(scope, exchange, response)]
    if (failures === 'leave-out') return []
    const message = `Exchange ${index + 1} is a transport failure (${response.failure}), which nock's definitions cannot say. Set failures: "leave-out" to go without it.`
    throw new HarnessError('usage', message)
  })
}

function chooseScope(given: unknown, known: unknown): string {
  const scopes = given === undefined ? known : [given]
  const [scope, ...more] = Array.isArray(scopes) ? scopes : []
  if (
    typeof scope === 'string' &&
    /^https?:$/.test(URL.parse(scope)?.protocol ?? '') &&
    more.length === 0
  )
    return scope
  throw new HarnessError(
    'usage',
    'Definitions answer for one origin. Name it: { scope: "https://ecs.eu-west-1.amazonaws.com:443" }.',
  )
}

function formatDefinition(
  scope: string,
  { operation, request }: Exchange,
  response: RecordedResponse,
): NockDefinition {
  return {
    scope,
    method: 'POST',
    path: '/',
    body: formatRequestBody(request),
    status: response.status,
    ...formatResponse(response),
    rawHeaders: { ...response.headers },
    reqheaders: { 'x-amz-target': `${ECS_SERVICE}.${operation}`, ...request.headers },
  }
}

/** Bytes that are no text nock compares in hexadecimal. */
function formatRequestBody({ body, bodyText, bodyBase64 }: Exchange['request']): unknown {
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, 'base64').toString('hex')
  return bodyText ?? readAsNock(body) ?? ''
}

/** As nock parses the body of a request that comes: with numbers as doubles. */
function readAsNock(body: unknown): unknown {
  return body === null ? undefined : JSON.parse(JSON.stringify(body))
}

function formatResponse(
  recorded: RecordedResponse,
): Pick<NockDefinition, 'response' | 'responseIsBinary'> {
  const { body, bodyText, bodyBase64 } = recorded
  if (bodyBase64 !== undefined)
    return { response: Buffer.from(bodyBase64, 'base64').toString('hex'), responseIsBinary: true }
  const text = formatRecordedText(recorded)
  const response = bodyText === undefined ? (readAsNock(body) ?? '') : bodyText
  const isKept =
    bodyText === undefined ? text === '' || JSON.stringify(response) === text : !isJson(text)
  return isKept
    ? { response, responseIsBinary: false }
    : { response: Buffer.from(text).toString('hex'), responseIsBinary: true }
}

/** Text that nock would parse, and write otherwise. */
function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined
  } catch {
    return false
  }
}
