/** Stub mappings of WireMock, as its recorder writes them. Source: WireMock 3 documentation, stub mappings and scenarios. */
import { formatValueBriefly } from '../message/index.ts'
import { ECS_SERVICE } from '../contract/index.ts'
import {
  AWS_JSON,
  isObject,
  type JsonObject,
  parseTarget,
  readList,
  readNumber,
  readObject,
  readText,
  readCapturedResponse,
  readCapturedRequest,
  type TransportFailure,
} from '../protocol/index.ts'
import type {
  ImportedExchange,
  ImportFormat,
  ImportOptions,
  ImportSource,
  TellFinding,
} from './imported.ts'
import { readWholeJson } from './reading.ts'

/** Reads mappings. */
export const WIREMOCK: ImportFormat = {
  name: 'wiremock',
  limits:
    'a mapping says what is answered, not what was seen: no attempts and no durations; the order is that of the responses by their Date, and of scenarios by the names of their states',
  read: readWireMock,
}

type Say = (severity: 'error' | 'warning' | 'info', rule: string, message: string) => void

async function* readWireMock(
  source: ImportSource,
  tell: TellFinding,
  options: ImportOptions,
): AsyncGenerator<ImportedExchange> {
  const value = await readWholeJson(source, tell)
  const listed = readObject(value)['mappings'] ?? value
  const mappings = Array.isArray(listed) ? listed : [value]
  for (const [index, mapping] of mappings.entries()) {
    const say: Say = (severity, rule, message) =>
      tell({ rule, severity, message: `mapping ${index + 1}: ${message}` })
    const imported = isObject(mapping) ? readMapping(mapping, options, say) : undefined
    if (imported) yield imported
  }
}

function readMapping(
  mapping: JsonObject,
  { operations }: ImportOptions,
  say: Say,
): ImportedExchange | undefined {
  const [request, mapped] = [readObject(mapping['request']), readObject(mapping['response'])]
  if (request['method'] !== 'POST' && request['method'] !== 'ANY') return undefined
  const asked = readHeaderPatterns(request['headers'])
  const told = asked['x-amz-target']
  if (told === undefined) {
    say(
      'warning',
      'import.operation',
      'it does not ask for X-Amz-Target, so its operation is unknown; record with captureHeaders',
    )
    return undefined
  }
  const target = parseTarget(told)
  if (target?.service !== ECS_SERVICE || !operations.includes(target.operation)) return undefined
  const response = readResponse(mapped, say)
  if (!response) return undefined
  const notes = readNotes(mapping)
  const date = Date.parse('headers' in response ? (response.headers['date'] ?? '') : '')
  const body = readBodyPattern(request['bodyPatterns'], say)
  return {
    at: notes.at ?? (Number.isNaN(date) ? undefined : date),
    order: readState(mapping),
    exchange: {
      operation: target.operation,
      ...notes.attempt,
      startedAtMs: 0,
      ...notes.times,
      request: readCapturedRequest({
        headers: { 'content-type': AWS_JSON, ...asked },
        body: Buffer.from(body ?? ''),
      }),
      response,
    },
  }
}

/** Headers that a mapping asks for with one value. */
function readHeaderPatterns(patterns: unknown): Record<string, string> {
  const entries = Object.entries(readObject(patterns)).flatMap(
    ([name, pattern]): [string, string][] => {
      const value = readText(readObject(pattern)['equalTo'])
      return value === undefined ? [] : [[name.toLowerCase(), value]]
    },
  )
  return Object.fromEntries(entries)
}

/** The one body that a mapping answers; `undefined` where it answers many. */
function readBodyPattern(patterns: unknown, say: Say): string | undefined {
  const list = readList(patterns).map(readObject)
  const found = list.find(
    (pattern) => pattern['equalToJson'] !== undefined || pattern['equalTo'] !== undefined,
  )
  const value = found?.['equalToJson'] ?? found?.['equalTo']
  const text =
    typeof value === 'string' ? value : value === undefined ? undefined : JSON.stringify(value)
  if (text === undefined)
    say(
      'warning',
      'import.request',
      'it asks for no whole body, so that nothing can be replayed to one request',
    )
  else if (text.includes('${json-unit.'))
    say(
      'warning',
      'import.request',
      'its body has placeholders, which are kept as they are written',
    )
  return text
}

const FAULTS: Readonly<Record<string, TransportFailure>> = {
  CONNECTION_RESET_BY_PEER: { failure: 'reset', code: 'ECONNRESET' },
  EMPTY_RESPONSE: { failure: 'reset', code: 'ECONNRESET' },
  MALFORMED_RESPONSE_CHUNK: { failure: 'truncated' },
  RANDOM_DATA_THEN_CLOSE: { failure: 'other' },
}

function readResponse(
  response: JsonObject,
  say: Say,
): ImportedExchange['exchange']['response'] | undefined {
  const { status, fault, body, jsonBody, base64Body, bodyFileName, headers } = response
  if (typeof fault === 'string') return FAULTS[fault] ?? { failure: 'other' }
  if (typeof bodyFileName === 'string') {
    say(
      'error',
      'import.response',
      `its response lies in another file, ${formatValueBriefly(bodyFileName, 100)}, which is not opened; it is left out`,
    )
    return undefined
  }
  const list = Object.entries(readObject(headers)).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
  )
  const bytes =
    typeof base64Body === 'string'
      ? Buffer.from(base64Body, 'base64')
      : Buffer.from(jsonBody === undefined ? (readText(body) ?? '') : JSON.stringify(jsonBody))
  // WireMock keeps bodies unpacked, under the headers of the packed ones.
  const { 'content-encoding': _, ...kept } = Object.fromEntries(list)
  return readCapturedResponse({
    status: readNumber(status) ?? 200,
    headers: kept,
    body: bytes,
  })
}

/** Scenarios begin in the state `Started`; WireMock's recorder numbers those that follow. */
function readState(mapping: JsonObject): string {
  const state = mapping['requiredScenarioState']
  return typeof state === 'string' && state !== 'Started' ? state : ''
}

/** What a mapping of ours says besides. */
function readNotes(mapping: JsonObject) {
  const { at, invocation, attempt, headersMs, elapsedMs } = readObject(
    readObject(mapping['metadata'])['starttask'],
  )
  return {
    at: readNumber(at),
    attempt:
      typeof invocation === 'string' && typeof attempt === 'number' ? { invocation, attempt } : {},
    times: {
      ...(typeof headersMs === 'number' ? { headersMs } : {}),
      ...(typeof elapsedMs === 'number' ? { elapsedMs } : {}),
    },
  }
}
