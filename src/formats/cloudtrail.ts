/** CloudTrail: log files, EventBridge's `AWS API Call via CloudTrail`, and rows of Lake or Athena. Source: CloudTrail user guide, record contents. */
import { formatValueBriefly } from '../message/index.ts'
import { COMMON_ERRORS, DOCUMENTED_ERRORS, ECS_SERVICE } from '../contract/index.ts'
import {
  AWS_JSON,
  isObject,
  type JsonObject,
  MAX_DEPTH,
  mayBeInexact,
  measureDepth,
  readList,
  readObject,
  readText,
  type RecordedResponse,
} from '../protocol/index.ts'
import type {
  ImportedExchange,
  ImportFormat,
  ImportOptions,
  ImportSource,
  TellFinding,
} from './imported.ts'
import {
  type JsonRecord,
  MAX_RECORD_BYTES,
  parseEmbedded,
  readJsonRecords,
  readToEnd,
} from './reading.ts'

/** Reads CloudTrail. */
export const CLOUDTRAIL: ImportFormat = {
  name: 'cloudtrail',
  limits:
    'CloudTrail keeps no status, headers, attempts or durations, takes values of container environments out, keeps no request of a failed call, and cuts above 100 KB; statuses are those that are documented for the error',
  read: readCloudTrail,
}

async function* readCloudTrail(
  source: ImportSource,
  tell: TellFinding,
  options: ImportOptions,
): AsyncGenerator<ImportedExchange> {
  const isCsv = /\.csv(?:\.gz|\.zst)?$/i.test(source.file)
  for await (const found of isCsv ? readCsvRows(source, tell) : readJsonRecords(source, tell)) {
    for (const record of unfoldRows(found)) {
      const imported = readCloudTrailRecord(record, tell, options)
      if (imported) yield imported
    }
  }
}

/** A record of CloudTrail, in whichever form; `undefined` for anything else. */
export function readCloudTrailRecord(
  found: JsonRecord,
  tell: TellFinding,
  { operations }: ImportOptions,
): ImportedExchange | undefined {
  const { line, place } = found
  const quick = findRecord(found.value)
  if (!quick || quick['eventSource'] !== 'ecs.amazonaws.com') return undefined
  const operation = readText(quick['eventName'])
  if (operation === undefined || !operations.includes(operation)) return undefined
  const written = writeRecord(quick)
  if (written === undefined || measureDepth(written) > MAX_DEPTH) {
    tell({
      line,
      rule: 'import.too-deep',
      severity: 'error',
      message: `${place}nested deeper than ${MAX_DEPTH} levels; it is not read`,
    })
    return undefined
  }
  const record = (mayBeInexact(written) && findRecord(found.readExactly())) || quick
  const say = (rule: string, severity: 'warning' | 'info', message: string) =>
    tell({ line, rule, severity, message: `${place}${nameEvent(record)}: ${message}` })
  if (!isKnownVersion(record['eventVersion'])) {
    const version = formatValueBriefly(record['eventVersion'] ?? null)
    say(
      'import.version',
      'warning',
      `its eventVersion is ${version}; 1.x is known, and it is read as that`,
    )
  }
  if (!isObject(record['requestParameters']))
    say(
      'import.request',
      'warning',
      'CloudTrail keeps no request of it, so that nothing can be replayed to one',
    )
  if (typeof record['errorCode'] !== 'string' && !isObject(record['responseElements']))
    say(
      'import.response',
      'warning',
      'its responseElements are no JSON object; an empty response stands in their place',
    )
  return readRecord(record, operation, line)
}

/** Whole documents are parsed at once, without a look at each record; those that are taken get one. `undefined` for what is deeper than the stack. */
function writeRecord(record: JsonObject): string | undefined {
  try {
    return JSON.stringify(record)
  } catch {
    return undefined
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
  awsregion: 'awsRegion',
  useragent: 'userAgent',
  sourceipaddress: 'sourceIPAddress',
  requestparameters: 'requestParameters',
  responseelements: 'responseElements',
  requestid: 'requestID',
}

/** Athena and Lake give objects as text of JSON. */
function readRow(row: JsonObject): JsonObject {
  const members = Object.entries(COLUMNS).flatMap(([column, name]) => {
    const value = row[column]
    if (value === undefined || value === null || value === '') return []
    return [[name, typeof value === 'string' ? (parseEmbedded(value) ?? value) : value] as const]
  })
  return Object.fromEntries(members)
}

function isKnownVersion(version: unknown): boolean {
  return typeof version === 'string' && /^1\.\d+$/.test(version)
}

function nameEvent({ eventID, eventName }: JsonObject): string {
  return `${readText(eventName) ?? 'an event'} ${(readText(eventID) ?? '').slice(0, 40)}`.trim()
}

function readRecord(record: JsonObject, operation: string, line: number): ImportedExchange {
  const at = Date.parse(readText(record['eventTime']) ?? '')
  const parameters = record['requestParameters']
  return {
    line,
    at: Number.isNaN(at) ? undefined : at,
    event: record,
    exchange: {
      operation,
      startedAtMs: 0,
      request: {
        headers: { 'content-type': AWS_JSON, 'x-amz-target': `${ECS_SERVICE}.${operation}` },
        body: isObject(parameters) ? parameters : null,
      },
      response: readResponse(record),
    },
  }
}

function readResponse(record: JsonObject): RecordedResponse {
  const { requestID, errorCode, errorMessage, responseElements } = record
  const headers = {
    'content-type': AWS_JSON,
    ...(typeof requestID === 'string' && /^[\w-]{1,128}$/.test(requestID)
      ? { 'x-amzn-requestid': requestID }
      : {}),
  }
  if (typeof errorCode !== 'string')
    return { status: 200, headers, body: readObject(responseElements) }
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
  return (
    documented ??
    Object.entries(COMMON_ERRORS).find(([known]) => known === name)?.[1].statuses[0] ??
    400
  )
}

/** The rows of a CSV file whose first line names the columns, which are given in lower case. What cannot be read any more is told with its line. */
async function* readCsvRows(source: ImportSource, tell: TellFinding): AsyncGenerator<JsonRecord> {
  const { parse } = await import('csv-parse')
  const rows: JsonRecord[] = []
  let [line, broken] = [1, false]
  const parser = parse({
    bom: true,
    columns: (names: string[]) => names.map((name) => name.toLowerCase()),
    max_record_size: MAX_RECORD_BYTES,
    relax_column_count: true,
    // Taken here: a stream that fails drops what it had not handed on.
    on_record(record: JsonObject, { lines }) {
      rows.push({ value: record, line, place: '', readExactly: () => record })
      line = lines + 1
      return null
    },
  })
  parser.on('error', (error) => {
    broken = true
    tell({
      line,
      rule: 'import.cut',
      severity: 'error',
      message: `what follows is no CSV: ${error.message}`,
    })
  })
  parser.resume()
  const take = () => rows.splice(0)
  for await (const chunk of readToEnd(source, tell, () => line)) {
    await new Promise<void>((resolve) => void parser.write(chunk, () => resolve()))
    yield* take()
    if (broken) return
  }
  await new Promise<void>((resolve) => {
    parser.once('error', () => resolve())
    parser.once('end', () => resolve())
    parser.end()
  })
  yield* take()
}

/** The rows of what a command line printed; anything else is given as it is. */
function* unfoldRows(record: JsonRecord): Generator<JsonRecord> {
  const { value } = record
  const printed = readObject(value)
  const rows =
    readAthenaRows(printed['ResultSet']) ??
    readLakeRows(printed['QueryResultRows']) ??
    readRecordTexts(printed['Events'], 'CloudTrailEvent') ??
    readRecordTexts(printed['events'], 'message')
  if (!rows) yield record
  else
    for (const [index, row] of rows.entries())
      yield { ...record, value: row, place: `row ${index + 1}: `, readExactly: () => row }
}

/** The first row names the columns. */
function readAthenaRows(set: unknown): JsonObject[] | undefined {
  const rows = readObject(set)['Rows']
  if (!Array.isArray(rows)) return undefined
  const [names = [], ...rest] = rows.map((row: unknown) =>
    readList(readObject(row)['Data']).map((cell) => readObject(cell)['VarCharValue']),
  )
  return rest.map((cells) =>
    Object.fromEntries(names.map((name, index) => [String(name).toLowerCase(), cells[index]])),
  )
}

/** Lists of `aws cloudtrail lookup-events` and `aws logs filter-log-events`: each record is a text in one member. */
function readRecordTexts(list: unknown, member: string): unknown[] | undefined {
  if (!Array.isArray(list)) return undefined
  return list.map((one: unknown) => {
    const text = readText(readObject(one)[member])
    return text === undefined ? one : parseEmbedded(text)
  })
}

function readLakeRows(rows: unknown): JsonObject[] | undefined {
  if (!Array.isArray(rows)) return undefined
  return rows.map((cells: unknown) => {
    const columns = readList(cells).flatMap((cell) => Object.entries(readObject(cell)))
    return Object.fromEntries(columns.map(([name, value]) => [name.toLowerCase(), value]))
  })
}
