/** What users hand over to be checked against the documented contract, brought to the form of JSON. */
import {
  checkError,
  checkExchange,
  checkRequest,
  checkResponse,
  type Finding,
} from '../contract/index.ts'
import { describeReason } from '../message/index.ts'
import { type Exchange, isObject, parseBody } from '../protocol/index.ts'
import { isExchange, isWireResponse } from './response.ts'

/** Which of the two bodies a value is, where its form leaves that open. */
export type BodySide = 'request' | 'response'

/**
 * What departs from the documented contract in a request body, a response body, a command of AWS SDK v3 or what it gave, a request or a response on
 * the wire, or a recorded exchange. A body with `tasks`, `failures` or `$metadata` is a response, any other a request, unless `side` says.
 * Never throws: what cannot be read is a finding.
 */
export function checkSubject(received: unknown, side?: BodySide): Finding[] {
  try {
    return checkReceived(received, side)
  } catch (error) {
    const message = `the body cannot be read: ${describeReason(error)}`
    return [
      {
        pointer: '',
        rule: `${side ?? 'request'}.notJson`,
        severity: 'error',
        message,
        source: 'AWS JSON 1.1',
      },
    ]
  }
}

function checkReceived(received: unknown, side: BodySide | undefined): Finding[] {
  if (!isObject(received))
    return checkBody(typeof received === 'string' ? parseBody(received) : received, side)
  if (isWhole(received)) return checkExchange(received)
  if (isWireResponse(received)) return checkWireResponse(received)
  const { body, input } = received
  const isWireRequest =
    typeof received['method'] === 'string' &&
    (typeof body === 'string' || body instanceof Uint8Array)
  if (isWireRequest) return checkRequest(parseBody(body))
  if (isObject(input) && 'middlewareStack' in received) return checkRequest(toJson(input))
  return checkBody(toJson(received), side)
}

function isWhole(value: object): value is Exchange {
  return isObject(value) && isExchange(value)
}

function checkWireResponse({
  status,
  headers,
  body,
}: {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}): Finding[] {
  const parsed = parseBody(body)
  return status >= 200 && status < 300 ? checkResponse(parsed) : checkError(status, headers, parsed)
}

function checkBody(body: unknown, side: BodySide | undefined): Finding[] {
  const isResponse =
    side === undefined
      ? isObject(body) && ANSWERED.some((member) => member in body)
      : side === 'response'
  return isResponse ? checkResponse(withoutMetadata(body)) : checkRequest(body)
}

const ANSWERED = ['tasks', 'failures', '$metadata']

/** What the SDK adds to a body is no part of it. */
function withoutMetadata(body: unknown): unknown {
  if (!isObject(body)) return body
  const { $metadata: _, ...members } = body
  return members
}

const MOST_LEVELS = 101

/** The SDK makes a Date of each time, which is a number of seconds on the wire. What nests deeper than a body may stays as it is. */
function toJson(value: unknown, level = 0): unknown {
  if (value instanceof Date) return value.getTime() / 1000
  if (level > MOST_LEVELS) return value
  if (Array.isArray(value)) return value.map((item: unknown) => toJson(item, level + 1))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, toJson(member, level + 1)]),
  )
}
