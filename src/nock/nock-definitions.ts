import { loadConfig } from '../config/index.ts'
import { chooseOperations, ECS_SERVICE, readOperation } from '../contract/index.ts'
import { HarnessError } from '../message/index.ts'
import {
  type CapturedRequest,
  type CapturedResponse,
  type Exchange,
  isObject,
  type JsonObject,
  normaliseHeaders,
  parseBody,
  readCapturedRequest,
  readCapturedResponse,
} from '../protocol/index.ts'
import { refuseWrongRecorderOptions } from '../recorder/index.ts'
import { createRecording, MAX_RECORDING_BYTES } from '../recording/index.ts'
import { createRedaction, loadPseudonymKey, type RedactedRecording } from '../redaction/index.ts'

export interface ReadNockDefinitionsOptions {
  /** What the definitions without a target are; otherwise those are refused: every ECS request is `POST /`. */
  operation?: string
  /** Operations that are read besides StartTask. */
  allow?: readonly string[]
  /** The configuration file whose `keep` and `redact` apply; otherwise `starttask.config.json`, in the working directory or above. */
  config?: string
}

/**
 * Reads nock's definitions, as `nock.recorder.play()` gives them with `output_objects`, or as the text of a file, into a recording without
 * secrets. Definitions of other services and operations are left out; the provenance counts them. Nobody knows when their exchanges were:
 * the times are 0, and the recording's own is that of the first response's `Date`, or 1970. `badheaders` and `options` are left out too,
 * for they say what nock shall refuse.
 *
 * Text keeps numbers that a double cannot hold; in definitions that are values they were lost before.
 *
 * Throws `recording-invalid` with a pointer for anything that is no such list, `not-json`, `too-large`, `too-deep`, and `usage` for a
 * wrong option.
 */
export function readNockDefinitions(
  definitions: unknown,
  options: ReadNockDefinitionsOptions = {},
): RedactedRecording {
  refuseWrongRecorderOptions(options, ['operation', 'allow', 'config'])
  const { operation, allow, config } = options
  const operations = chooseOperations(
    operation === undefined ? allow : [operation, ...(allow ?? [])],
  )
  const list = parseList(definitions)
  const { keep, redact } = loadConfig(config === undefined ? {} : { file: config })
  const redaction = createRedaction({ key: loadPseudonymKey().key, keep, redact })
  const parsed = list.map((value, index) => parseDefinition(value, `/${index}`))
  const wanted = parsed.flatMap((definition) => {
    const read = readDefinitionOperation(definition, operation, operations)
    return read === undefined ? [] : [{ ...definition, operation: read }]
  })
  const count = createAttemptCounter()
  return createRecording({
    recordedAt: findTime(wanted),
    provenance: redaction.redactProvenance({
      source: 'nock definitions',
      limits: NOCK_LIMITS,
      scopes: [...new Set(wanted.map(({ scope }) => scope))],
      ...(wanted.length === parsed.length ? {} : { leftOut: parsed.length - wanted.length }),
    }),
    exchanges: wanted.map((definition) =>
      redaction.redactExchange(readExchange(definition, count(definition.headers))),
    ),
  })
}

/** What nock does not keep of an exchange. */
export const NOCK_LIMITS =
  'nock keeps no failures and no times, parses bodies anew, and loses digits of numbers beyond 2^53'

function parseList(definitions: unknown): readonly unknown[] {
  const list =
    typeof definitions === 'string' ? parseBody(definitions, MAX_RECORDING_BYTES) : definitions
  if (Array.isArray(list)) return list
  throw refuseDefinition(
    '',
    'is no list; nock.recorder.play() gives one when it records with output_objects',
  )
}

/** Reads definitions one by one: the exchange, secrets and all, and when its response says that it was made. */
export function createDefinitionReader(
  operations: readonly string[],
): (value: unknown, place: string) => { exchange: Exchange; at: number | undefined } | undefined {
  const count = createAttemptCounter()
  return (value, place) => {
    const definition = parseDefinition(value, place)
    const operation = readDefinitionOperation(definition, undefined, operations)
    if (operation === undefined) return undefined
    const at = Date.parse(definition.response.headers['date'] ?? '')
    return {
      exchange: readExchange({ ...definition, operation }, count(definition.headers)),
      at: Number.isNaN(at) ? undefined : at,
    }
  }
}

function readExchange(
  definition: ParsedDefinition & { operation: string },
  attempt: Attempt,
): Exchange {
  const { operation, response } = definition
  const request = readCapturedRequest(readDefinitionRequest(definition, operation))
  return {
    operation,
    ...attempt,
    startedAtMs: 0,
    request,
    response: readCapturedResponse(response),
  }
}

type Attempt = Pick<Exchange, 'invocation' | 'attempt'>

/** Invocations in order; the SDKs' own ids are random. */
function createAttemptCounter(): (headers: Record<string, string>) => Attempt {
  const attempts = new Map<string, { invocation: string; attempt: number }>()
  return (headers) => {
    const id = headers['amz-sdk-invocation-id']
    if (id === undefined) return {}
    const last = attempts.get(id)
    const next = {
      invocation: last?.invocation ?? `invocation-${attempts.size + 1}`,
      attempt: (last?.attempt ?? 0) + 1,
    }
    attempts.set(id, next)
    return next
  }
}

function findTime(definitions: readonly ParsedDefinition[]): string {
  const times = definitions.map(({ response }) => Date.parse(response.headers['date'] ?? ''))
  return new Date(times.find((time) => !Number.isNaN(time)) ?? 0).toISOString()
}

/** One definition, checked. */
export interface ParsedDefinition {
  place: string
  scope: string
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
  response: CapturedResponse
}

/** Throws `recording-invalid`, with the pointer of what is wrong. */
export function parseDefinition(value: unknown, place: string): ParsedDefinition {
  if (!isObject(value)) throw refuseDefinition(place, 'is no object; record with output_objects')
  for (const filter of ['filteringRequestBody', 'filteringPath']) {
    if (value[filter] !== undefined)
      throw refuseDefinition(`${place}/${filter}`, 'is code, which a recording cannot hold')
  }
  const { scope, method, path, reqheaders, body } = value
  if (typeof scope !== 'string' || !URL.canParse(scope))
    throw refuseDefinition(`${place}/scope`, 'is no origin')
  if (typeof method !== 'string') throw refuseDefinition(`${place}/method`, 'is no text')
  if (typeof path !== 'string') throw refuseDefinition(`${place}/path`, 'is no text')
  return {
    place,
    scope: readScope(scope, value['port']),
    method: method.toUpperCase(),
    path,
    headers: parseHeaders(reqheaders, `${place}/reqheaders`),
    body: requireData(body, `${place}/body`),
    response: {
      status: parseStatus(value, place),
      headers: parseHeaders(value['rawHeaders'], `${place}/rawHeaders`),
      body: parseResponse(value, place),
    },
  }
}

/** The port of older definitions stands beside the scope. */
function readScope(scope: string, port: unknown): string {
  const { origin, port: own } = new URL(scope)
  return own === '' && (typeof port === 'number' || typeof port === 'string')
    ? `${origin}:${port}`
    : scope
}

function parseStatus({ status, reply }: JsonObject, place: string): number {
  const read = reply === undefined ? (status ?? 200) : Number(reply)
  if (typeof read === 'number' && Number.isInteger(read) && read >= 100 && read <= 599) return read
  throw refuseDefinition(
    `${place}/${reply === undefined ? 'status' : 'reply'}`,
    'is no status of HTTP',
  )
}

/** An object of texts or lists of texts, or a flat list of names and values, as Node.js has raw headers. */
function parseHeaders(headers: unknown, place: string): Record<string, string> {
  if (headers === undefined || headers === null) return {}
  if (Array.isArray(headers)) {
    const flat = headers.map((text, index) => requireText(text, `${place}/${index}`))
    const names = [
      ...new Set(flat.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())),
    ]
    if (flat.length % 2 !== 0) throw refuseDefinition(place, 'has a name without a value')
    const readValues = (name: string) =>
      flat.filter((_, index) => index % 2 === 1 && flat[index - 1]?.toLowerCase() === name)
    return Object.fromEntries(names.map((name) => [name, readValues(name).join(', ')]))
  }
  if (!isObject(headers)) throw refuseDefinition(place, 'is neither an object nor a list')
  return normaliseHeaders(
    Object.fromEntries(
      Object.entries(headers).map(([name, value]) => {
        const values = Array.isArray(value) ? value : [value]
        return [name, values.map((text) => requireText(text, `${place}/${name}`)).join(', ')]
      }),
    ),
  )
}

function requireText(value: unknown, place: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw refuseDefinition(place, 'is no text')
}

/** JSON alone: a definition that never was in a file may hold patterns and functions. */
function requireData(value: unknown, place: string): unknown {
  if (value === undefined) return undefined
  try {
    const text = JSON.stringify(value, (_key, member: unknown) => {
      if (typeof member === 'function' || member instanceof RegExp)
        throw new HarnessError('usage', 'no data')
      return member
    })
    return parseBody(text)
  } catch (cause) {
    throw refuseDefinition(
      place,
      'is no JSON of a size that is read; patterns and functions are not data',
      cause,
    )
  }
}

function parseResponse(
  { response, responseIsBinary, rawHeaders }: JsonObject,
  place: string,
): Uint8Array {
  const at = `${place}/response`
  if (response === undefined || response === null || response === '') return new Uint8Array()
  if (responseIsBinary === true) return decodeHex(response, at)
  const encoding = parseHeaders(rawHeaders, `${place}/rawHeaders`)['content-encoding']
  const isInPieces =
    encoding !== undefined &&
    Array.isArray(response) &&
    response.every((piece) => typeof piece === 'string')
  if (isInPieces) return decodeHex(response.join(''), at)
  return Buffer.from(
    typeof response === 'string' ? response : JSON.stringify(requireData(response, at)),
  )
}

function decodeHex(value: unknown, place: string): Uint8Array {
  if (typeof value === 'string' && /^(?:[0-9a-f]{2})*$/i.test(value))
    return Buffer.from(value, 'hex')
  throw refuseDefinition(place, 'is no text of hexadecimal digits')
}

/** The operation that a definition is an exchange of; `undefined` for one that is not recorded. */
export function readDefinitionOperation(
  { place, method, path, headers, body }: ParsedDefinition,
  without: string | undefined,
  operations: readonly string[],
): string | undefined {
  const target = headers['x-amz-target']
  if (method !== 'POST' || path !== '/') return undefined
  if (target !== undefined) return readOperation(target, operations)
  if (!isObject(body)) return undefined // a form, of another service
  if (without !== undefined) return without
  throw refuseDefinition(
    `${place}/reqheaders`,
    'has no x-amz-target, so its operation is unknown: record with enable_reqheaders_recording, or name the operation',
  )
}

/** A definition's request, with the target that its operation has. */
export function readDefinitionRequest(
  { headers, body }: ParsedDefinition,
  operation: string,
): CapturedRequest {
  const text = typeof body === 'string' || body === undefined ? (body ?? '') : JSON.stringify(body)
  return {
    headers: { 'x-amz-target': `${ECS_SERVICE}.${operation}`, ...headers },
    body: Buffer.from(text),
  }
}

/** What is wrong with definitions, and where. */
function refuseDefinition(pointer: string, problem: string, cause?: unknown): HarnessError {
  return new HarnessError(
    'recording-invalid',
    `The nock definitions: ${pointer === '' ? 'the whole' : pointer} ${problem}.`,
    { cause },
  )
}
