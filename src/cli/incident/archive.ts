import type { ImportFinding } from '../../formats/index.ts'
import { buildParquetArchive } from '../../query/index.ts'
import { chooseOperations } from '../../contract/index.ts'
import { loadConfig } from '../../config/index.ts'
import { createProgress, isAnimated } from '../progress.ts'
import { formatJson } from '../json-text.ts'
import { untilInterrupted } from '../interruption.ts'
import { EXIT, printData, tell } from '../terminal.ts'

export interface IncidentArchiveCommand {
  paths: string[]
  out: string
  allow: string[]
  config: string | undefined
  json: boolean
}

/** Makes an archive of Parquet files; gives the exit code: 1 when something was left out. */
export function archiveIncident({
  paths,
  out,
  allow,
  config: file,
  json,
}: IncidentArchiveCommand): Promise<number> {
  const operations = chooseOperations(allow)
  const config = loadConfig({ file })
  const progress = createProgress({
    stream: process.stderr,
    now: Date.now,
    isShown: isAnimated(process.stderr, process.env),
  })
  const onProgress = (rows: number, place: string) => progress.show(`${rows} rows; ${place}`)
  return untilInterrupted(async (signal) => {
    const job = { paths, out, operations, config, onProgress, signal }
    const { rows, files, bytes, findings } = await buildParquetArchive(job).finally(() =>
      progress.clear(),
    )
    if (json) printData(formatJson({ schemaVersion: 1, out, rows, files, bytes, findings }))
    else tellFindings(findings)
    tell(
      `starttask: ${rows === 1 ? 'one row' : `${rows} rows`} in ${out}, ${files === 1 ? 'one file' : `${files} files`}, ${bytes} bytes`,
    )
    return findings.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.fine
  })
}

const MOST_SHOWN = 20

/** Tells what was left out, a line each. */
export function tellFindings(findings: readonly ImportFinding[]): void {
  for (const { file, line, severity, message } of findings.slice(0, MOST_SHOWN))
    tell(
      `  ${severity.padEnd(10)} ${file}${line === undefined ? '' : `:${line}`}: ${message}`.replaceAll(
        '\n',
        '\\n',
      ),
    )
  if (findings.length > MOST_SHOWN)
    tell(`  … and ${findings.length - MOST_SHOWN} more (--json names all)`)
}
