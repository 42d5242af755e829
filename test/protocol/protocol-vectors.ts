import { readFileSync } from 'node:fs'

import { inject } from 'vitest'

import { isObject, type JsonObject, normaliseHeaders, parseBody } from '../../src/protocol/index.ts'
import { VECTORS } from '../report-skipped.ts'

/** A case of somebody else's protocol tests, in one form for both suites. */
export interface Vector {
  suite: 'smithy' | 'botocore'
  kind: 'request' | 'response'
  id: string
  /** Kind and id: what both suites name alike is the same case. */
  key: string
  operation: string
  /** Of a request; `/` in a response. */
  uri: string
  /** Of a response; 0 in a request. */
  status: number
  headers: Record<string, string>
  /** As it is on the wire; `undefined` when the case says nothing of it. */
  body: string | undefined
  /** What the caller gives or gets. */
  value: JsonObject
  /** The error that a response is. */
  error: { name: string; message: string } | undefined
}

/** Whether the vectors are here; the tests that need them say so when they are not. */
export const HAS_VECTORS = inject('vectors')

/** Every case of both suites, none when they are not here. */
export const ALL_VECTORS: readonly Vector[] = HAS_VECTORS
  ? [
      ...readSuite('smithy-awsjson11.json').map(readSmithy),
      ...readSuite('botocore-json-protocol.json').map(readBotocore),
    ]
  : []

function readSuite(file: string): JsonObject[] {
  const suite = parseBody(readFileSync(`${VECTORS}/${file}`, 'utf8'))
  const vectors = isObject(suite) ? suite['vectors'] : undefined
  if (!Array.isArray(vectors)) throw new Error(`${file} has no vectors.`)
  return vectors.filter(isObject)
}

function readSmithy(vector: JsonObject): Vector {
  const { shape, code, uri, expected, isError } = vector
  const value = readObject(expected)
  return {
    ...readCommon('smithy', vector),
    ...readWire(vector),
    operation: String(shape),
    uri: readText(uri, '/'),
    status: Number(code ?? 0),
    value,
    error:
      isError === true
        ? { name: String(shape), message: readText(value['Message'], '') }
        : undefined,
  }
}

function readBotocore(vector: JsonObject): Vector {
  const { operation, serialized, response, params, expected, errorCode, errorMessage } = vector
  const wire = readObject(serialized ?? response)
  return {
    ...readCommon('botocore', vector),
    ...readWire(wire),
    operation: String(operation),
    uri: readText(wire['uri'], '/'),
    status: Number(wire['status_code'] ?? 0),
    value: readObject(params ?? expected),
    error:
      typeof errorCode === 'string'
        ? { name: errorCode, message: readText(errorMessage, '') }
        : undefined,
  }
}

function readCommon(
  suite: Vector['suite'],
  { id, kind }: JsonObject,
): Pick<Vector, 'suite' | 'kind' | 'id' | 'key'> {
  if (kind !== 'request' && kind !== 'response')
    throw new Error(`${String(id)} is neither a request nor a response.`)
  return { suite, kind, id: String(id), key: `${kind} ${String(id)}` }
}

function readWire({ headers, body }: JsonObject): Pick<Vector, 'headers' | 'body'> {
  const texts = Object.entries(readObject(headers)).map(([name, value]) => [name, String(value)])
  return {
    headers: normaliseHeaders(Object.fromEntries(texts)),
    body: typeof body === 'string' ? body : undefined,
  }
}

function readObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function readText(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}
