import { HarnessError } from '../message/index.ts'
import {
  type Exchange,
  isObject,
  isTransportFailure,
  parseBody,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  sortMembers,
} from '../protocol/index.ts'
import type { RedactedRecording } from '../redaction/index.ts'
import { validateRecording } from './generated/validator.js'

/**
 * Creates a recording from its parts. Redacted parts give a redacted recording.
 *
 * @example
 * createRecording({ recordedAt: new Date(0).toISOString(), provenance: {}, exchanges: [] })
 */
export function createRecording<Parts extends Omit<Recording, 'format' | 'version'>>(
  parts: Parts,
): Pick<Recording, 'format' | 'version'> & Parts {
  return { format: RECORDING_FORMAT, version: RECORDING_VERSION, ...parts }
}

/** The largest recording file, in bytes, that is read. */
export const MAX_RECORDING_BYTES = 64 * 1024 * 1024

/**
 * Reads a recording's text. Throws `recording-version` for another format version (naming both), `recording-invalid` for anything else
 * that is no recording, `not-json`, `too-large` or `too-deep`.
 *
 * @param place what the text came from, for the message: a path
 */
export function parseRecording(text: string, place = 'the recording'): Recording {
  return parseRecordingValue(parseText(text, place), place)
}

/** As {@link parseRecording}, for JSON that was parsed by `parseBody`. */
export function parseRecordingValue(value: unknown, place = 'the recording'): Recording {
  if (!isObject(value) || value['format'] !== RECORDING_FORMAT) {
    throw new HarnessError(
      'recording-invalid',
      `${place} is no recording: its "format" is not "${RECORDING_FORMAT}".`,
    )
  }
  if (value['version'] !== RECORDING_VERSION) throw describeVersion(value['version'], place)
  if (isRecording(value)) return value
  const [first] = validateRecording.errors ?? []
  const where = first?.instancePath ? `at ${first.instancePath}: ` : ''
  throw new HarnessError(
    'recording-invalid',
    `${place} breaks the recording format, ${where}${first?.message ?? 'unknown'}. See contracts/recording.schema.json.`,
  )
}

/** As {@link parseRecordingValue}, for one exchange that stands by itself, as in a line. */
export function parseExchangeValue(value: unknown, place: string): Exchange {
  const alone = {
    ...createRecording({ recordedAt: EPOCH, provenance: {}, exchanges: [] }),
    exchanges: [value],
  }
  const [exchange] = parseRecordingValue(alone, place).exchanges
  if (!exchange) throw new HarnessError('recording-invalid', `${place} holds no exchange there.`)
  return exchange
}

const EPOCH = '1970-01-01T00:00:00.000Z'

/**
 * Formats a recording as the canonical text of a file: the envelope's members in reading order, headers and bodies with sorted members, two spaces, a
 * final line feed. The same recording always gives the same text.
 */
export function formatRecording(recording: RedactedRecording): string {
  return formatCanonically(recording)
}

/** Formats any recording as {@link formatRecording} does, to compare its text with a file's. Not exported from the module: nothing writes it. */
export function formatCanonically(recording: Recording): string {
  const ordered = {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: recording.recordedAt,
    provenance: sortMembers(recording.provenance),
    taskStateChanges: recording.taskStateChanges?.map(({ atMs, task }) => ({
      atMs,
      task: sortMembers(task),
    })),
    exchanges: recording.exchanges.map(orderExchange),
  }
  return `${JSON.stringify(ordered, undefined, 2)}\n`
}

function orderExchange(exchange: Exchange): object {
  const { operation, invocation, attempt, startedAtMs, headersMs, elapsedMs, request, response } =
    exchange
  return {
    operation,
    invocation,
    attempt,
    startedAtMs,
    headersMs,
    elapsedMs,
    request: {
      headers: sortMembers(request.headers),
      body: sortMembers(request.body),
      bodyText: request.bodyText,
      bodyBase64: request.bodyBase64,
    },
    response: isTransportFailure(response)
      ? { failure: response.failure, code: response.code }
      : {
          status: response.status,
          headers: sortMembers(response.headers),
          body: sortMembers(response.body),
          bodyText: response.bodyText,
          bodyBase64: response.bodyBase64,
        },
  }
}

function parseText(text: string, place: string): unknown {
  try {
    return parseBody(text, MAX_RECORDING_BYTES)
  } catch (error) {
    if (error instanceof HarnessError)
      throw new HarnessError(error.code, `${place}: ${error.message}`, { cause: error })
    throw error
  }
}

function describeVersion(version: unknown, place: string): HarnessError {
  const found =
    typeof version === 'number' ? `format version ${version}` : 'no readable format version'
  const isNewer = typeof version === 'number' && version > RECORDING_VERSION
  const remedy = isNewer
    ? 'A newer starttask-harness wrote it: update this one.'
    : 'starttask format says whether it can be migrated.'
  return new HarnessError(
    'recording-version',
    `${place} has ${found}; this package reads version ${RECORDING_VERSION}. ${remedy}`,
  )
}

function isRecording(value: object): value is Recording {
  return validateRecording(value)
}
