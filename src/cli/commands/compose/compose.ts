import { checkExchange, type Finding, type Outcome, readOutcome } from '../../../contract/index.ts'
import { formatDetail, formatMessage, HarnessError } from '../../../message/index.ts'
import { composeExchange } from '../../../outcomes/index.ts'
import { isTransportFailure } from '../../../protocol/index.ts'
import {
  createRedaction,
  loadPseudonymKey,
  type RedactedExchange,
} from '../../../redaction/index.ts'
import { saveRecording } from '../../../recording/index.ts'
import { loadConfig } from '../../../config/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { formatLogText } from '../../findings/report.ts'
import { addExchange, openOut, placeExchange, refuseSecrets } from './composed-recording.ts'
import { readRequest } from '../../input/request-file.ts'
import { EXIT, printData, printNotice } from '../../output/terminal.ts'

export interface ComposeCommand {
  /** A file with a request body, or `-`. */
  request: string | undefined
  outcome: string
  reasons: string[]
  error: string | undefined
  status: string | undefined
  detail: string | undefined
  message: string | undefined
  out: string
  append: boolean
  config: string | undefined
  json: boolean
}

/** Writes a recording of one outcome, or adds to one; gives the exit code: 1 when the request breaks the contract. */
export async function compose(command: ComposeCommand): Promise<number> {
  const { out, append, json } = command
  const outcome = readOutcomeName(command.outcome)
  const before = openOut(out, append)
  const request = command.request === undefined ? undefined : await readRequest(command.request)
  const { exchange, undocumented } = composeExchange({
    request,
    outcome,
    reasons: readReasons(command),
    detail: command.detail,
    message: command.message,
    status: readStatus(command.status),
  })
  const config = loadConfig({ file: command.config })
  const redaction = createRedaction({
    ...(request ? { key: loadPseudonymKey().key } : {}),
    keep: config.keep,
    redact: config.redact,
  })
  const clean = redaction.redactExchange(placeExchange(exchange, before))
  const errors = checkExchange(clean).filter(({ severity }) => severity === 'error')
  const broken = errors.filter(({ pointer }) => pointer.startsWith('/request'))
  if (broken.length > 0) return refuseRequest(broken, command)
  requireOutcome(clean, outcome)
  const departures = [...new Set(errors.map(({ rule }) => rule))]
  const recording = redaction.redactRecording(
    addExchange(before, clean, { departures, undocumented }),
  )
  await refuseSecrets(recording)
  saveRecording(out, recording)
  const exchanges = recording.exchanges.length
  if (json)
    printData(
      formatJson({
        schemaVersion: 1,
        out,
        exchange: exchanges,
        outcome,
        departures,
        undocumented,
        findings: [],
      }),
    )
  printNotice(`starttask: ${formatLogText(out)} #${exchanges} is composed: ${outcome}`)
  for (const reason of undocumented)
    printNotice(
      formatDetail(
        'reason',
        `${formatLogText(JSON.stringify(reason))} is in no documentation; provenance.undocumented says so`,
      ),
    )
  for (const rule of departures)
    printNotice(
      formatDetail(
        'departs',
        `${rule}: what is unreadable conforms to nothing; provenance.departures says so`,
      ),
    )
  return EXIT.fine
}

const OUTCOMES: readonly Outcome['kind'][] = [
  'started',
  'partial',
  'unplaced',
  'rejected',
  'unreadable',
]

function readOutcomeName(name: string): Outcome['kind'] {
  const known = OUTCOMES.find((outcome) => outcome === name)
  if (known) return known
  throw new HarnessError('usage', `There is no outcome ${JSON.stringify(name)}.`, {
    remedy: `one of ${OUTCOMES.join(', ')}`,
  })
}

function readReasons({ reasons, error, outcome }: ComposeCommand): readonly string[] {
  if (error === undefined) return reasons
  if (outcome !== 'rejected')
    throw new HarnessError('usage', '--error goes with --outcome rejected.')
  if (reasons.length > 0)
    throw new HarnessError(
      'usage',
      '--error and --reason both name the error; one of them is enough.',
    )
  return [error]
}

function readStatus(status: string | undefined): number | undefined {
  if (status === undefined || /^\d{3}$/.test(status))
    return status === undefined ? undefined : Number(status)
  throw new HarnessError(
    'usage',
    `--status is ${JSON.stringify(status)}; an HTTP status has three digits.`,
  )
}

/** What the request breaks is the caller's to mend; a rejection alone may answer it. */
function refuseRequest(
  broken: readonly Finding[],
  { request, outcome, json }: ComposeCommand,
): number {
  if (json) printData(formatJson({ schemaVersion: 1, out: null, outcome, findings: broken }))
  for (const { pointer, message, rule, source } of broken)
    printNotice(
      `error   ${formatLogText(`${pointer}: ${message}`)}\n        ${formatLogText(`${rule}; ${source}`)}`,
    )
  printNotice(
    formatMessage({
      summary: `starttask: ${formatLogText(request ?? 'the request')} breaks the documented contract; nothing was written`,
      remedy:
        'mend it, or compose what answers it: --outcome rejected --error InvalidParameterException',
    }),
  )
  return EXIT.failed
}

/** A request may be such that nothing composed for it reads as was asked. */
function requireOutcome({ response }: RedactedExchange, outcome: Outcome['kind']): void {
  if (isTransportFailure(response)) return
  const { status, headers, body, bodyText } = response
  const { kind } = readOutcome({
    status,
    headers,
    body: bodyText ?? (body === null ? '' : JSON.stringify(body)),
  })
  if (kind !== outcome)
    throw new HarnessError(
      'usage',
      `What was composed for this request reads as ${kind}, not as ${outcome}.`,
    )
}
