import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'

import { createArchiveWriter, readUnpacked } from '../archive/index.ts'
import { HarnessError } from '../errors.ts'
import { AWS_CLI_DEBUG, CLOUDTRAIL, HAR, type Imported, type ImportFinding, type ImportFormat } from '../formats/index.ts'
import { chooseOperations } from '../recorder/operations.ts'
import {
  createRedaction,
  findRecordingLeaks,
  formatRecording,
  listFilesBelow,
  loadStandInKey,
  MAX_RECORDING_BYTES,
  parseExchangeValue,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RedactedExchange,
  type RedactedRecording,
  saveRecording,
} from '../recording/index.ts'
import { createKeys } from '../replayer/index.ts'
import { loadRules } from '../rules/index.ts'
import { createProgress, isAnimated, type Progress } from './check-progress.ts'
import { formatJson } from './check-report-json.ts'
import { EXIT, printData, tell } from './terminal.ts'

/** What can be imported, by name. */
export const IMPORT_FORMATS: readonly ImportFormat[] = [AWS_CLI_DEBUG, CLOUDTRAIL, HAR]

export interface ImportCommand {
  format: string
  paths: string[]
  out: string
  allow: string[]
  rules: string | undefined
  json: boolean
}

/** Where imported exchanges go. */
interface Sink {
  add(imported: Imported): void
  /** Writes; gives what looked like a secret and was left out. */
  finish(): Promise<ImportFinding[]>
  abandon(): void
}

/** Imports exchanges from files of another format; gives the exit code: 1 when something was left out or nothing was found. */
export async function importFiles({ format: name, paths, out, allow, rules: file, json }: ImportCommand): Promise<number> {
  const format = IMPORT_FORMATS.find((one) => one.name === name)
  if (!format)
    throw new HarnessError(
      'usage',
      `There is no format ${JSON.stringify(name)}.\n  remedy     name one of ${IMPORT_FORMATS.map((one) => one.name).join(', ')}`,
    )
  const operations = chooseOperations(allow)
  const files = paths.flatMap(listImports)
  const findings: ImportFinding[] = []
  const progress = createProgress({ stream: process.stderr, now: Date.now, isShown: isAnimated(process.stderr, process.env) })
  const sink = openSink(out, format, loadRules({ file }))
  let exchanges = 0
  try {
    for (const [index, path] of files.entries()) {
      const source = { file: path, read: () => readUnpacked(path) }
      for await (const imported of format.read(source, (finding) => void findings.push({ file: path, ...finding }), { operations })) {
        const reason = refuseExchange(imported)
        if (reason === undefined) {
          sink.add(imported)
          exchanges += 1
        } else
          findings.push({
            file: path,
            ...place(imported),
            rule: 'import.record',
            severity: 'error',
            message: `no recording can hold it: ${reason}`,
          })
      }
      show(progress, index + 1, files.length, exchanges)
    }
    progress.clear()
    if (exchanges > 0) findings.push(...(await sink.finish()))
    else sink.abandon()
  } catch (error) {
    progress.clear()
    sink.abandon()
    throw error
  }
  if (json)
    printData(
      formatJson({
        schemaVersion: 1,
        format: name,
        out: exchanges > 0 ? out : null,
        files: files.length,
        exchanges,
        limits: format.limits,
        findings,
      }),
    )
  else tellFindings(findings)
  if (exchanges === 0)
    tell(
      `starttask: no ${operations.join(' or ')} was found in ${files.length === 1 ? files[0] : `${files.length} files`}; nothing was written`,
    )
  else {
    tell(
      `starttask: ${exchanges === 1 ? 'one exchange' : `${exchanges} exchanges`} of ${files.length === 1 ? 'one file' : `${files.length} files`} in ${out}`,
    )
    tell(`  not told   ${format.limits}`)
  }
  return exchanges === 0 || findings.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.fine
}

/** Why the recording format does not take an exchange, headers and all; `undefined` when it does. */
function refuseExchange({ exchange }: Imported): string | undefined {
  try {
    parseExchangeValue(exchange, 'the exchange')
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function place({ line }: Imported): { line?: number } {
  return line === undefined ? {} : { line }
}

function show(progress: Progress, done: number, all: number, exchanges: number): void {
  progress.show(`file ${done} of ${all}, ${exchanges} exchanges`)
}

/** A folder gives all its files, as CloudTrail lays them out. */
function listImports(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new HarnessError('not-found', `${path} does not exist.\n  remedy     name a file, or a folder with some`)
  if (!found.isDirectory()) return [path]
  const files = listFilesBelow(path, ['.json', '.ndjson', '.jsonl', '.log', '.har', '.gz', '.zst'])
  if (files.length === 0) throw new HarnessError('not-found', `${path} holds no file that could be imported.\n  remedy     name a file`)
  return files
}

function openSink(out: string, format: ImportFormat, rules: ReturnType<typeof loadRules>): Sink {
  if (!/\.json$|\.ndjson(\.zst)?$/.test(out)) {
    throw new HarnessError(
      'usage',
      `--out is ${out}.\n  remedy     name a recording, x.json, or for many exchanges an archive, x.ndjson or x.ndjson.zst`,
    )
  }
  if (existsSync(out))
    throw new HarnessError('usage', `${out} is there already, and is not overwritten.\n  remedy     name another file, or take it away`)
  const redaction = createRedaction({ key: loadStandInKey().key, keep: rules.keep, redact: rules.redact })
  const provenance = { source: `imported from ${format.name}`, limits: format.limits, redaction: redaction.rulesHash }
  const redact = (imported: Imported): Timed => ({ at: imported.at, exchange: redaction.redactExchange(imported.exchange) })
  return out.endsWith('.json') ? openRecordingSink(out, provenance, redact) : openArchiveSink(out, provenance, redact, rules)
}

interface Timed {
  at: number | undefined
  exchange: RedactedExchange
}

type Redact = (imported: Imported) => Timed

/** One recording: exchanges in the order of their time. What looks like a secret all the same is left out. */
function openRecordingSink(out: string, provenance: Record<string, unknown>, redact: Redact): Sink {
  const kept: Timed[] = []
  return {
    add: (imported) => void kept.push(redact(imported)),
    abandon() {},
    async finish() {
      const whole = assemble(kept, provenance)
      const leaks = await findRecordingLeaks(whole)
      const bad = new Set(leaks.map(({ exchange }) => exchange))
      const recording = { ...whole, exchanges: whole.exchanges.filter((_exchange, index) => !bad.has(index + 1)) }
      const text = formatRecording(recording)
      if (Buffer.byteLength(text) > MAX_RECORDING_BYTES) {
        throw new HarnessError(
          'too-large',
          `The recording would have more than ${MAX_RECORDING_BYTES} bytes.\n  remedy     --out ${basename(out, '.json')}.ndjson.zst, an archive`,
        )
      }
      if (recording.exchanges.length > 0) saveRecording(out, text)
      return leaks.map(({ exchange, pointer, kind }) => ({
        file: out,
        rule: 'import.secret',
        severity: 'error',
        message: `exchange ${exchange} still looks like a secret (${kind}) at ${pointer} and is left out; name the place under "redact" in the rules file`,
      }))
    },
  }
}

function assemble(kept: readonly Timed[], provenance: Record<string, unknown>): RedactedRecording {
  const began = kept.reduce((first, { at }) => (at === undefined ? first : Math.min(first, at)), Infinity)
  const base = Number.isFinite(began) ? began : 0
  const ordered = kept
    .map(({ at = base, exchange }) => ({ ...exchange, startedAtMs: at - base }))
    .toSorted((one, other) => one.startedAtMs - other.startedAtMs)
  return { format: RECORDING_FORMAT, version: RECORDING_VERSION, recordedAt: new Date(base).toISOString(), provenance, exchanges: ordered }
}

/** An archive: exchanges in the order of the source, in memory that does not grow. */
function openArchiveSink(out: string, provenance: Record<string, unknown>, redact: Redact, rules: ReturnType<typeof loadRules>): Sink {
  const keys = createKeys({
    match: { ignore: rules.match.ignore, loosen: rules.match.loosen, environment: 'names' },
    redaction: createRedaction(rules),
  })
  let opened: { writer: ReturnType<typeof createArchiveWriter>; base: number } | undefined
  const open = (at: number) => ({
    base: at,
    writer: createArchiveWriter(out, { recordedAt: new Date(at).toISOString(), provenance, keys: keys.rules }),
  })
  return {
    add(imported) {
      const { at, exchange } = redact(imported)
      opened ??= open(at ?? 0)
      const clean = { ...exchange, startedAtMs: Math.max(0, (at ?? opened.base) - opened.base) }
      opened.writer.add(clean, keys.digest(clean))
    },
    abandon: () => opened?.writer.abandon(),
    finish() {
      opened?.writer.finish()
      return Promise.resolve([])
    },
  }
}

const MOST_SHOWN = 20

function tellFindings(findings: readonly ImportFinding[]): void {
  for (const { file, line, severity, message } of findings.slice(0, MOST_SHOWN)) {
    tell(`  ${severity.padEnd(10)} ${file}${line === undefined ? '' : `:${line}`}: ${message}`.replaceAll('\n', '\\n'))
  }
  if (findings.length > MOST_SHOWN) tell(`  … and ${findings.length - MOST_SHOWN} more (--json names all)`)
}
