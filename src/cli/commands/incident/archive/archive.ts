import { buildParquetArchive } from '../../../../query/index.ts'
import { chooseOperations } from '../../../../contract/index.ts'
import { loadConfig } from '../../../../config/index.ts'
import { printFindings } from '../../../output/import-findings.ts'
import { createProgress, isAnimated } from '../../../output/progress.ts'
import { formatJson } from '../../../output/json-text.ts'
import { untilInterrupted } from '../../../process/interruption.ts'
import { EXIT, printData, printNotice } from '../../../output/terminal.ts'
import { formatCount } from '../../../../message/index.ts'

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
    else printFindings(findings)
    printNotice(
      `starttask: ${formatCount(rows, 'row')} in ${out}, ${formatCount(files, 'file')}, ${bytes} bytes`,
    )
    return findings.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.fine
  })
}
