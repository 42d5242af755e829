import { isObject, normaliseHeaders, readErrorIdentity } from '../protocol/index.ts'
import { cutText } from './characters.ts'
import type { Finding } from './finding.ts'
import { COMMON_ERRORS, DOCUMENTED_ERRORS, RULES_IN_CODE } from './generated/documented.js'
import { copyJson, describeRefusal } from './json-copy.ts'

/**
 * Checks an error response against the documented contract. It never throws.
 *
 * @param status the HTTP status
 * @param headers the headers; `x-amzn-errortype` may have the name of the error
 * @param body the parsed JSON
 * @returns the findings, with pointers into `body`; a finding about the status has the empty pointer
 * @example
 * checkError(400, {}, { __type: 'ClientException', message: 'No cluster.' }) // []
 */
export function checkError(
  status: number,
  headers: Headers | Record<string, string>,
  body: unknown,
): Finding[] {
  const copy = copyJson(body)
  if ('refused' in copy) return [describeRefusal('error', copy.refused)]
  const identity = readErrorIdentity(readHeaders(headers), copy.value)
  const name = identity?.name
  return [
    ...checkStatus(typeof status === 'number' ? status : Number.NaN, name),
    ...(name === undefined ? [describeNameless()] : checkName(name, copy.value)),
  ]
}

function readHeaders(headers: Headers | Record<string, string>): Record<string, string> {
  try {
    return normaliseHeaders(headers)
  } catch {
    return {}
  }
}

function checkStatus(status: number, name: string | undefined): Finding[] {
  if (!(status >= 400 && status <= 599)) {
    return [
      describeStatus(
        'error.status',
        status,
        `HTTP ${status} is no status of an error`,
        '400 to 599',
      ),
    ]
  }
  const documented = findEntry(DOCUMENTED_ERRORS, name)
  if (documented && documented.status !== status) {
    const message = `${name} came with HTTP ${status}; the API page gives it HTTP ${documented.status} (${documented.fault} fault)`
    return [describeStatus('error.status', status, message, documented.status)]
  }
  const common = findEntry(COMMON_ERRORS, name)
  if (common && !common.statuses.includes(status)) {
    const known = common.statuses.join(' or ')
    const message = `${name}, an error common to all actions, came with HTTP ${status}; known is HTTP ${known}`
    return [describeStatus('error.commonStatus', status, message, common.statuses)]
  }
  return []
}

function checkName(name: string, body: unknown): Finding[] {
  const findings: Finding[] = []
  if (!isObject(body) || typeof body['__type'] !== 'string') {
    const message =
      'the error says its name without __type in the body, where services should say it'
    findings.push(describeName('error.__type.elsewhere', message, 'present', 'absent'))
  }
  if (!findEntry(DOCUMENTED_ERRORS, name) && !findEntry(COMMON_ERRORS, name)) {
    const message = `${JSON.stringify(cutText(name))} is none of the errors that the API page lists for StartTask, and no common one that contracts/ knows`
    findings.push(
      describeName('error.undocumented', message, Object.keys(DOCUMENTED_ERRORS), cutText(name)),
    )
  }
  return findings
}

function describeNameless(): Finding {
  const message =
    'the error does not say its name: neither __type nor code in the body, nor the header x-amzn-errortype'
  return describeName('error.__type.required', message, 'present', 'absent')
}

function describeStatus(rule: string, status: number, message: string, expected: unknown): Finding {
  return { pointer: '', ...readRule(rule), message, expected, actual: status }
}

function describeName(rule: string, message: string, expected: unknown, actual: unknown): Finding {
  return { pointer: '/__type', ...readRule(rule), message, expected, actual }
}

function readRule(rule: string): Pick<Finding, 'rule' | 'severity' | 'source'> {
  const { severity = 'error', source = '' } = RULES_IN_CODE[rule] ?? {}
  return { rule, severity, source }
}

function findEntry<T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}
