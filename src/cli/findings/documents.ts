import { isUtf8 } from 'node:buffer'

import { ARCHIVE_FORMAT, stripLine } from '../../archive/index.ts'
import { checkExchange, checkRequest, checkResponse, type Finding } from '../../contract/index.ts'
import { HarnessError, isHarnessError } from '../../message/index.ts'
import {
  type Exchange,
  isObject,
  isTransportFailure,
  looksLikeQuery,
  MAX_BODY_BYTES,
  parseBody,
  readObject,
  RECORDING_FORMAT,
} from '../../protocol/index.ts'
import { MAX_RECORDING_BYTES, parseExchangeValue, parseRecording } from '../../recording/index.ts'
import { applySeverity, type Config } from '../../config/index.ts'

export type CheckedAs = 'request' | 'response' | 'recording'

/** A document as it was read. `bytes` is left out when there were more than `most`. */
export interface SourceDocument {
  file: string
  line?: number
  bytes: Buffer | undefined
  most: number
  isUnended?: boolean
}

/** A finding with where it was found. `exchange` counts from 1, `line` too. */
export interface PlacedFinding extends Finding {
  file: string
  line?: number
  exchange?: number
  side?: 'request' | 'response'
}

/** A checked document: how many bodies or exchanges it held, and what is wrong with them. */
export interface CheckedDocument {
  file: string
  line?: number
  /** What it says; empty when it could not be read. */
  text: string
  checked: number
  findings: PlacedFinding[]
}

/** Checks a document. One that cannot be read is a finding like others, so that the rest is checked all the same. */
export function checkOrRefuse(
  document: SourceDocument,
  as: CheckedAs | undefined,
  config: Config,
): CheckedDocument {
  const place =
    document.line === undefined
      ? { file: document.file }
      : { file: document.file, line: document.line }
  let text = ''
  try {
    text = decodeText(document)
    return { ...place, text, ...checkText(text, as, { document, place, config }) }
  } catch (error) {
    if (!isHarnessError(error) || error.code === 'usage') throw error
    const hint = error.code === 'not-json' ? describeOtherForm(text, document) : ''
    const finding: PlacedFinding = {
      ...place,
      pointer: '',
      rule: `file.${error.code}`,
      severity: 'error',
      message: `${error.message}${hint}`,
      source: 'starttask-harness',
    }
    return { ...place, text, checked: 1, findings: applySeverity([finding], config) }
  }
}

/** What a document may be that is not JSON. */
function describeOtherForm(text: string, { bytes, isUnended }: SourceDocument): string {
  if (looksLikeQuery(text))
    return ' It is a form of the old Query protocol; AWS JSON 1.1 alone is recorded, replayed and checked.'
  if (text === '' && bytes !== undefined && isCborMap(bytes))
    return ' It may be CBOR, of RPC v2; AWS JSON 1.1 alone is recorded, replayed and checked.'
  return isUnended ? ' No line feed ends the line, so it may be cut short.' : ''
}

/** Whether bytes begin as a map of CBOR (RFC 8949) whose first key is a text. */
function isCborMap([first = 0, second = 0]: Uint8Array): boolean {
  return first >= 0xa1 && first <= 0xbf && second >= 0x60 && second <= 0x7b
}

interface Setting {
  document: SourceDocument
  place: { file: string; line?: number }
  config: Config
}

function decodeText(document: SourceDocument): string {
  const { bytes, most } = document
  if (!bytes)
    throw new HarnessError(
      'too-large',
      `${formatPlace(document)} has more than ${most} bytes; it is not read.`,
    )
  // No TextDecoder: it takes milliseconds to load, as long as the check of a file.
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\ufeff/, '')
  throw new HarnessError(
    'not-json',
    `${formatPlace(document)}: The bytes are not UTF-8 text, so they are not JSON.`,
  )
}

function checkText(
  text: string,
  as: CheckedAs | undefined,
  setting: Setting,
): Pick<CheckedDocument, 'checked' | 'findings'> {
  const { document, place, config } = setting
  const body = parseDocument(text, document)
  if (isObject(body) && body['format'] === ARCHIVE_FORMAT) return { checked: 0, findings: [] } // the first line of an archive
  const kind = as ?? recogniseKind(body)
  if (kind === undefined)
    return { checked: 1, findings: applySeverity([refuseUnrecognised(setting)], config) }
  if (kind === 'recording')
    return checkRecording(parseRecording(text, place.file).exchanges, setting)
  if (kind === 'exchange' && isObject(body))
    return checkRecording([parseExchangeValue(stripLine(body), place.file)], setting)
  refuseLargeBody(text, document)
  const findings = kind === 'request' ? checkRequest(body) : checkResponse(body)
  return {
    checked: 1,
    findings: applySeverity(findings, config).map((finding) => ({ ...place, ...finding })),
  }
}

function parseDocument(text: string, document: SourceDocument): unknown {
  try {
    return parseBody(text, MAX_RECORDING_BYTES)
  } catch (error) {
    if (!isHarnessError(error)) throw error
    throw new HarnessError(error.code, `${formatPlace(document)}: ${error.message}`, {
      cause: error,
    })
  }
}

function recogniseKind(body: unknown): CheckedAs | 'exchange' | undefined {
  const members = readObject(body)
  if (members['format'] === RECORDING_FORMAT) return 'recording'
  if ('request' in members && 'response' in members) return 'exchange'
  if ('taskDefinition' in members || 'containerInstances' in members) return 'request'
  return 'tasks' in members || 'failures' in members ? 'response' : undefined
}

/** Of a document that does not say what it is: among many lines it is a finding, alone the command was not told enough. */
function refuseUnrecognised({ document, place }: Setting): PlacedFinding {
  const message = `${formatPlace(document)} is neither a recording nor plainly a request or a response. Say which with --as request|response|recording.`
  if (place.line === undefined) throw new HarnessError('usage', message)
  return {
    ...place,
    pointer: '',
    rule: 'file.unrecognised',
    severity: 'error',
    message,
    source: 'starttask-harness',
  }
}

function refuseLargeBody(text: string, document: SourceDocument): void {
  if (text.length <= MAX_BODY_BYTES && Buffer.byteLength(text) <= MAX_BODY_BYTES) return
  throw new HarnessError(
    'too-large',
    `${formatPlace(document)} is a body of more than ${MAX_BODY_BYTES} bytes; it is not read.`,
  )
}

function checkRecording(
  exchanges: readonly Exchange[],
  { place, config }: Setting,
): Pick<CheckedDocument, 'checked' | 'findings'> {
  const findings = exchanges.flatMap((exchange, index) =>
    checkRecorded(exchange, config).map((finding) => ({
      ...place,
      exchange: index + 1,
      side: readSide(finding),
      ...finding,
    })),
  )
  return { checked: exchanges.length, findings }
}

/**
 * What departs from the contract in a recorded exchange, under the configuration. What a rejected request breaks stays info, as
 * {@link checkExchange} has it: an override is about requests that were meant to be right.
 */
export function checkRecorded(exchange: Exchange, config: Config): Finding[] {
  const isRejected = !isTransportFailure(exchange.response) && exchange.response.status === 400
  return applySeverity(checkExchange(exchange), config).map((finding) =>
    isRejected && readSide(finding) === 'request' ? { ...finding, severity: 'info' } : finding,
  )
}

function readSide({ pointer }: Finding): 'request' | 'response' {
  return pointer.startsWith('/request') ? 'request' : 'response'
}

/** A document's place as a terminal knows it: `FILE`, or `FILE:LINE`. */
function formatPlace({ file, line }: { file: string; line?: number }): string {
  return line === undefined ? file : `${file}:${line}`
}
