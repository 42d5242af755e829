import { readOutcome } from '../contract/index.ts'
import {
  isObject,
  isTransportFailure,
  type JsonObject,
  readRecordedBody,
} from '../protocol/index.ts'
import type { RedactedExchange, Redaction } from '../redaction/index.ts'
import {
  ARCHIVE_COLUMNS,
  CLOUDTRAIL_COLUMNS,
  type Column,
  type PARTITION_COLUMNS,
} from './columns.ts'

/** A row of an archive: a value for each column, in their order. Structures are JSON texts. */
export interface Row {
  values: readonly (string | number | null)[]
  partition: Readonly<Record<(typeof PARTITION_COLUMNS)[number], string>>
}

/** Where a row's exchange comes from. */
export interface RowOrigin {
  /** The path of the recording, archive or file of CloudTrail. */
  path: string
  /** The exchange's number in it, from 1; `undefined` for CloudTrail. */
  number?: number
  /** When it began, in milliseconds since 1970; `undefined` where that is not known. */
  at: number | undefined
}

/** What an exchange tells in the columns of CloudTrail, and in ours. What a recording cannot say is null. */
export function describeRecordedRow(exchange: RedactedExchange, origin: RowOrigin): Row {
  const { operation, request, response, attempt, invocation, elapsedMs } = exchange
  const headers = isTransportFailure(response) ? {} : response.headers
  const eventTime = origin.at === undefined ? null : formatTime(origin.at)
  const result = describeResult(exchange)
  return arrange(
    {
      eventTime,
      eventSource: 'ecs.amazonaws.com',
      eventName: operation,
      awsRegion:
        (isTransportFailure(response) ? undefined : findRegion(response.body)) ??
        findRegion(request.body) ??
        null,
      userAgent: request.headers['user-agent'] ?? null,
      errorCode: result.code,
      errorMessage: result.message,
      requestParameters: formatObject(request.body),
      responseElements:
        result.code === null && !isTransportFailure(response) ? formatObject(response.body) : null,
      requestID: headers['x-amzn-requestid'] ?? null,
    },
    {
      starttask_source: 'recording',
      starttask_recording: origin.path,
      starttask_exchange: origin.number ?? null,
      starttask_outcome: result.outcome,
      starttask_error: result.outcome === 'rejected' ? result.code : null,
      starttask_status: isTransportFailure(response) ? null : response.status,
      starttask_invocation: invocation ?? null,
      starttask_attempt: attempt ?? null,
      starttask_elapsed_ms: elapsedMs ?? null,
    },
  )
}

/** A record of CloudTrail as a row. The exchange that was imported of it has been redacted; the record's other members are redacted here, before anything is made of them. */
export function describeCloudTrailRow(
  event: JsonObject,
  exchange: RedactedExchange,
  origin: RowOrigin,
  redaction: Redaction,
): Row {
  const { response, request } = exchange
  const told = Object.fromEntries(
    OTHER_MEMBERS.flatMap((name) =>
      event[name] === undefined ? [] : [[name, event[name]] as const],
    ),
  )
  const clean = redaction.redactRequestBody({}, told)
  const result = describeResult(exchange)
  const body = isTransportFailure(response) ? undefined : response.body
  const members: JsonObject = isObject(clean) ? clean : {}
  return arrange(
    {
      ...Object.fromEntries(
        CLOUDTRAIL_COLUMNS.map((column) => [
          column.member,
          formatMember(column, members[column.member]),
        ]),
      ),
      errorMessage:
        typeof event['errorMessage'] === 'string' && isObject(body)
          ? formatText(body['message'])
          : null,
      requestParameters: formatObject(request.body),
      responseElements:
        typeof event['errorCode'] !== 'string' && isObject(event['responseElements'])
          ? formatObject(body)
          : null,
    },
    {
      starttask_source: 'cloudtrail',
      starttask_recording: origin.path,
      starttask_outcome: result.outcome,
      starttask_error: result.outcome === 'rejected' ? result.code : null,
    },
  )
}

/** Members that no exchange holds. */
const OTHER_MEMBERS = CLOUDTRAIL_COLUMNS.map(({ member }) => member).filter(
  (name) => !['requestParameters', 'responseElements', 'errorMessage'].includes(name),
)

/**
 * How a response reads, in the words of outcomes. Where no response came, or none that a client can read, no service gave a code: the code begins with
 * `starttask.` then, so that no row of a failed request looks like a success.
 */
function describeResult({ operation, response }: RedactedExchange): {
  outcome: string
  code: string | null
  message: string | null
} {
  if (isTransportFailure(response)) {
    const message =
      response.code === undefined ? response.failure : `${response.failure} (${response.code})`
    return { outcome: 'failed', code: 'starttask.no-response', message }
  }
  const { status, headers, body } = response
  if (operation !== 'StartTask' && status < 300)
    return { outcome: 'answered', code: null, message: null }
  const outcome = readOutcome({ status, headers, body: readRecordedBody(response) })
  if (outcome.kind === 'unreadable')
    return { outcome: 'unreadable', code: 'starttask.unreadable', message: `HTTP ${status}` }
  if (outcome.kind !== 'rejected') return { outcome: outcome.kind, code: null, message: null }
  const message = isObject(body)
    ? (formatText(body['message']) ?? formatText(body['Message']))
    : null
  return { outcome: 'rejected', code: outcome.error.name, message }
}

function arrange(
  told: Record<string, string | null>,
  own: Record<string, string | number | null>,
): Row {
  const all: Record<string, string | number | null> = { ...told, ...own }
  return {
    values: ARCHIVE_COLUMNS.map(({ member }) => all[member] ?? null),
    partition: {
      region: nameRegion(told['awsRegion'] ?? null),
      eventdate: nameDay(told['eventTime'] ?? null),
    },
  }
}

/** CloudTrail puts the account into the names of its folders and files. */
export function redactPath(path: string, redaction: Redaction): string {
  const hide = (value: string): string => {
    const clean = redaction.redactRequestBody({}, { accountId: value })
    return (isObject(clean) ? formatText(clean['accountId']) : null) ?? ''
  }
  return hide(path).replaceAll(/(?<!\d)\d{12}(?!\d)/g, hide)
}

/** Folders are made of what a file says only where it has the form of a region or a day. */
const UNKNOWN = 'unknown'

function nameRegion(region: string | null): string {
  return region !== null && /^[a-z]{2,5}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/.test(region)
    ? region
    : UNKNOWN
}

function nameDay(time: string | null): string {
  const day = /^(\d{4}-\d{2}-\d{2})T/.exec(time ?? '')?.[1]
  return day === undefined || Number.isNaN(Date.parse(day)) ? UNKNOWN : day
}

function formatTime(at: number): string | null {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

/** Texts stay, everything else becomes its JSON: so CloudTrail's own table in Athena has it. */
function formatMember({ type }: Column, value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (type === 'text') return formatText(value)
  return typeof value === 'string' && type !== 'json' ? null : JSON.stringify(value)
}

function formatText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function formatObject(value: unknown): string | null {
  return isObject(value) ? JSON.stringify(value) : null
}

/** The region of the first ARN in a text: a recording keeps no endpoint. */
function findRegion(body: unknown): string | undefined {
  return isObject(body)
    ? /"arn:aws[a-z-]{0,12}:ecs:([a-z0-9-]{1,30}):/.exec(JSON.stringify(body))?.[1]
    : undefined
}
