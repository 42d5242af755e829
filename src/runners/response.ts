/** What users hold of a response, read as StartTask's outcome. */
import { types } from 'node:util'

import { type Outcome, readOutcome } from '../contract/index.ts'
import { escapeLine } from '../message/index.ts'
import {
  isObject,
  type JsonObject,
  readObject,
  readRecordedBody,
  readText,
  type WireResponse,
} from '../protocol/index.ts'

/**
 * How a response reads, whatever form of it somebody holds: what a client of AWS SDK v3 gives (`{ tasks, failures, $metadata }`) or throws, a parsed
 * body, the text of one, a response on the wire, a recorded exchange or its response, an outcome. Never throws; what is none of these is
 * `unreadable`, and the reason says what it was.
 */
export function readResponse(received: unknown): Outcome {
  try {
    return readReceived(received)
  } catch {
    return describeUnreadable('The value cannot be read.')
  }
}

const KINDS: readonly string[] = [
  'started',
  'partial',
  'unplaced',
  'rejected',
  'unreadable',
] satisfies Outcome['kind'][]

function readReceived(received: unknown): Outcome {
  if (types.isNativeError(received)) return readError(received)
  if (typeof received === 'string') return readOutcome({ status: 200, headers: {}, body: received })
  if (!isObject(received))
    return describeUnreadable(`It is ${received === undefined ? 'undefined' : 'no object'}.`)
  if (typeof received['then'] === 'function')
    return describeUnreadable('It is a promise: await it.')
  if (typeof received['json'] === 'function')
    return describeUnreadable(
      'It is a Response whose body is not read yet: give what its json() gives.',
    )
  if (isOutcome(received)) return received
  if (isExchange(received)) return readReceived(received['response'])
  if (typeof received['failure'] === 'string')
    return describeUnreadable(`No response came: ${escapeLine(received['failure'])}.`)
  if (isWireResponse(received)) return readOutcome(received)
  if (typeof received['status'] === 'number' && 'body' in received) return readRecorded(received)
  return readParsed(received)
}

/** A value is an outcome of ours by its kind; StartTask's bodies have no such member. */
function isOutcome(value: object): value is Outcome {
  return 'kind' in value && typeof value.kind === 'string' && KINDS.includes(value.kind)
}

/** Whether a value looks like a recorded exchange. */
export function isExchange(value: JsonObject): boolean {
  return (
    typeof value['operation'] === 'string' &&
    isObject(value['request']) &&
    isObject(value['response'])
  )
}

/** Whether a value looks like a response on the wire. */
export function isWireResponse(value: object): value is WireResponse {
  return (
    'status' in value &&
    typeof value.status === 'number' &&
    'body' in value &&
    isBytesOrText(value.body)
  )
}

function isBytesOrText(value: unknown): boolean {
  return typeof value === 'string' || ArrayBuffer.isView(value) // runners give tests a Uint8Array of their own
}

/** What a client throws: the service's own error has a status, another one never had a response. */
function readError(error: Error): Outcome {
  const metadata: unknown = Reflect.get(error, '$metadata')
  const status = isObject(metadata) ? metadata['httpStatusCode'] : Reflect.get(error, 'statusCode') // SDK v2 has it on the error itself
  if (typeof status !== 'number')
    return describeUnreadable(`No response came: ${escapeLine(error.message)}`)
  const name = error.name === 'Error' ? Reflect.get(error, 'code') : error.name
  return {
    kind: 'rejected',
    error: {
      name: String(name),
      message: error.message,
      status,
      fault: status >= 500 ? 'server' : 'client',
    },
  }
}

function readRecorded(response: JsonObject): Outcome {
  const { status, headers, body, bodyText, bodyBase64 } = response
  return readOutcome({
    status: Number(status),
    headers: copyTexts(headers),
    body: readRecordedBody({
      body,
      bodyText: readText(bodyText),
      bodyBase64: readText(bodyBase64),
    }),
  })
}

function copyTexts(headers: unknown): Record<string, string> {
  const entries = Object.entries(readObject(headers))
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
}

function readParsed(body: JsonObject): Outcome {
  const { $metadata: _, ...members } = body
  return readOutcome({ status: 200, headers: {}, body: JSON.stringify(members) }) // of another status clients throw
}

function describeUnreadable(reason: string): Outcome {
  return { kind: 'unreadable', reason }
}
