/** CloudTrail: log files, EventBridge's `AWS API Call via CloudTrail`, and rows of Lake or Athena. Source: CloudTrail user guide, record contents. */
import { COMMON_ERRORS, DOCUMENTED_ERRORS, ECS_SERVICE } from '../contract/index.ts'
import { AWS_JSON, isObject, type JsonObject, MAX_DEPTH, measureDepth, parseBody, type RecordedAnswer } from '../protocol/index.ts'
import type { ImportFormat, Imported, ImportOptions, ImportSource, TellFinding } from './imported.ts'
import { readJsonRecords } from './json-records.ts'

/** Reads CloudTrail. */
export const CLOUDTRAIL: ImportFormat = {
  name: 'cloudtrail',
  limits:
    'CloudTrail keeps no status, headers, attempts or durations, takes values of container environments out, keeps no request of a failed call, and cuts above 100 KB; statuses are those that are documented for the error',
  read: readCloudTrail,
}

async function* readCloudTrail(source: ImportSource, tell: TellFinding, { operations }: ImportOptions): AsyncGenerator<Imported> {
  for await (const { value, line } of readJsonRecords(source, tell)) {
    const record = findRecord(value)
    if (!record || record['eventSource'] !== 'ecs.amazonaws.com') continue
    const operation = record['eventName']
    if (typeof operation !== 'string' || !operations.includes(operation)) continue
    if (isTooDeep(record)) {
      tell({ line, rule: 'import.too-deep', severity: 'error', message: `nested deeper than ${MAX_DEPTH} levels; it is not read` })
      continue
    }
    const say = (rule: string, severity: 'warning' | 'info', message: string) =>
      tell({ line, rule, severity, message: `${nameEvent(record)}: ${message}` })
    if (!isKnownVersion(record['eventVersion'])) {
      say(
        'import.version',
        'warning',
        `its eventVersion is ${JSON.stringify(record['eventVersion'] ?? null)}; 1.x is known, and it is read as that`,
      )
    }
    if (!isObject(record['requestParameters']))
      say('import.request', 'warning', 'CloudTrail keeps no request of it, so that nothing can be replayed to one')
    yield readRecord(record, operation, line)
  }
}

/** Whole documents are parsed at once, without a look at each record; those that are taken get one. */
function isTooDeep(record: JsonObject): boolean {
  try {
    return measureDepth(JSON.stringify(record)) > MAX_DEPTH
  } catch {
    return true // deeper than the stack
  }
}

/** A record as CloudTrail writes it, one inside an event of EventBridge, or a row whose columns are the record's members in lower case. */
function findRecord(value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined
  if (typeof value['eventSource'] === 'string') return value
  const { detail } = value
  if (isObject(detail) && typeof detail['eventSource'] === 'string') return detail
  return typeof value['eventsource'] === 'string' ? readRow(value) : undefined
}

const COLUMNS: Readonly<Record<string, string>> = {
  eventversion: 'eventVersion',
  eventtime: 'eventTime',
  eventsource: 'eventSource',
  eventname: 'eventName',
  eventid: 'eventID',
  errorcode: 'errorCode',
  errormessage: 'errorMessage',
  requestparameters: 'requestParameters',
  responseelements: 'responseElements',
  requestid: 'requestID',
}

/** Athena and Lake give objects as text of JSON. */
function readRow(row: JsonObject): JsonObject {
  const members = Object.entries(COLUMNS).flatMap(([column, name]) => {
    const value = row[column]
    if (value === undefined || value === null || value === '') return []
    return [[name, typeof value === 'string' && /^\s*\{/.test(value) ? parseJson(value) : value] as const]
  })
  return Object.fromEntries(members)
}

function parseJson(text: string): unknown {
  try {
    return parseBody(text)
  } catch {
    return text
  }
}

function isKnownVersion(version: unknown): boolean {
  return typeof version === 'string' && /^1\.\d+$/.test(version)
}

function nameEvent({ eventID, eventName }: JsonObject): string {
  return `${typeof eventName === 'string' ? eventName : 'an event'} ${typeof eventID === 'string' ? eventID.slice(0, 40) : ''}`.trim()
}

function readRecord(record: JsonObject, operation: string, line: number): Imported {
  const at = typeof record['eventTime'] === 'string' ? Date.parse(record['eventTime']) : Number.NaN
  const parameters = record['requestParameters']
  return {
    line,
    at: Number.isNaN(at) ? undefined : at,
    exchange: {
      operation,
      startedAtMs: 0,
      request: {
        headers: { 'content-type': AWS_JSON, 'x-amz-target': `${ECS_SERVICE}.${operation}` },
        body: isObject(parameters) ? parameters : null,
      },
      answer: readAnswer(record),
    },
  }
}

function readAnswer(record: JsonObject): RecordedAnswer {
  const { requestID, errorCode, errorMessage, responseElements } = record
  const headers = {
    'content-type': AWS_JSON,
    ...(typeof requestID === 'string' && /^[\w-]{1,128}$/.test(requestID) ? { 'x-amzn-requestid': requestID } : {}),
  }
  if (typeof errorCode !== 'string') return { status: 200, headers, body: isObject(responseElements) ? responseElements : {} }
  const name = nameError(errorCode)
  const message = typeof errorMessage === 'string' ? { message: errorMessage } : {}
  return { status: findStatus(name), headers, body: { __type: name, ...message } }
}

/** CloudTrail writes some names shorter than the wire does. Source: records of `AccessDenied` in public collections. */
function nameError(code: string): string {
  const whole = `${code}Exception`
  return !isKnown(code) && isKnown(whole) ? whole : code
}

function isKnown(name: string): boolean {
  return Object.hasOwn(DOCUMENTED_ERRORS, name) || Object.hasOwn(COMMON_ERRORS, name)
}

function findStatus(name: string): number {
  const documented = Object.entries(DOCUMENTED_ERRORS).find(([known]) => known === name)?.[1].status
  return documented ?? Object.entries(COMMON_ERRORS).find(([known]) => known === name)?.[1].statuses[0] ?? 400
}
