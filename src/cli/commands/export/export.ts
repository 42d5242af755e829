import { existsSync } from 'node:fs'
import {
  describeUnknownName,
  escapeLine,
  formatCount,
  formatDetail,
  HarnessError,
} from '../../../message/index.ts'
import { formatHar, formatWireMock } from '../../../formats/index.ts'
import { isTransportFailure } from '../../../protocol/index.ts'
import { formatNockDefinitions } from '../../../nock/index.ts'
import { loadStoredRecordings, saveText } from '../../../recording/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { EXIT, printData, printNotice } from '../../output/terminal.ts'
import { loadConfig } from '../../../config/index.ts'
import {
  acceptRecording,
  createRedaction,
  loadPseudonymKey,
  type RedactedRecording,
} from '../../../redaction/index.ts'

/** A recording that may be written, and the file that it is from. */
interface Stored {
  path: string
  recording: RedactedRecording
}

/** What can be exported, by name. */
const EXPORT_FORMATS: readonly string[] = ['har', 'nock', 'wiremock']

export interface ExportCommand {
  format: string
  paths: string[]
  out: string
  scope: string | undefined
  json: boolean
}

/** Something of a recording that the other format cannot say. */
interface ExportFinding {
  file: string
  exchange: number
  message: string
}

/** Writes recordings in another format; gives the exit code: 1 when something was left out. */
export function runExport({ format, paths, out, scope, json }: ExportCommand): number {
  if (!EXPORT_FORMATS.includes(format)) throw describeUnknownName('format', format, EXPORT_FORMATS)
  if (existsSync(out))
    throw new HarnessError('usage', `${out} is there already, and is not overwritten.`, {
      remedy: 'name another file, or take it away',
    })
  const stored = loadRedacted(paths)
  const { value, findings } = formatAs(format, stored, scope)
  saveText(out, `${JSON.stringify(value, undefined, 2)}\n`)
  const exchanges = stored.reduce((sum, { recording }) => sum + recording.exchanges.length, 0)
  if (json)
    printData(
      formatJson({ schemaVersion: 1, format, out, recordings: stored.length, exchanges, findings }),
    )
  else {
    for (const { file, exchange, message } of findings)
      printNotice(formatDetail('left out', escapeLine(`${file} #${exchange}: ${message}`)))
  }
  const written = exchanges - findings.length
  printNotice(`starttask: ${formatCount(written, 'exchange')} in ${out}`)
  return findings.length > 0 ? EXIT.failed : EXIT.fine
}

function loadRedacted(paths: readonly string[]): Stored[] {
  const createTeamRedaction = () => {
    const { keep, redact } = loadConfig({})
    return createRedaction({ key: loadPseudonymKey().key, keep, redact })
  }
  return loadStoredRecordings(paths).map(({ path, recording }) => ({
    path,
    recording: acceptRecording(recording, createTeamRedaction),
  }))
}

function formatAs(
  format: string,
  stored: readonly Stored[],
  scope: string | undefined,
): { value: unknown; findings: ExportFinding[] } {
  const recordings = stored.map(({ recording }) => recording)
  if (format === 'har') return { value: formatHar(recordings), findings: [] }
  if (format === 'wiremock') {
    const { mappings, leftOut } = formatWireMock(recordings)
    return {
      value: { mappings },
      findings: leftOut.map(({ recording, exchange, reason }) => ({
        file: stored[recording]?.path ?? '',
        exchange,
        message: reason,
      })),
    }
  }
  const options = { failures: 'leave-out' as const, ...(scope === undefined ? {} : { scope }) }
  return {
    value: recordings.flatMap((recording) => formatNockDefinitions(recording, options)),
    findings: stored.flatMap(({ path, recording }) =>
      recording.exchanges.flatMap(({ response }, index) =>
        isTransportFailure(response)
          ? [
              {
                file: path,
                exchange: index + 1,
                message: `nock cannot say a transport failure (${response.failure})`,
              },
            ]
          : [],
      ),
    ),
  }
}
