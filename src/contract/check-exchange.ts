import { type Exchange, isObject } from '../protocol/index.ts'
import { checkError } from './check-error.ts'
import { checkRequest } from './check-request.ts'
import { checkResponse } from './check-response.ts'
import type { Finding } from './finding.ts'
import { RULES_IN_CODE } from './generated/documented.js'
import { copyJson, readMember } from './json-copy.ts'
import { START_TASK } from './operation.ts'

/**
 * What departs from the documented contract in one exchange: request first, then answer. An exchange of another operation has no
 * findings, nor has a transport failure. The request of an exchange that the service rejected with HTTP 400 was meant to be wrong, or is
 * known to be: its findings are info. Never throws.
 */
export function checkExchange(exchange: Exchange): Finding[] {
  if (read(exchange, 'operation') !== START_TASK) return []
  const response = read(exchange, 'response')
  const isRejected = read(response, 'status') === 400
  const request = checkSent(read(exchange, 'request')).map((finding) =>
    isRejected ? { ...finding, severity: 'info' as const } : finding,
  )
  return [...request, ...checkRecordedResponse(response)]
}

function checkSent(request: unknown): Finding[] {
  for (const member of KEPT_BYTES) {
    if (isNoJson(request, member)) return [describeNoJson('request', `/request/${member}`)]
  }
  return checkRequest(read(request, 'body')).map((finding) => ({
    ...finding,
    pointer: `/request/body${finding.pointer}`,
  }))
}

function checkRecordedResponse(response: unknown): Finding[] {
  if (read(response, 'failure') !== undefined) return []
  for (const member of KEPT_BYTES) {
    if (isNoJson(response, member)) return [describeNoJson('response', `/response/${member}`)]
  }
  const status = read(response, 'status')
  const body = read(response, 'body')
  const findings =
    status === 200
      ? checkResponse(body)
      : checkError(
          typeof status === 'number' ? status : Number.NaN,
          readHeaders(read(response, 'headers')),
          body,
        )
  return findings.map((finding) => ({
    ...finding,
    pointer:
      finding.rule === 'error.status' ? '/response/status' : `/response/body${finding.pointer}`,
  }))
}

const KEPT_BYTES = ['bodyText', 'bodyBase64']

/** Text beside a body is JSON all the same, of which parsing loses something. */
function isNoJson(side: unknown, member: string): boolean {
  return read(side, member) !== undefined && (read(side, 'body') ?? null) === null
}

function describeNoJson(side: 'request' | 'response', pointer: string): Finding {
  const rule = `${side}.notJson`
  const { severity = 'error', source = '' } = RULES_IN_CODE[rule] ?? {}
  return {
    pointer,
    rule,
    severity,
    message: `the body of the ${side} is no JSON`,
    source,
    expected: 'JSON',
  }
}

function readHeaders(headers: unknown): Record<string, string> {
  const copy = copyJson(headers)
  const members = 'value' in copy && isObject(copy.value) ? Object.entries(copy.value) : []
  return Object.fromEntries(
    members.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
}

/** A member of a value that may be anything; `undefined` when there is none or it cannot be read. */
function read(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const member = readMember(value, name)
  return typeof member === 'symbol' ? undefined : member
}
