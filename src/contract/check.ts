import {
  type Exchange,
  formatPointer,
  isObject,
  readNumber,
  readObject,
} from '../protocol/index.ts'
import { checkError } from './check-error.ts'
import type { Departure, Finding, Severity } from './finding.ts'
import { RULES_IN_CODE } from './generated/documented.js'
import { isQuietRequest, isQuietResponse } from './generated/quick-looks.js'
import { copyJson, describeRefusal, readMember } from './json-copy.ts'
import { START_TASK } from './operations.ts'
import {
  findMember,
  findSource,
  formatLabel,
  formatRulePath,
  type Segments,
  sortByPlace,
} from './place.ts'
import { checkRequestRules, findNotes, isWithinRules, noteDefaults } from './request-rules.ts'
import type { Shape } from './shape.ts'
import { loadValidators, readDepartures, type Side } from './validator-findings.ts'

/**
 * Checks the body of a StartTask request against the documented contract: the API page (`error`), the AWS model (`error`, with its date), prose
 * of other pages (`warning`), and the page's defaults of absent members (`info`). contracts/start-task/rules.json lists every rule.
 *
 * `undefined` members count as absent. So do null members, with a finding of severity `info`. It never throws: a value that is too deep or too
 * large has one finding, `request.depth` or `request.size`.
 *
 * @param body the parsed JSON; `parseBody` keeps large numbers exact
 * @returns the findings in document order
 * @example
 * checkRequest({ taskDefinition: 'web:3' }).filter(({ severity }) => severity === 'error')
 * // [{ rule: 'request.containerInstances.required', pointer: '/containerInstances', … }]
 */
export function checkRequest(body: unknown): Finding[] {
  return checkSide(REQUEST, body)
}

const REQUEST: Side = {
  name: 'request',
  shape: 'REQUEST_SHAPE',
  validators: { page: 'validateRequest', overlay: 'validateRequestOverlay' },
  isQuiet: (body) => isQuietRequest(body) && isWithinRules(body),
  note: noteDefaults,
  checkRules: (body) => [...checkRequestRules(body), ...findNotes(body)],
  weigh: (_keyword, severity) => severity,
}

/**
 * Checks the body of an HTTP 200 response of StartTask against the documented contract. It never throws.
 *
 * In both views a member of a later model is a `warning` with its date.
 *
 * @param body the parsed JSON
 * @param view `recorded` for a response of the service, which may be newer than the documentation: an unknown member, and a value that is in
 *   no enum of the model, is `info`. `expected` for a response that was written by hand: both are errors, and no member is required.
 *   Default: `recorded`
 * @returns the findings in document order
 * @example
 * checkResponse({ tasks: [], failures: [{ reason: 'AGENT' }] }, 'expected') // []
 */
export function checkResponse(
  body: unknown,
  view: 'recorded' | 'expected' = 'recorded',
): Finding[] {
  return checkSide(view === 'expected' ? EXPECTED : RECORDED, body)
}

const COMMON: Omit<Side, 'weigh'> = {
  name: 'response',
  shape: 'RESPONSE_SHAPE',
  validators: { page: 'validateResponse', overlay: 'validateResponseOverlay' },
  isQuiet: isQuietResponse,
  note: () => [],
  checkRules: () => [],
}

const RECORDED: Side = { ...COMMON, weigh: weighRecorded }
const EXPECTED: Side = { ...COMMON, weigh: weighExpected }

function weighRecorded(keyword: string, severity: Severity): Severity {
  return keyword === 'additionalProperties' || keyword === 'enum' ? 'info' : severity
}

function weighExpected(keyword: string, severity: Severity): Severity | undefined {
  return keyword === 'required' ? undefined : severity
}

/**
 * Checks a recorded exchange of StartTask against the documented contract. An exchange of another operation and a transport failure have no
 * findings. If the service rejected the request with HTTP 400, the findings about the request have severity `info`, because it is known to be
 * wrong. It never throws.
 *
 * @param exchange an exchange of a recording
 * @returns the findings about the request, then those about the response; pointers start at the exchange
 * @example
 * const [recording] = await loadRecordings('recordings/web.json')
 * recording?.exchanges.flatMap((exchange) => checkExchange(exchange))
 */
export function checkExchange(exchange: Exchange): Finding[] {
  if (read(exchange, 'operation') !== START_TASK) return []
  const response = read(exchange, 'response')
  const isRejected = read(response, 'status') === 400
  const request = checkRecordedRequest(read(exchange, 'request')).map((finding) =>
    isRejected ? { ...finding, severity: 'info' as const } : finding,
  )
  return [...request, ...checkRecordedResponse(response)]
}

function checkRecordedRequest(request: unknown): Finding[] {
  for (const member of KEPT_BYTES) {
    if (isNotJson(request, member)) return [describeNotJson('request', `/request/${member}`)]
  }
  return checkRequest(read(request, 'body')).map((finding) => ({
    ...finding,
    pointer: `/request/body${finding.pointer}`,
  }))
}

function checkRecordedResponse(response: unknown): Finding[] {
  if (read(response, 'failure') !== undefined) return []
  for (const member of KEPT_BYTES) {
    if (isNotJson(response, member)) return [describeNotJson('response', `/response/${member}`)]
  }
  const status = read(response, 'status')
  const body = read(response, 'body')
  const findings =
    status === 200
      ? checkResponse(body)
      : checkError(readNumber(status) ?? Number.NaN, readHeaders(read(response, 'headers')), body)
  return findings.map((finding) => ({
    ...finding,
    pointer:
      finding.rule === 'error.status' ? '/response/status' : `/response/body${finding.pointer}`,
  }))
}

const KEPT_BYTES = ['bodyText', 'bodyBase64']

/** Reports whether a recorded body is not JSON. A text in addition to a body is JSON too: parsing it loses something. */
function isNotJson(side: unknown, member: string): boolean {
  return read(side, member) !== undefined && (read(side, 'body') ?? null) === null
}

function describeNotJson(side: 'request' | 'response', pointer: string): Finding {
  const rule = `${side}.notJson`
  const { severity = 'error', source = '' } = RULES_IN_CODE[rule] ?? {}
  return {
    pointer,
    rule,
    severity,
    message: `the body of the ${side} is not JSON`,
    source,
    expected: 'JSON',
  }
}

function readHeaders(headers: unknown): Record<string, string> {
  const copy = copyJson(headers)
  const members = 'value' in copy ? Object.entries(readObject(copy.value)) : []
  return Object.fromEntries(
    members.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
}

/** Reads a member of an untrusted value; returns `undefined` if it is absent or cannot be read. */
function read(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const member = readMember(value, name)
  return typeof member === 'symbol' ? undefined : member
}

/** Checks a body against one side of the contract. Findings are in document order. It never throws. */
function checkSide(side: Side, body: unknown): Finding[] {
  return isQuiet(side, body) ? side.note(body) : checkFully(side, body)
}

/** A body with members that throw needs the full check, which catches that. */
function isQuiet(side: Side, body: unknown): boolean {
  try {
    return side.isQuiet(body)
  } catch {
    return false
  }
}

function checkFully(side: Side, body: unknown): Finding[] {
  const copy = copyJson(body)
  if ('refused' in copy) return [describeRefusal(side.name, copy.refused)]
  const nulls: Departure[] = []
  const noteNull = (segments: Segments): void => void nulls.push(describeNull(side, segments))
  const present = dropNulls(copy.value, loadValidators()[side.shape], [], noteNull)
  const faults = [...readDepartures(side, present, copy.value), ...side.checkRules(copy.value)]
  const missing = new Set(faults.map(({ segments }) => formatPointer(segments)))
  const departures = [
    ...nulls.filter(({ segments }) => !missing.has(formatPointer(segments))),
    ...faults,
  ]
  return sortByPlace(departures, copy.value).map(({ segments, ...rest }) => ({
    pointer: formatPointer(segments),
    ...rest,
  }))
}

/** Returns a copy without null members, which count as absent. `note` is called for each that is not required. */
function dropNulls(
  value: unknown,
  shape: Shape | undefined,
  segments: Segments,
  note: (segments: Segments) => void,
): unknown {
  if (JSON.isRawJSON(value)) return approximate(value)
  if (Array.isArray(value))
    return shape?.items
      ? value.map((item, index) => dropNulls(item, shape.items, [...segments, index], note))
      : value
  if (!isObject(value) || !shape?.members) return value
  const present: { [member: string]: unknown } = Object.create(null)
  for (const name of Object.keys(value)) {
    const member = findMember(shape, name)
    if (value[name] !== null || !member)
      present[name] = member
        ? dropNulls(value[name], member, [...segments, name], note)
        : value[name]
    else if (!shape.required?.includes(name)) note([...segments, name])
  }
  return present
}

/** Returns a double near exact digits, on the same side of every limit: no rule has a limit beyond 2^53, and a fraction stays a fraction. */
function approximate(raw: { readonly rawJSON: string }): number {
  const near = Number(raw.rawJSON)
  if (!Number.isFinite(near)) return near > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE
  return Number.isInteger(near) && !isInteger(raw.rawJSON)
    ? Math.trunc(Math.min(near, 2 ** 51)) + 0.5
    : near
}

/** Reports whether digits such as `12.500e1` are an integer. */
function isInteger(digits: string): boolean {
  const [, fraction = '', exponent = '0'] =
    /^-?\d+(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(digits) ?? []
  return fraction.replace(/0+$/, '').length <= Number(exponent)
}

function describeNull(side: Side, segments: Segments): Departure {
  return {
    segments,
    rule: `${side.name}.${formatRulePath(segments)}.null`,
    severity: 'info',
    message: `${formatLabel(segments, side.name)} is null, which counts as absent`,
    source: findSource(loadValidators()[side.shape], segments),
    actual: null,
  }
}
