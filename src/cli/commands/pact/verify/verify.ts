import { formatCount, HarnessError } from '../../../../message/index.ts'
import { type Judged, judgeDepartures, verifyPacts } from '../../../../pact/index.ts'
import { loadConfig } from '../../../../config/index.ts'
import { listPactFiles } from '../files.ts'
import { formatRecord } from '../../../output/plain-records.ts'
import { EXIT, printData, printNotice, printText } from '../../../output/terminal.ts'

export interface VerifyCommand {
  paths: string[]
  url: string | undefined
  embedded: boolean
  statesUrl: string | undefined
  sign: boolean
  region: string | undefined
  timeout: number
  config: string | undefined
  verbose: boolean
  json: boolean
  /** One line an interaction that passed, or a mismatch, for programs. */
  plain: boolean
}

/** Verifies pacts against a service; gives the exit code: 1 when an interaction fails that no listed departure explains, or a listed one is gone. */
export async function verify(command: VerifyCommand): Promise<number> {
  const { mismatches } = loadConfig({ file: command.config }).provider
  const url = readService(command)
  if (!(command.timeout > 0 && command.timeout <= 3600)) {
    throw new HarnessError('usage', 'The time-out is no number of seconds above 0.', {
      remedy: '--timeout 5',
    })
  }
  const pacts = listPactFiles(command.paths)
  printNotice(
    `starttask: verifying ${formatCount(pacts.length, 'pact')} against ${url === 'embedded' ? 'the embedded provider' : url}`,
  )
  const { interactions } = await verifyPacts({
    pacts,
    url,
    timeoutMs: command.timeout * 1000,
    ...(command.statesUrl === undefined ? {} : { statesUrl: command.statesUrl }),
    ...(command.sign
      ? { sign: command.region === undefined ? {} : { region: command.region } }
      : {}),
    ...(command.verbose ? { onOutput: printNotice } : {}),
  })
  const judged = judgeDepartures(interactions, mismatches)
  if (command.json) printText(JSON.stringify({ schemaVersion: 1, ...judged }, null, 2))
  else if (command.plain) printRecords(judged)
  else printJudged(judged)
  return judged.failed === 0 && judged.gone.length === 0 ? EXIT.fine : EXIT.failed
}

function readService({ url, embedded }: VerifyCommand): string {
  if (embedded) return 'embedded'
  if (url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  const fact =
    url === undefined ? 'No service is named.' : `${JSON.stringify(url)} is no http or https URL.`
  throw new HarnessError('usage', fact, { remedy: '--url http://127.0.0.1:5000, or --embedded' })
}

function printRecords({ interactions, gone }: Judged): void {
  for (const { consumer, description, passed, mismatches } of interactions) {
    if (passed) printData(formatRecord('passed', consumer, description, '', ''))
    for (const { place, message, reason } of mismatches) {
      printData(
        formatRecord(
          reason === undefined ? 'failed' : 'departs',
          consumer,
          description,
          place,
          message,
        ),
      )
    }
  }
  for (const { interaction, place, reason } of gone)
    printData(formatRecord('gone', '', interaction, place, reason))
}

function printJudged({ interactions, passed, expected, failed, gone }: Judged): void {
  for (const { consumer, description, states, passed: isPassed, mismatches } of interactions) {
    const isExpected =
      mismatches.length > 0 && mismatches.every(({ reason }) => reason !== undefined)
    printText(
      `${isPassed ? 'passed  ' : isExpected ? 'departs ' : 'failed  '} ${consumer}: ${description}`,
    )
    if (!isPassed && states.length > 0) printText(`         given ${states.join(', and ')}`)
    for (const { place, message, reason } of mismatches) {
      printText(
        `         ${place || 'the whole'}: ${message}${reason === undefined ? '' : ` (expected: ${reason})`}`,
      )
    }
  }
  for (const { interaction, place, reason } of gone) {
    printText(
      `gone     provider.departures lists ${place} of ${interaction}, which no longer occurs (${reason}); take it out of the configuration file`,
    )
  }
  printText(
    `verified ${interactions.length}: ${passed} passed, ${expected} departs as listed, ${failed} failed${gone.length > 0 ? `; ${gone.length} listed no longer occurs` : ''}`,
  )
}
