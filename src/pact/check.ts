import {
  checkError,
  checkRequest,
  checkResponse,
  type Finding,
  REQUEST_PLACES,
  RESPONSE_PLACES,
  START_TASK_TARGET,
} from '../contract/index.ts'
import { isAwsJson } from '../protocol/index.ts'
import { checkMatchers, type Side } from './check-matchers.ts'
import { decideContainment } from './language.ts'
import { escapeRegex } from './interaction.ts'
import type { ReadInteraction, ReadPact, ReadPart } from './read-pact.ts'

/** A finding in a pact file. `pointer` leads from the root of the file. */
export interface PactFinding extends Finding {
  /** The interaction's number in the file, from 1. */
  interaction: number
  description: string
}

/** What was found in a pact file, and how much of it is StartTask's. */
export interface PactReport {
  /** Interactions that were checked. */
  checked: number
  /** Interactions of other operations, and messages: nothing is said about them. */
  others: number
  findings: PactFinding[]
}

const FORM = 'Pact core, measured with pact-ffi 0.5.8: docs/contracts.md'
const PROTOCOL = 'API page, Request Syntax; AWS JSON 1.1'

/**
 * Compares each StartTask interaction of a pact with the documented contract, which stands for the provider: requests closed and with what is
 * required; expected responses closed, and nothing required of them; error names with the statuses that they have; and whether every value that a
 * matcher lets through is one that the contract takes. Needs no network and nothing of Pact. Never throws.
 */
export function checkPact(pact: ReadPact): PactReport {
  const ours = pact.interactions.filter(isStartTask)
  return {
    checked: ours.length,
    others: pact.others + pact.interactions.length - ours.length,
    findings: ours.flatMap((interaction) =>
      [
        ...checkRequestSide(interaction, pact.version),
        ...checkResponseSide(interaction, pact.version),
      ].map((finding) => ({
        ...finding,
        interaction: interaction.number,
        description: interaction.description,
      })),
    ),
  }
}

/** Whether an interaction is StartTask's, or does not say whose it is. */
export function isStartTask({ request }: ReadInteraction): boolean {
  const target = request.headers['x-amz-target']
  return target === undefined || target.split('.').at(-1) === 'StartTask'
}

function checkRequestSide({ request }: ReadInteraction, version: number): Finding[] {
  const findings: Finding[] = []
  const add = (
    rule: string,
    pointer: string,
    message: string,
    expected: unknown,
    actual: unknown,
  ) =>
    findings.push({
      pointer: `${request.pointer}${pointer}`,
      rule,
      severity: 'error',
      message,
      source: PROTOCOL,
      expected,
      actual,
    })
  if (request.method !== 'POST')
    add(
      'pact.method',
      '/method',
      `a StartTask request is POST, not ${request.method}`,
      'POST',
      request.method,
    )
  if (request.path !== '/')
    add(
      'pact.path',
      '/path',
      `a StartTask request goes to /, not ${request.path}`,
      '/',
      request.path,
    )
  const target = request.headers['x-amz-target']
  if (target !== START_TASK_TARGET) {
    add(
      'pact.target',
      '/headers',
      `without the header X-Amz-Target: ${START_TASK_TARGET} no service takes this for a StartTask`,
      START_TASK_TARGET,
      target,
    )
  }
  return [
    ...findings,
    ...checkForm(request, version),
    ...placeFindings(request, checkRequest(request.body)),
    ...checkMatchers(REQUEST, request),
  ]
}

const REQUEST: Side = { name: 'request', place: REQUEST_PLACES }
const RESPONSE: Side = { name: 'response', place: RESPONSE_PLACES }

function checkResponseSide({ response }: ReadInteraction, version: number): Finding[] {
  const { status, headers, body } = response
  const statusFindings = checkStatusRules(response)
  if (status === 200) {
    return [
      ...statusFindings,
      ...checkForm(response, version),
      ...placeFindings(response, checkResponse(body, 'expected')),
      ...checkMatchers(RESPONSE, response),
    ]
  }
  const findings = checkError(status, headers, body).map((finding): Finding => {
    if (finding.rule === 'error.status') return { ...finding, pointer: '/status' }
    const severity = finding.rule === 'error.undocumented' ? 'error' : finding.severity // nobody may rely on what is not documented
    return {
      ...finding,
      severity,
      pointer: `${response.bodyPointer.slice(response.pointer.length)}${finding.pointer}`,
    }
  })
  return [
    ...statusFindings,
    ...checkForm(response, version),
    ...findings.map((finding) => ({
      ...finding,
      pointer: `${response.pointer}${finding.pointer}`,
    })),
  ]
}

function placeFindings({ bodyPointer }: ReadPart, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, pointer: `${bodyPointer}${finding.pointer}` }))
}

/** Whether Pact's core can match the body at all: only specification 4 with a JSON body under a rule for the header. */
function checkForm(part: ReadPart, version: number): Finding[] {
  const sent = part.headers['content-type']
  const rule = part.headerRules.get('content-type')
  const finding = (pointer: string, message: string): Finding[] => [
    {
      pointer: `${part.pointer}${pointer}`,
      rule: 'pact.form',
      severity: 'warning',
      message,
      source: FORM,
    },
  ]
  if (part.body === undefined || part.body === null) return []
  if (version < 4)
    return finding(
      '',
      `Pact cannot match an AWS JSON body of specification ${version} member by member; write specification 4`,
    )
  if (!isAwsJson(sent) && rule === undefined) {
    return finding(
      '/headers',
      `no header Content-Type says application/x-amz-json-1.1, so that Pact expects ${sent ?? 'application/json'}`,
    )
  }
  if (part.contentType !== 'application/json') {
    return finding(
      '/body/contentType',
      'Pact compares the bytes of a body that does not say application/json, matchers or not',
    )
  }
  if (!rule?.matchers.some(({ regex }) => typeof regex === 'string' && acceptsAwsJson(regex))) {
    return finding(
      '/matchingRules/header',
      'without a regex rule for Content-Type that accepts application/x-amz-json-1.1 Pact refuses the body',
    )
  }
  return []
}

function acceptsAwsJson(regex: string): boolean {
  return (
    decideContainment(`^${escapeRegex('application/x-amz-json-1.1')}$`, regex).kind === 'inside'
  )
}

const CLASSES: Readonly<Record<string, readonly [number, number]>> = {
  info: [100, 199],
  success: [200, 299],
  redirect: [300, 399],
  clientError: [400, 499],
  serverError: [500, 599],
  nonError: [100, 399],
  error: [400, 599],
}

/** A matcher for the status that lets success and rejection through alike says nothing of what the consumer relies on. */
function checkStatusRules({
  statusRules,
  status,
  pointer,
}: ReadInteraction['response']): Finding[] {
  return statusRules.flatMap(({ status: admitted }, index): Finding[] => {
    const admits = (code: number) => {
      if (Array.isArray(admitted)) return admitted.includes(code)
      const range =
        typeof admitted === 'string' && Object.hasOwn(CLASSES, admitted)
          ? CLASSES[admitted]
          : undefined
      return range ? code >= range[0] && code <= range[1] : true
    }
    const others = [200, 400, 500].filter(
      (code) => admits(code) && (code === 200) !== (status === 200),
    )
    if (others.length === 0 && admits(status)) return []
    const message =
      others.length > 0
        ? `the matcher lets HTTP ${others.join(' and ')} through where the example has ${status}`
        : `the matcher refuses the example's own HTTP ${status}`
    return [
      {
        pointer: `${pointer}/matchingRules/status/matchers/${index}`,
        rule: 'pact.status',
        severity: 'error',
        message,
        source: 'API page, Errors',
        expected: status,
        actual: admitted,
      },
    ]
  })
}
