import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text as readStream } from 'node:stream/consumers'

import { HarnessError, isHarnessError } from '../errors.ts'
import { escapeControls, MAX_DEPTH, measureDepth } from '../protocol/index.ts'
import {
  findRecordingLeaks,
  findTextLeaks,
  type Leak,
  MAX_RECORDING_BYTES,
  parseRecording,
  type Projected,
  projectTexts,
  readBytes,
} from '../recording/index.ts'
import { EXIT, printData, printText, tell } from './terminal.ts'

export interface ScanCommand {
  paths: string[]
  json: boolean
}

/** A secret in a file. `exchange` counts from 1 in a recording, `line` from 1 in a text; the value is never told. */
interface ScanFinding {
  file: string
  exchange?: number
  line?: number
  pointer?: string
  kind: string
}

/** Looks for secrets in files, as continuous integration and a commit hook want it; gives the exit code. */
export async function scan({ paths, json }: ScanCommand): Promise<number> {
  const findings: ScanFinding[] = []
  const unread: { file: string; reason: string }[] = []
  let scanned = 0
  for (const file of paths.flatMap(listFiles)) {
    try {
      findings.push(...(await scanBytes(file, await readInput(file))))
      scanned += 1
    } catch (error) {
      if (!isHarnessError(error) && !(error instanceof Error && 'code' in error)) throw error
      unread.push({ file, reason: error.message })
    }
  }
  if (json) printData(JSON.stringify({ schemaVersion: 1, scanned, unread, findings }, undefined, 2))
  else report(findings, scanned)
  for (const { file, reason } of unread) tell(`starttask: ${file} was not searched: ${reason}`)
  if (findings.length > 0) return EXIT.failed
  return unread.length > 0 ? EXIT.environment : EXIT.fine
}

function report(findings: readonly ScanFinding[], scanned: number): void {
  for (const { file, exchange, line, pointer, kind } of findings) {
    const place = [exchange ? `#${exchange}` : '', line === undefined ? '' : `line ${line}`, pointer ?? ''].filter(Boolean).join(' ')
    printText(`${escapeControls(file)} ${escapeControls(place)}: ${kind}`)
  }
  const files = scanned === 1 ? 'one file' : `${scanned} files`
  if (findings.length === 0) tell(`starttask: no secret found in ${files}`)
  else tell(`starttask: ${findings.length} found in ${files}; take them out with starttask redact PATH, and make the credentials invalid`)
}

/** A folder's files at any depth, hidden ones too; not what git and npm keep for themselves. */
function listFiles(path: string): string[] {
  if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return ['.git', 'node_modules'].includes(entry.name) ? [] : listFiles(join(path, entry.name))
      return entry.isFile() ? [join(path, entry.name)] : []
    })
}

async function readInput(file: string): Promise<Buffer> {
  if (file === '-') return Buffer.from(await readStream(process.stdin))
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) throw new HarnessError('not-found', found ? 'it is no regular file' : 'there is no such file')
  if (found.size > MAX_RECORDING_BYTES) throw new HarnessError('too-large', `it has ${found.size} bytes, more than ${MAX_RECORDING_BYTES}`)
  return readFileSync(file)
}

async function scanBytes(file: string, bytes: Buffer): Promise<ScanFinding[]> {
  const isBinary = bytes.subarray(0, 8000).includes(0) || bytes[0] === 0x1f
  const text = isBinary ? readBytes(bytes).join('\n') : bytes.toString('utf8')
  const whole = isBinary ? undefined : readJson(text)
  if (whole === undefined) return scanLines(file, text)
  const leaks = findRecording(text) ? await findRecordingLeaks(parseRecording(text)) : await findTextLeaks(projectTexts(whole))
  return leaks.map((leak) => describe(file, leak))
}

function describe(file: string, leak: Leak | Omit<Leak, 'exchange'>): ScanFinding {
  const exchange = 'exchange' in leak && leak.exchange > 0 ? { exchange: leak.exchange } : {}
  return { file, ...exchange, pointer: leak.pointer, kind: leak.kind }
}

/** Text by its lines; a line that is JSON by its members too, as in a journal or a log. */
async function scanLines(file: string, text: string): Promise<ScanFinding[]> {
  const projected = text.split('\n').flatMap((line, index): Projected[] => {
    const value = readJson(line)
    const inner = value === undefined || typeof value !== 'object' ? projectTexts(line) : projectTexts(value)
    return inner.map(({ pointer, text: found }) => ({ pointer: `${index + 1} ${pointer}`, text: found }))
  })
  const leaks = await findTextLeaks(projected)
  return leaks.map(({ pointer, kind }) => {
    const space = pointer.indexOf(' ')
    const place = pointer.slice(space + 1)
    return { file, line: Number(pointer.slice(0, space)), ...(place === '' ? {} : { pointer: place }), kind }
  })
}

function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || measureDepth(text) > MAX_DEPTH) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function findRecording(text: string): boolean {
  try {
    parseRecording(text)
    return true
  } catch {
    return false
  }
}
