import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import { isArchive } from '../../../archive/index.ts'
import { formatCount, formatMessage, HarnessError, isHarnessError } from '../../../message/index.ts'
import { createRedaction, type Redaction } from '../../../redaction/index.ts'
import {
  listRecordingFiles,
  type Mend,
  mendRecording,
  saveRecording,
} from '../../../recording/index.ts'
import { CONFIG_FILE, loadConfig } from '../../../config/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { formatLogText } from '../../findings/report.ts'
import { readExactText } from '../../input/exact-text.ts'
import { EXIT, printData, printNotice } from '../../output/terminal.ts'

export interface FormatCommand {
  paths: string[]
  /** Whether nothing is written, and a recording that would change fails the run. */
  check: boolean
  config: string | undefined
  json: boolean
}

interface Result {
  path: string
  mends: Mend[]
  /** In how many places redaction would change it: such a recording is not written. */
  secrets: number
}

/**
 * Brings recordings to their form; one that has it stays byte for byte. Gives the exit code: 1 when something would change (`check`) or holds
 * what redaction takes out, 3 when a file could not be read or written; the others are not held up.
 */
export async function format({ paths, check, config, json }: FormatCommand): Promise<number> {
  const files = listFiles(paths)
  const { keep, redact } = loadConfig({ file: config })
  const redaction = createRedaction({ keep, redact }) // without a key: what it would change is not written
  const results: Result[] = []
  const failed: { path: string; reason: string }[] = []
  for (const path of files) {
    try {
      results.push(formatFile(path, redaction, check))
    } catch (error) {
      if (!isHarnessError(error)) throw error
      failed.push({ path, reason: error.message })
    }
  }
  const secret = results
    .filter(({ secrets }) => secrets > 0)
    .map(({ path, secrets }) => ({ path, places: secrets }))
  const changed = results
    .filter(({ mends, secrets }) => mends.length > 0 && secrets === 0)
    .map(({ path, mends }) => ({ path, mends }))
  if (json)
    printData(formatJson({ schemaVersion: 1, checked: results.length, changed, secret, failed }))
  for (const { path, mends } of changed)
    printNotice(
      `starttask: ${formatLogText(path)}: ${check ? 'would mend' : 'mended'} ${mends.map(describeMend).join('; ')}`,
    )
  for (const { path, places } of secret)
    printNotice(
      formatMessage({
        summary: `starttask: ${formatLogText(path)}: not written, for redaction takes something out of it (${formatCount(places, 'place')})`,
        remedy: 'starttask redact PATH, which brings it to its form, too',
      }),
    )
  for (const { reason } of failed)
    printNotice(`error: ${reason.split('\n').map(formatLogText).join('\n')}`)
  if (changed.length + secret.length + failed.length === 0)
    printNotice(
      `starttask: ${results.length === 1 ? 'the recording has its form' : `all ${results.length} recordings have their form`}`,
    )
  if (failed.length > 0) return EXIT.environment
  return (check && changed.length > 0) || secret.length > 0 ? EXIT.failed : EXIT.fine
}

function listFiles(paths: readonly string[]): string[] {
  const archived = paths.find((path) => isArchive(path))
  if (archived !== undefined)
    throw new HarnessError('usage', `${archived} is an archive, which nobody edits.`, {
      remedy: 'starttask archive makes it anew from recordings',
    })
  return [
    ...new Set(
      paths.flatMap((path) =>
        listRecordingFiles(path).filter((file) => file === path || basename(file) !== CONFIG_FILE),
      ),
    ),
  ]
}

/** Through a link the file that it leads to is written: the link stays one. */
function formatFile(path: string, redaction: Redaction, isChecked: boolean): Result {
  const text = readExactText(path)
  const { recording, mends } = mendRecording(text, path)
  const { recording: clean, places: secrets } = redaction.redactIfNeeded(recording)
  if (mends.length > 0 && secrets === 0 && !isChecked) saveRecording(realpathSync(path), clean)
  return { path, mends, secrets }
}

const MOST_LINES = 5

function describeMend({ kind, lines, was }: Mend): string {
  if (was !== undefined) return `${kind} (was ${was})`
  if (lines.length === 0 || kind === 'byte order mark') return kind
  const shown = lines.slice(0, MOST_LINES).join(', ')
  return `${kind} (line ${shown}${lines.length > MOST_LINES ? ` and ${lines.length - MOST_LINES} more` : ''})`
}
