import {
  type Exchange,
  parseBody,
  readCapturedResponse,
  readCapturedRequest,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
} from '../protocol/index.ts'
import { createRedaction, loadPseudonymKey } from '../redaction/index.ts'
import { MAX_RECORDING_BYTES } from '../recording/index.ts'
import { loadConfig } from '../config/index.ts'
import {
  parseDefinition,
  type ParsedDefinition,
  readDefinitionOperation,
  readDefinitionRequest,
  refuseDefinition,
} from './nock-definition.ts'
import { chooseOperations } from '../contract/index.ts'
import { refuseWrongRecorderOptions } from '../recorder/index.ts'

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
): Recording {
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
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: findTime(wanted),
    provenance: {
      source: 'nock definitions',
      limits: NOCK_LIMITS,
      scopes: [...new Set(wanted.map(({ scope }) => scope))],
      redaction: redaction.rulesHash,
      ...(wanted.length === parsed.length ? {} : { leftOut: parsed.length - wanted.length }),
    },
    exchanges: wanted.map((definition) =>
      redaction.redactExchange(readExchange(definition, count(definition.headers))),
    ),
  }
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
