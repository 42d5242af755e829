import { statSync } from 'node:fs'
import {
  type ArchiveFinding,
  createArchiveWriter,
  createKeys,
  isArchive,
  readArchiveLines,
} from '../../../archive/index.ts'
import { formatCount, HarnessError } from '../../../message/index.ts'
import type { Exchange } from '../../../protocol/index.ts'
import { createRedaction } from '../../../redaction/index.ts'
import { listFilesBelow, loadStoredRecordings } from '../../../recording/index.ts'
import { loadConfig } from '../../../config/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { startProgress } from '../../output/long-work.ts'
import { EXIT, printData, printNotice } from '../../output/terminal.ts'

export interface ArchiveCommand {
  paths: string[]
  out: string
  config: string | undefined
  json: boolean
}

/** Where an exchange comes from, with how far its file is read. */
interface Piece {
  exchange: Exchange
  /** From 0 to 1. */
  share: number
}

interface Found extends ArchiveFinding {
  file: string
}

/** Puts exchanges from recordings, archives and NDJSON into one archive, redacted; gives the exit code: 1 when something was left out. */
export async function archive({ paths, out, config: file, json }: ArchiveCommand): Promise<number> {
  if (!/\.ndjson(\.zst)?$/.test(out))
    throw new HarnessError(
      'usage',
      `--out is ${out}; an archive's name ends in .ndjson or .ndjson.zst.`,
    )
  const config = loadConfig(file === undefined ? {} : { file })
  const redaction = createRedaction(config)
  const keys = createKeys({
    match: { ignore: config.match.ignore, loosen: config.match.loosen, environment: 'names' },
    redaction,
  })
  const inputs = paths.flatMap(listInputs)
  const findings: Found[] = []
  const progress = startProgress(paths)
  const writer = createArchiveWriter(out, {
    recordedAt: new Date().toISOString(),
    provenance: redaction.redactProvenance({ source: 'starttask archive' }),
    keys: keys.rules,
  })
  let exchanges = 0
  try {
    for (const [index, input] of inputs.entries()) {
      for await (const { exchange, share } of readPieces(input, (finding) =>
        findings.push({ file: input, ...finding }),
      )) {
        const clean = redaction.redactExchange(exchange)
        writer.add(clean, keys.digest(clean))
        exchanges += 1
        if (exchanges % 100 === 0)
          progress.show(
            `${exchanges} exchanges; file ${index + 1} of ${inputs.length}, ${Math.floor(share * 100)} % of ${input}`,
          )
      }
    }
    progress.end()
    if (exchanges === 0)
      throw new HarnessError(
        'recording-invalid',
        `No exchange was found in ${paths.join(', ')}; nothing was written.`,
      )
  } catch (error) {
    progress.end()
    writer.abandon()
    throw error
  }
  writer.finish()
  const bytes = statSync(out).size
  if (json) printData(formatJson({ schemaVersion: 1, out, exchanges, bytes, findings }))
  for (const { file: place, line, offset, message } of json ? [] : findings.slice(0, MOST_SHOWN))
    printNotice(
      `  left out   ${place}${line === undefined ? '' : `, line ${line}`}, byte ${offset}: ${message}`,
    )
  if (!json && findings.length > MOST_SHOWN)
    printNotice(`  left out   … and ${findings.length - MOST_SHOWN} places more`)
  printNotice(`starttask: ${formatCount(exchanges, 'exchange')} in ${out}, ${bytes} bytes`)
  return findings.length > 0 ? EXIT.failed : EXIT.fine
}

const MOST_SHOWN = 20
const ENDINGS = ['.ndjson', '.jsonl', '.ndjson.gz', '.jsonl.gz', '.ndjson.zst', '.jsonl.zst']

function listInputs(path: string): string[] {
  if (isArchive(path)) return [path]
  const archives = listFilesBelow(path, ENDINGS)
  const hasRecordings =
    archives.length === 0 || listFilesBelow(path, ['.json', '.journal']).length > 0
  return hasRecordings ? [path, ...archives] : archives
}

async function* readPieces(
  input: string,
  reportFinding: (finding: ArchiveFinding) => void,
): AsyncGenerator<Piece> {
  if (!isArchive(input)) {
    const stored = loadStoredRecordings(input)
    for (const [index, { recording }] of stored.entries()) {
      for (const exchange of recording.exchanges)
        yield { exchange, share: (index + 1) / stored.length }
    }
    return
  }
  for await (const { exchange, read, total } of readArchiveLines(input, reportFinding)) {
    yield { exchange, share: total === 0 ? 1 : read / total }
  }
}
