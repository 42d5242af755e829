import { readFileSync, statSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import { checkExchange, checkRequest, checkResponse, type Finding } from '../contract/index.ts'
import { HarnessError } from '../errors.ts'
import { isObject, parseBody } from '../protocol/index.ts'
import { listRecordingFiles, MAX_RECORDING_BYTES, parseRecording, RECORDING_FORMAT } from '../recording/index.ts'
import { EXIT, printText } from './terminal.ts'

export type CheckedAs = 'request' | 'response' | 'recording'

export interface CheckCommand {
  paths: string[]
  as: CheckedAs | undefined
  json: boolean
}

/** A finding with where it was found. `exchange` counts from 1, `line` too. */
interface PlacedFinding extends Finding {
  file: string
  line?: number
  exchange?: number
  side?: 'request' | 'answer'
}

/** Checks bodies and recordings against the documented contract; gives the exit code: 1 when a finding is an error. */
export async function check({ paths, as, json }: CheckCommand): Promise<number> {
  const findings: PlacedFinding[] = []
  let checked = 0
  for (const path of paths.flatMap(listFiles)) {
    const content = path === '-' ? await text(process.stdin) : readText(path)
    for (const document of splitDocuments(path, content)) {
      const found = checkOrRefuse(document, as)
      checked += found.checked
      findings.push(...found.findings)
    }
  }
  const hasErrors = findings.some(({ severity }) => severity === 'error')
  if (json) printText(JSON.stringify({ schemaVersion: 1, checked, findings }, undefined, 2))
  else printFindings(findings, checked)
  return hasErrors ? EXIT.failed : EXIT.fine
}

function listFiles(path: string): string[] {
  if (path === '-') return [path]
  return path.endsWith('.ndjson') ? [path] : listRecordingFiles(path)
}

function readText(path: string): string {
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? {}
  if (size === undefined)
    throw new HarnessError('not-found', `${path} does not exist. Name a .json or .ndjson file, a folder, or - for standard input.`)
  if (size > MAX_RECORDING_BYTES)
    throw new HarnessError('too-large', `${path} has ${size} bytes; more than ${MAX_RECORDING_BYTES} are not read.`)
  return readFileSync(path, 'utf8')
}

interface Document {
  file: string
  line?: number
  text: string
}

function splitDocuments(file: string, content: string): Document[] {
  if (!file.endsWith('.ndjson')) return [{ file, text: content }]
  return content
    .split('\n')
    .map((line, index) => ({ file, line: index + 1, text: line }))
    .filter((document) => document.text.trim() !== '')
}

/** A document that cannot be read is a finding like others: the rest is checked all the same. */
function checkOrRefuse(document: Document, as: CheckedAs | undefined): { checked: number; findings: PlacedFinding[] } {
  try {
    return checkDocument(document, as)
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code === 'usage') throw error
    const finding = {
      pointer: '',
      rule: `file.${error.code}`,
      severity: 'error',
      message: error.message,
      source: 'starttask-harness',
    } as const
    return { checked: 1, findings: [{ ...placeOf(document), ...finding }] }
  }
}

function placeOf({ file, line }: Document): { file: string; line?: number } {
  return line === undefined ? { file } : { file, line }
}

function checkDocument(document: Document, as: CheckedAs | undefined): { checked: number; findings: PlacedFinding[] } {
  const place = placeOf(document)
  const body = parseDocument(document)
  const kind = as ?? recogniseKind(body, document)
  if (kind !== 'recording') {
    const findings = kind === 'request' ? checkRequest(body) : checkResponse(body)
    return { checked: 1, findings: findings.map((finding) => ({ ...place, ...finding })) }
  }
  const { exchanges } = parseRecording(document.text, document.file)
  const findings = exchanges.flatMap((exchange, index) =>
    checkExchange(exchange).map((finding) => ({ ...place, exchange: index + 1, side: readSide(finding), ...finding })),
  )
  return { checked: exchanges.length, findings }
}

function readSide({ pointer }: Finding): 'request' | 'answer' {
  return pointer.startsWith('/request') ? 'request' : 'answer'
}

function parseDocument({ file, line, text: content }: Document): unknown {
  try {
    return parseBody(content, MAX_RECORDING_BYTES)
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    throw new HarnessError(error.code, `${file}${line === undefined ? '' : `:${line}`}: ${error.message}`, { cause: error })
  }
}

function recogniseKind(body: unknown, { file, line }: Document): CheckedAs {
  const members = isObject(body) ? body : {}
  if (members['format'] === RECORDING_FORMAT) return 'recording'
  if ('taskDefinition' in members || 'containerInstances' in members) return 'request'
  if ('tasks' in members || 'failures' in members) return 'response'
  const place = line === undefined ? file : `${file}:${line}`
  throw new HarnessError(
    'usage',
    `${place} is neither a recording nor plainly a request or a response. Say which with --as request|response|recording.`,
  )
}

function printFindings(findings: readonly PlacedFinding[], checked: number): void {
  for (const { file, line, exchange, pointer, severity, rule, message, source } of findings) {
    const place = `${file}${line === undefined ? '' : `:${line}`}${exchange === undefined ? '' : ` #${exchange}`}`
    printText(`${severity.padEnd(7)} ${place} ${pointer || '(whole)'}\n        ${message}\n        ${rule}; ${source}`)
  }
  const counts = (['error', 'warning', 'info'] as const).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return `${count} ${severity}${count === 1 ? '' : 's'}`
  })
  printText(`checked ${checked}: ${counts.join(', ')}`)
}
