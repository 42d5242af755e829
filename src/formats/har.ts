/** HTTP archives, version 1.2, as browsers and proxies write them. Source: the HAR 1.2 specification. */
import { ECS_SERVICE } from '../contract/index.ts'
import {
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

/** Reads HTTP archives. */
export const HAR: ImportFormat = {
  name: 'har',
  limits:
    'an HTTP archive of a browser may lack headers, bodies and failures that the browser did not show',
  read: readHar,
}

async function* readHar(
  source: ImportSource,
  tell: TellFinding,
  options: ImportOptions,
): AsyncGenerator<ImportedExchange> {
  const entries = await readEntries(source, tell)
  const invocations = new Map<string, { name: string; attempts: number }>()
  for (const [index, entry] of entries.entries()) {
    const place = `/log/entries/${index}`
    const imported = isObject(entry)
      ? readEntry(entry, options, invocations, (message) =>
          tell({ rule: 'import.record', severity: 'warning', message: `${place}: ${message}` }),
        )
      : undefined
    if (imported) yield imported
  }
}

async function readEntries(source: ImportSource, tell: TellFinding): Promise<readonly unknown[]> {
  const value = await readWholeJson(source, tell)
  const entries = readObject(readObject(value)['log'])['entries']
  if (Array.isArray(entries)) return entries
  if (value !== undefined)
    tell({
      rule: 'import.record',
      severity: 'error',
      message: 'it has no log with entries, so it is no HTTP archive',
    })
  return []
}

type Invocations = Map<string, { name: string; attempts: number }>

function readEntry(
  entry: JsonObject,
  { operations }: ImportOptions,
  invocations: Invocations,
  say: (message: string) => void,
): ImportedExchange | undefined {
  const [request, response] = [readObject(entry['request']), readObject(entry['response'])]
  const headers = readHeaders(request['headers'])
  const target = parseTarget(headers['x-amz-target'])
  if (
    request['method'] !== 'POST' ||
    target?.service !== ECS_SERVICE ||
    !operations.includes(target.operation)
  )
    return undefined
  const postData = readObject(request['postData'])
  const body = readText(postData['text'])
  if (body === undefined) say('it has no body of the request')
  const at = Date.parse(String(entry['startedDateTime']))
  return {
    at: Number.isNaN(at) ? undefined : at,
    exchange: {
      operation: target.operation,
      ...(readNotes(entry) ?? countAttempt(headers['amz-sdk-invocation-id'], invocations)),
      startedAtMs: 0,
      ...readTimes(entry),
      request: readCapturedRequest({
        headers,
        body: Buffer.from(body ?? '', readEncoding(postData['_encoding'])),
      }),
      response: readResponse(response),
    },
  }
}

function countAttempt(
  id: string | undefined,
  invocations: Invocations,
): { invocation?: string; attempt?: number } {
  if (id === undefined) return {}
  const known = invocations.get(id) ?? { name: `invocation-${invocations.size + 1}`, attempts: 0 }
  known.attempts += 1
  invocations.set(id, known)
  return { invocation: known.name, attempt: known.attempts }
}

/** What an archive of ours says besides. */
function readNotes(entry: JsonObject): { invocation: string; attempt: number } | undefined {
  const { invocation, attempt } = readObject(entry['_starttask'])
  return typeof invocation === 'string' && typeof attempt === 'number'
    ? { invocation, attempt }
    : undefined
}

/** An archive without times has zeros. */
function readTimes(entry: JsonObject): { headersMs?: number; elapsedMs?: number } {
  const elapsed = readNumber(entry['time']) ?? 0
  if (elapsed <= 0) return {}
  const timings = readObject(entry['timings'])
  const before = ['blocked', 'dns', 'connect', 'send', 'wait'].flatMap((name) => {
    const ms = readNumber(timings[name]) ?? 0
    return ms > 0 ? [ms] : []
  })
  const headers = before.reduce((sum, ms) => sum + ms, 0)
  return {
    ...(headers > 0 && headers <= elapsed ? { headersMs: round(headers) } : {}),
    elapsedMs: round(elapsed),
  }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}

function readEncoding(encoding: unknown): 'base64' | 'utf8' {
  return encoding === 'base64' ? 'base64' : 'utf8'
}

/** Status 0, or -1, is what browsers write when no response came; why stands in members of their own. */
function readResponse(response: JsonObject): ImportedExchange['exchange']['response'] {
  const status = readNumber(response['status']) ?? 0
  if (status <= 0) return readFailure(response)
  const { text, encoding } = readObject(response['content'])
  // The archive holds the body as it was unpacked, under the headers of the packed one.
  const { 'content-encoding': _, ...headers } = readHeaders(response['headers'])
  return readCapturedResponse({
    status,
    headers,
    body: Buffer.from(readText(text) ?? '', readEncoding(encoding)),
  })
}

/** Chromium's names, as its own archives and Playwright's have them. */
const FAILURES: readonly (readonly [RegExp, TransportFailure])[] = [
  [/ERR_CONNECTION_REFUSED/, { failure: 'refused', code: 'ECONNREFUSED' }],
  [
    /ERR_(CONNECTION_RESET|EMPTY_RESPONSE|CONNECTION_CLOSED)/,
    { failure: 'reset', code: 'ECONNRESET' },
  ],
  [/ERR_(CONNECTION_)?TIMED_OUT/, { failure: 'timeout', code: 'ETIMEDOUT' }],
  [/ERR_(CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)/, { failure: 'truncated' }],
]

const KINDS: readonly TransportFailure['failure'][] = [
  'refused',
  'reset',
  'timeout',
  'truncated',
  'other',
]

function readFailure(response: JsonObject): TransportFailure {
  const { failure, code } = readObject(response['_failure'])
  const known = KINDS.find((kind) => kind === failure)
  if (known)
    return { failure: known, ...(typeof code === 'string' ? { code: code.slice(0, 100) } : {}) }
  const why = readText(response['_error']) ?? readText(response['_failureText']) ?? ''
  return (
    FAILURES.find(([pattern]) => pattern.test(why))?.[1] ?? {
      failure: 'other',
    }
  )
}

function readHeaders(list: unknown): Record<string, string> {
  const entries = readList(list).flatMap((header): [string, string][] => {
    const { name, value } = readObject(header)
    return typeof name === 'string' && typeof value === 'string'
      ? [[name.toLowerCase(), value]]
      : []
  })
  return Object.fromEntries(entries)
}
