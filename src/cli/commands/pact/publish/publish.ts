import { formatCount, formatDetail, HarnessError } from '../../../../message/index.ts'
import { publishPacts } from '../../../../pact/index.ts'
import { listPactFiles } from '../files.ts'
import { EXIT, printNotice, printText } from '../../../output/terminal.ts'

export interface PublishCommand {
  paths: string[]
  broker: string | undefined
  versionId: string | undefined
  branch: string | undefined
  tag: string[] | undefined
  timeout: number
  json: boolean
}

/** Publishes pacts to a broker; gives the exit code. */
export async function publish({
  paths,
  broker = process.env['PACT_BROKER_BASE_URL'],
  versionId,
  branch,
  tag,
  timeout,
  json,
}: PublishCommand): Promise<number> {
  if (!broker)
    throw new HarnessError('usage', 'No broker is named.', {
      remedy: '--broker https://broker.example, or set PACT_BROKER_BASE_URL',
    })
  if (!(timeout > 0 && timeout <= 3600))
    throw new HarnessError('usage', 'The time-out is no number of seconds above 0.', {
      remedy: '--timeout 30',
    })
  const pacts = listPactFiles(paths)
  printNotice(`starttask: publishing ${formatCount(pacts.length, 'pact')}`)
  const report = await publishPacts({
    pacts,
    broker,
    timeoutMs: timeout * 1000,
    ...(versionId === undefined ? {} : { version: versionId }),
    ...(branch === undefined ? {} : { branch }),
    ...(tag === undefined ? {} : { tags: tag }),
  })
  if (json) printText(JSON.stringify({ schemaVersion: 1, ...report }, null, 2))
  else
    for (const { file, consumer, provider, interactions } of report.pacts)
      printText(`published ${consumer} to ${provider}, ${interactions} interactions: ${file}`)
  printNotice(
    formatDetail(
      'version',
      `${report.version} (${report.versionFrom})${report.isDirty ? ', with changes that are not committed' : ''}`,
    ),
  )
  printNotice(
    formatDetail(
      'branch',
      report.branch === undefined
        ? 'none: HEAD is on none; name it with --branch'
        : `${report.branch} (${report.branchFrom})`,
    ),
  )
  return EXIT.fine
}
