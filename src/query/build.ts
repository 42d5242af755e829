import { existsSync } from 'node:fs'

import { readArchiveLines } from '../archive/index.ts'
import { HarnessError } from '../message/index.ts'
import { CLOUDTRAIL, findRefusal, type ImportFinding, type ImportSource } from '../formats/index.ts'
import { createRedaction, loadPseudonymKey, type Redaction } from '../redaction/index.ts'
import { loadStoredRecordings } from '../recording/index.ts'
import type { Config } from '../config/index.ts'
import { type Input, listCloudTrailSources, listInputs } from './inputs.ts'
import { openParquetWriter, type ParquetWriter } from './parquet-writer.ts'
import { describeCloudTrailRow, describeRecordedRow, redactPath } from './row.ts'

/** What an archive is made of. */
export interface BuildJob {
  /** Recordings, archives of lines, CloudTrail's files, folders of them, and `s3://bucket/prefix`. */
  paths: readonly string[]
  /** The folder that the archive becomes. */
  out: string
  /** What is taken from CloudTrail. */
  operations: readonly string[]
  config: Pick<Config, 'keep' | 'redact'>
  onProgress?: (rows: number, place: string) => void
  /** Gives it up; nothing stays. */
  signal?: AbortSignal
}

/** What was made, and what was left out. */
export interface Built {
  rows: number
  files: number
  bytes: number
  findings: ImportFinding[]
}

/**
 * Makes an archive of Parquet files, by region and day, redacted by the rules of recordings. What cannot be read is a finding, and the rest is taken. Memory does
 * not grow with what is read, but for recordings, which are parsed whole. Throws `usage` where `out` is there already, `not-found`, `recording-invalid` where there is
 * nothing to keep, `write-failed`.
 */
export async function buildParquetArchive(job: BuildJob): Promise<Built> {
  const { paths, out, operations, config, signal } = job
  if (existsSync(out))
    throw new HarnessError('usage', `${out} is there already, and is not overwritten.`, {
      remedy: 'name another folder, or take it away',
    })
  const redaction = createRedaction({
    key: loadPseudonymKey().key,
    keep: config.keep,
    redact: config.redact,
  })
  const inputs = listInputs(paths)
  const writer = await openParquetWriter(out)
  const building: Building = { job, redaction, writer, rows: 0, findings: [] }
  try {
    for (const input of inputs) await addInput(input, building)
    signal?.throwIfAborted()
    if (building.rows === 0) throw describeNothing(job, building)
    const written = await writer.finish({
      madeAt: new Date().toISOString(),
      redaction: redaction.rulesHash,
      operations,
    })
    return { ...written, findings: building.findings }
  } catch (error) {
    writer.abandon()
    throw error
  }
}

interface Building {
  job: BuildJob
  redaction: Redaction
  writer: ParquetWriter
  rows: number
  findings: ImportFinding[]
}

function describeNothing(
  { paths, operations }: BuildJob,
  { findings: [first] }: Building,
): HarnessError {
  const why = first === undefined ? '' : ` ${first.file}: ${first.message}.`
  const message = `No ${operations.join(' or ')} was found in ${paths.join(', ')}; nothing was written.${why}`
  return new HarnessError('recording-invalid', message)
}

async function addInput(input: Input, building: Building): Promise<void> {
  switch (input.kind) {
    case 'recordings':
      return addRecordings(input.path, building)
    case 'lines':
      return addLines(input.path, building)
    case 'cloudtrail':
    case 's3':
      for await (const source of listCloudTrailSources(input)) await addCloudTrail(source, building)
      return
    case 'parquet':
      throw new HarnessError('usage', `${input.folder} is an archive of Parquet files already.`, {
        remedy: 'name it to starttask incident query',
      })
  }
}

async function addRecordings(path: string, building: Building): Promise<void> {
  const { redaction } = building
  for (const { path: file, recording } of loadStoredRecordings(path)) {
    const base = Date.parse(recording.recordedAt)
    const name = redactPath(file, redaction)
    for (const [index, exchange] of recording.exchanges.entries()) {
      const at = base + exchange.startedAtMs
      await add(
        describeRecordedRow(redaction.redactExchange(exchange), {
          path: name,
          number: index + 1,
          at,
        }),
        file,
        building,
      )
    }
  }
}

/** Lines from elsewhere have no heading, and say no time. */
async function addLines(path: string, building: Building): Promise<void> {
  let base: number | undefined
  let number = 0
  const name = redactPath(path, building.redaction)
  const tell = ({ rule, line, message }: { rule: string; line?: number; message: string }) =>
    void building.findings.push({
      file: path,
      rule,
      severity: 'error',
      message,
      ...(line === undefined ? {} : { line }),
    })
  const lines = readArchiveLines(path, tell, ({ recordedAt }) => (base = Date.parse(recordedAt)))
  for await (const { exchange } of lines) {
    number += 1
    const at = base === undefined ? undefined : base + exchange.startedAtMs
    await add(
      describeRecordedRow(building.redaction.redactExchange(exchange), { path: name, number, at }),
      path,
      building,
    )
  }
}

async function addCloudTrail(source: ImportSource, building: Building): Promise<void> {
  const { job, redaction, findings } = building
  const { file } = source
  const name = redactPath(file, redaction)
  const tell = (finding: Omit<ImportFinding, 'file'>) => {
    if (!ONLY_FOR_REPLAY.has(finding.rule)) findings.push({ file, ...finding })
  }
  for await (const imported of CLOUDTRAIL.read(source, tell, { operations: job.operations })) {
    if ('task' in imported || !imported.event) continue
    const reason = findRefusal(imported.exchange)
    if (reason !== undefined) {
      const line = imported.line === undefined ? {} : { line: imported.line }
      tell({
        ...line,
        rule: 'import.record',
        severity: 'error',
        message: `no recording can hold it: ${reason}`,
      })
      continue
    }
    const exchange = redaction.redactExchange(imported.exchange)
    await add(
      describeCloudTrailRow(imported.event, exchange, { path: name, at: imported.at }, redaction),
      file,
      building,
    )
  }
  job.onProgress?.(building.rows, file)
  job.signal?.throwIfAborted()
}

/** What matters to who replays: a row may lack a request, or a response. */
const ONLY_FOR_REPLAY = new Set(['import.request', 'import.response'])

const ROWS_BETWEEN_LOOKS = 1000

async function add(
  row: ReturnType<typeof describeRecordedRow>,
  place: string,
  building: Building,
): Promise<void> {
  await building.writer.add(row)
  building.rows += 1
  if (building.rows % ROWS_BETWEEN_LOOKS > 0) return
  building.job.onProgress?.(building.rows, place)
  building.job.signal?.throwIfAborted()
}
