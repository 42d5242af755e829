/** Debug logs of botocore: `aws --debug`, and boto3's `set_stream_logger`. Source: botocore 1.4 to 1.43, as its loggers print. */
import { ECS_SERVICE } from '../contract/index.ts'
import {
  parseTarget,
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
import { readLines } from './reading.ts'
import { findPythonMember, readPythonHeaders, readPythonText } from './python-literal.ts'

/** Reads debug logs. */
export const AWS_CLI_DEBUG: ImportFormat = {
  name: 'aws-cli-debug',
  limits:
    'a debug log gives times of this machine, to the millisecond, and no bytes of responses that broke off',
  read: readDebugLog,
}

/** `2026-11-24 14:41:50,840 - MainThread - botocore.endpoint - DEBUG - …`, and boto3's `2026-11-24 14:41:50,840 botocore.endpoint [DEBUG] …`. */
const ENTRY =
  /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}),(\d{3}) (?:- (.{1,200}?) - ([\w.]{1,200}) - [A-Z]+ - |([\w.]{1,200}) \[[A-Z]+\] )(.*)$/

/** A request under way. */
interface Attempt {
  line: number
  at: number
  headers: Record<string, string>
  status?: number
  /** When the response's status was there. */
  answeredAt?: number
  responseHeaders?: Record<string, string>
  /** Lines of the response's body, once it begins. */
  body?: string[]
}

/** What a thread is doing. */
interface Call {
  operation: string
  headers: Record<string, string>
  body: Buffer
  attempt: Attempt | undefined
  attempts: number
}

interface Reading {
  tell: TellFinding
  operations: readonly string[]
  threads: Map<string, Call | undefined>
  /** The thread whose response's body is being read: it comes on lines of its own. */
  bodyOf: Call | undefined
  /** How far the log's clock is from UTC, in milliseconds. */
  offset: number | undefined
  invocations: Map<string, string>
}

async function* readDebugLog(
  source: ImportSource,
  tell: TellFinding,
  { operations }: ImportOptions,
): AsyncGenerator<ImportedExchange> {
  const reading: Reading = {
    tell,
    operations,
    threads: new Map(),
    bodyOf: undefined,
    offset: undefined,
    invocations: new Map(),
  }
  let line = 0
  for await (const read of readLines(source, tell)) {
    ;({ line } = read)
    const entry = ENTRY.exec(read.text)
    if (!entry) {
      reading.bodyOf?.attempt?.body?.push(read.text)
      continue
    }
    const [, date = '', time = '', ms = '', thread = '', logger, other, message = ''] = entry
    const at = Date.parse(`${date}T${time}.${ms}Z`)
    const done = finishBody(reading)
    if (done) yield done
    const imported = readEntry(reading, {
      thread,
      logger: logger ?? other ?? '',
      message,
      at,
      line,
    })
    if (imported) yield imported
  }
  const done = finishBody(reading)
  if (done) yield done
  for (const call of reading.threads.values()) {
    if (call?.attempt)
      tell({
        line: call.attempt.line,
        rule: 'import.unfinished',
        severity: 'warning',
        message: 'the log ends before the response to this request',
      })
  }
}

interface Entry {
  thread: string
  logger: string
  message: string
  at: number
  line: number
}

function readEntry(
  reading: Reading,
  { thread, logger, message, at, line }: Entry,
): ImportedExchange | undefined {
  if (message.startsWith('Making request for ')) {
    reading.threads.set(thread, beginCall(reading, message))
    return undefined
  }
  const call = reading.threads.get(thread)
  if (!call) return undefined
  if (message.startsWith('Sending http request: ')) {
    const headers = readPythonHeaders(message.slice(message.indexOf('headers=')))
    reading.offset ??= measureOffset(headers['x-amz-date'], at)
    call.attempts += 1
    call.attempt = { line, at, headers }
    return undefined
  }
  const { attempt } = call
  if (!attempt) return undefined
  if (logger.startsWith('urllib3') || logger.includes('requests.packages.urllib3')) {
    const status = /"POST \S* HTTP\/[\d.]+" (\d{3})/.exec(message)?.[1]
    if (status !== undefined) call.attempt = { ...attempt, status: Number(status), answeredAt: at }
  } else if (message.startsWith('Response headers: '))
    attempt.responseHeaders ??= readPythonHeaders(message)
  else if (message.startsWith('Response body:')) {
    if (!attempt.body) reading.bodyOf = call
    attempt.body ??= []
  } else if (
    /^retry needed, retryable exception caught: /i.test(message) ||
    message.startsWith('Exception received when sending')
  ) {
    return failAttempt(reading, call, message)
  }
  return undefined
}

function beginCall({ operations }: Reading, message: string): Call | undefined {
  const params = message.slice(message.indexOf(' with params: ') + 14)
  const headers = readPythonHeaders(params.slice(params.search(/['"]headers['"]:/) + 9))
  const target = parseTarget(headers['x-amz-target'])
  if (target?.service !== ECS_SERVICE || !operations.includes(target.operation)) return undefined
  return {
    operation: target.operation,
    headers,
    body: findPythonMember(params, 'body') ?? Buffer.alloc(0),
    attempt: undefined,
    attempts: 0,
  }
}

/** The log's clock is a local one; the signature's is UTC. Zones differ by quarters of an hour. */
function measureOffset(signed: string | undefined, at: number): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(signed ?? '')
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const quarter = 15 * 60 * 1000
  return (
    Math.round(
      (at - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)) / quarter,
    ) * quarter
  )
}

/** A response is whole when the next entry begins. */
function finishBody(reading: Reading): ImportedExchange | undefined {
  const call = reading.bodyOf
  const attempt = call?.attempt
  reading.bodyOf = undefined
  if (!call || !attempt?.body) return undefined
  const { status, responseHeaders = {}, line } = attempt
  if (status === undefined) {
    reading.tell({
      line,
      rule: 'import.status',
      severity: 'warning',
      message: 'the log does not tell the status of this response; it is left out',
    })
    call.attempt = undefined
    return undefined
  }
  const text = attempt.body.join('\n')
  const body = readPythonText(text, 0)?.value ?? Buffer.from(text)
  return finishAttempt(
    reading,
    call,
    attempt,
    readCapturedResponse({ status, headers: responseHeaders, body }),
  )
}

const FAILURES: readonly (readonly [RegExp, TransportFailure['failure'], string])[] = [
  [/could not connect/i, 'refused', 'ECONNREFUSED'],
  [/timed? ?out/i, 'timeout', 'ETIMEDOUT'],
  [/connection was closed|connection reset|connection aborted/i, 'reset', 'ECONNRESET'],
]

function failAttempt(reading: Reading, call: Call, message: string): ImportedExchange | undefined {
  const { attempt } = call
  if (!attempt) return undefined
  const [, failure = 'other', code] = FAILURES.find(([pattern]) => pattern.test(message)) ?? []
  return finishAttempt(reading, call, attempt, code === undefined ? { failure } : { failure, code })
}

function finishAttempt(
  reading: Reading,
  call: Call,
  attempt: Attempt,
  response: ImportedExchange['exchange']['response'],
): ImportedExchange {
  const id = attempt.headers['amz-sdk-invocation-id']
  const name = id === undefined ? undefined : nameInvocation(reading, id)
  call.attempt = undefined
  const headers = { ...call.headers, ...attempt.headers }
  return {
    line: attempt.line,
    at: attempt.at - (reading.offset ?? 0),
    exchange: {
      operation: call.operation,
      ...(name === undefined ? {} : { invocation: name, attempt: call.attempts }),
      startedAtMs: 0,
      ...(attempt.answeredAt === undefined ? {} : { elapsedMs: attempt.answeredAt - attempt.at }),
      request: readCapturedRequest({ headers, body: call.body }),
      response,
    },
  }
}

function nameInvocation({ invocations }: Reading, id: string): string {
  const name = invocations.get(id) ?? `invocation-${invocations.size + 1}`
  invocations.set(id, name)
  return name
}
