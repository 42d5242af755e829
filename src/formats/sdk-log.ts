/** What the AWS SDK for JavaScript v3 gives to a `logger`, one JSON document a line. Source: `loggerMiddleware` of @aws-sdk/core. */
import { describeReason } from '../message/index.ts'
import { ECS_SERVICE } from '../contract/index.ts'
import {
  AWS_JSON,
  isObject,
  type JsonObject,
  MAX_DEPTH,
  measureDepth,
  parseBody,
  readNumber,
  readObject,
  readText,
  type TransportFailure,
} from '../protocol/index.ts'
import type {
  ImportedExchange,
  ImportFormat,
  ImportOptions,
  ImportSource,
  TellFinding,
} from './imported.ts'
import { type Line, parseEmbedded, readLines } from './reading.ts'
import { readTime, restoreTimes } from './times.ts'

/** Reads logs of the SDK, in whatever a structured logger wraps them. */
export const SDK_LOG: ImportFormat = {
  name: 'sdk-log',
  limits:
    "the SDK's logger tells a call when it is over: not when it began, no headers, no attempts but the last, and what it has parsed instead of what came",
  read: readSdkLog,
}

async function* readSdkLog(
  source: ImportSource,
  tell: TellFinding,
  { operations }: ImportOptions,
): AsyncGenerator<ImportedExchange> {
  const commands = operations.map((operation) => `${operation}Command`)
  let invocations = 0
  for await (const line of readLines(source, tell)) {
    if (
      !line.text.includes('commandName') ||
      !commands.some((command) => line.text.includes(command))
    )
      continue
    const document = parseLine(line, tell)
    for (const { entry, at } of findEntries(document)) {
      const { clientName, commandName } = entry
      if (!isEcs(clientName) || typeof commandName !== 'string' || !commands.includes(commandName))
        continue
      invocations += 1
      const exchange = readEntry(entry, commandName.replace(/Command$/, ''), invocations)
      if (typeof exchange === 'string')
        tell({ line: line.line, rule: 'import.record', severity: 'error', message: exchange })
      else yield { line: line.line, at, exchange }
      const missing = (typeof exchange === 'string' ? 1 : (exchange.attempt ?? 1)) - 1
      if (missing > 0) {
        const message = `it took ${missing + 1} attempts, of which the log keeps the last`
        tell({ line: line.line, rule: 'import.attempts', severity: 'info', message })
      }
    }
  }
}

function isEcs(client: unknown): boolean {
  return client === 'ECSClient' || client === 'ECS'
}

/** Text that console.log wrote has `[Object]` in the place of each task: no recording can be made of it. */
function parseLine({ text, line }: Line, tell: TellFinding): unknown {
  try {
    return parseBody(text.slice(Math.max(0, text.search(/[[{]/))))
  } catch (error) {
    const isConsole = /commandName: ['"]/.test(text)
    const message = isConsole
      ? 'console.log wrote this call, and leaves out what is nested; log JSON: logger: { info: (entry) => console.log(JSON.stringify(entry)) }'
      : `no JSON document on one line: ${describeReason(error)}`
    tell({ line, rule: isConsole ? 'import.console' : 'import.record', severity: 'error', message })
    return undefined
  }
}

interface Entry {
  entry: JsonObject
  at: number | undefined
}

const TIMES = ['time', 'timestamp', '@timestamp', 'ts']
const MOST_WRAPPINGS = 4

/** Loggers put the SDK's entry among their own members, or under one of them. */
function* findEntries(value: unknown, at?: number, wrappings = 0): Generator<Entry> {
  if (wrappings > MOST_WRAPPINGS) return
  if (typeof value === 'string') yield* findEntries(parseEmbedded(value), at, wrappings + 1)
  if (Array.isArray(value)) for (const item of value) yield* findEntries(item, at, wrappings + 1)
  if (!isObject(value)) return
  const time = TIMES.map((name) => readTime(value[name])).find((one) => one !== undefined) ?? at
  if (typeof value['clientName'] === 'string' && value['commandName'] !== undefined)
    yield { entry: value, at: time }
  else for (const member of Object.values(value)) yield* findEntries(member, time, wrappings + 1)
}

/** The exchange, or why there is none. */
function readEntry(
  entry: JsonObject,
  operation: string,
  number: number,
): ImportedExchange['exchange'] | string {
  if (measureDepth(JSON.stringify(entry)) > MAX_DEPTH)
    return `nested deeper than ${MAX_DEPTH} levels; it is not read`
  const { input, output } = entry
  const { attempts, httpStatusCode, requestId } = readObject(entry['metadata'])
  if (!isObject(input)) return 'the log has no input of this call'
  const headers = {
    'content-type': AWS_JSON,
    ...(typeof requestId === 'string' && /^[\w-]{1,128}$/.test(requestId)
      ? { 'x-amzn-requestid': requestId }
      : {}),
  }
  const attempt =
    typeof attempts === 'number' && Number.isInteger(attempts) && attempts > 0 ? attempts : 1
  const status = readNumber(httpStatusCode)
  const response = isObject(output)
    ? { status: status ?? 200, headers, body: restoreTimes(output) }
    : readError(readObject(entry['error']), status, headers)
  return {
    operation,
    ...(attempt > 1 ? { invocation: `invocation-${number}`, attempt } : {}),
    startedAtMs: 0,
    request: {
      headers: { 'content-type': AWS_JSON, 'x-amz-target': `${ECS_SERVICE}.${operation}` },
      body: input,
    },
    response,
  }
}

const FAILURES: Readonly<Record<string, TransportFailure['failure']>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
}

function readError(
  thrown: JsonObject,
  status: number | undefined,
  headers: Record<string, string>,
): ImportedExchange['exchange']['response'] {
  const { name, message, code, __type: type } = thrown
  if (status === undefined) {
    const known = typeof code === 'string' && /^E[A-Z]{1,30}$/.test(code) ? code : undefined
    if (name === 'TimeoutError') return { failure: 'timeout' }
    return known === undefined
      ? { failure: 'other' }
      : { failure: FAILURES[known] ?? 'other', code: known }
  }
  const error = readText(type) ?? readText(name)
  return {
    status,
    headers,
    body: {
      ...(error === undefined ? {} : { __type: error }),
      ...(typeof message === 'string' ? { message } : {}),
    },
  }
}
