import { HarnessError } from '../message/index.ts'
import {
  type Exchange,
  isObject,
  parseBody,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
} from '../protocol/index.ts'
import { validateRecording } from './generated/validator.js'

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
  const envelope = {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: EPOCH,
    provenance: {},
  }
  const [exchange] = parseRecordingValue({ ...envelope, exchanges: [value] }, place).exchanges
  if (!exchange) throw new HarnessError('recording-invalid', `${place} holds no exchange there.`)
  return exchange
}

const EPOCH = '1970-01-01T00:00:00.000Z'

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
