import { isObject, normaliseHeaders, readErrorIdentity } from '../protocol/index.ts'
import { cutText } from './characters.ts'
import { describeRefusal } from './conformance.ts'
import type { Finding } from './finding.ts'
import { DOCUMENTED_ERRORS } from './generated/documented.js'
import { copyJson } from './json-copy.ts'
import type { DocumentedError } from './shape.ts'

const PAGE = 'API page, Errors'
const PROTOCOL = 'AWS JSON 1.1 protocol, error answers'

/**
 * What departs from the documented contract in an error answer. Pointers lead into `body`; a finding about the status (rule
 * `error.status`) has the pointer of the whole. Never throws.
 */
export function checkError(status: number, headers: Headers | Record<string, string>, body: unknown): Finding[] {
  const copy = copyJson(body)
  if ('refused' in copy) return [describeRefusal('error', copy.refused)]
  const identity = readErrorIdentity(readHeaders(headers), copy.value)
  const known = identity && Object.hasOwn(DOCUMENTED_ERRORS, identity.name) ? DOCUMENTED_ERRORS[identity.name] : undefined
  return [...checkStatus(status, identity?.name, known), ...checkName(identity?.name, known !== undefined, copy.value)]
}

function readHeaders(headers: Headers | Record<string, string>): Record<string, string> {
  try {
    return normaliseHeaders(headers)
  } catch {
    return {}
  }
}

function checkStatus(status: number, name: string | undefined, known: DocumentedError | undefined): Finding[] {
  const about = { pointer: '', rule: 'error.status', severity: 'error', actual: status } as const
  if (!(status >= 400 && status <= 599)) {
    return [{ ...about, message: `HTTP ${String(status)} is no status of an error`, source: PAGE, expected: '400 to 599' }]
  }
  if (!known || known.status === status) return []
  const message = `${name} came with HTTP ${status}; the API page gives it HTTP ${known.status} (${known.fault} fault)`
  return [{ ...about, message, source: `${PAGE}, ${name}`, expected: known.status }]
}

function checkName(name: string | undefined, isDocumented: boolean, body: unknown): Finding[] {
  if (name === undefined) {
    const message = 'the error does not say its name: neither __type nor code in the body, nor the header x-amzn-errortype'
    return [
      {
        pointer: '/__type',
        rule: 'error.__type.required',
        severity: 'error',
        message,
        source: PROTOCOL,
        expected: 'present',
        actual: 'absent',
      },
    ]
  }
  const findings: Finding[] = []
  if (!isObject(body) || typeof body['__type'] !== 'string') {
    const message = 'the error says its name without __type in the body, where services should say it'
    findings.push({
      pointer: '/__type',
      rule: 'error.__type.elsewhere',
      severity: 'info',
      message,
      source: PROTOCOL,
      expected: 'present',
      actual: 'absent',
    })
  }
  if (!isDocumented) {
    const message = `${JSON.stringify(cutText(name))} is none of the errors that the API page lists for StartTask; it may be one common to all actions`
    findings.push({
      pointer: '/__type',
      rule: 'error.undocumented',
      severity: 'info',
      message,
      source: PAGE,
      expected: Object.keys(DOCUMENTED_ERRORS),
      actual: cutText(name),
    })
  }
  return findings
}
