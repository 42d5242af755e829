import { existsSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import { checkExchange, type Finding, type Outcome, readOutcome } from '../contract/index.ts'
import { HarnessError, isHarnessError } from '../errors.ts'
import { composeExchange } from '../outcomes/index.ts'
import { isObject, isTransportFailure, type JsonObject, parseBody } from '../protocol/index.ts'
import {
  createRedaction,
  findRecordingLeaks,
  formatRecording,
  loadStandInKey,
  readRedactedRecording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RedactedExchange,
  type RedactedRecording,
  saveRecording,
} from '../recording/index.ts'
import { loadRules } from '../rules/index.ts'
import { VERSION } from '../version.ts'
import { formatJson } from './check-report-json.ts'
import { formatLogText } from './check-report.ts'
import { EXIT, printData, tell } from './terminal.ts'

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
  rules: string | undefined
  json: boolean
}

/** What a composed recording says of itself; `starttask compose --append` adds to no other. */
const SOURCE = 'composed'
const NOTE = 'composed by starttask compose from documented behaviour; no service was asked'
/** When a composed recording says that it began: when the task of the API page's sample was created. */
const RECORDED_AT = '2016-11-21T21:57:40.842Z'
/** Composed exchanges lie a second apart. */
const APART_MS = 1000

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
  const rules = loadRules({ file: command.rules })
  const redaction = createRedaction({ ...(request ? { key: loadStandInKey().key } : {}), keep: rules.keep, redact: rules.redact })
  const clean = redaction.redactExchange(number(exchange, before))
  const errors = checkExchange(clean).filter(({ severity }) => severity === 'error')
  const broken = errors.filter(({ pointer }) => pointer.startsWith('/request'))
  if (broken.length > 0) return refuseRequest(broken, command)
  requireOutcome(clean, outcome)
  const departures = [...new Set(errors.map(({ rule }) => rule))]
  const recording = addExchange(before, clean, { departures, undocumented, redaction: redaction.rulesHash })
  await refuseSecrets(recording)
  saveRecording(out, formatRecording(recording))
  const exchanges = recording.exchanges.length
  if (json) printData(formatJson({ schemaVersion: 1, out, exchange: exchanges, outcome, departures, undocumented, findings: [] }))
  tell(`starttask: ${formatLogText(out)} #${exchanges} is composed: ${outcome}`)
  for (const reason of undocumented)
    tell(`  undocumented  the reason ${formatLogText(JSON.stringify(reason))} is in no documentation; provenance.undocumented says so`)
  for (const rule of departures) tell(`  departs    ${rule}: what is unreadable conforms to nothing; provenance.departures says so`)
  return EXIT.fine
}

const OUTCOMES: readonly Outcome['kind'][] = ['started', 'partial', 'unplaced', 'rejected', 'unreadable']

function readOutcomeName(name: string): Outcome['kind'] {
  const known = OUTCOMES.find((outcome) => outcome === name)
  if (known) return known
  throw new HarnessError('usage', `There is no outcome ${JSON.stringify(name)}.\n  remedy     one of ${OUTCOMES.join(', ')}`)
}

function readReasons({ reasons, error, outcome }: ComposeCommand): readonly string[] {
  if (error === undefined) return reasons
  if (outcome !== 'rejected') throw new HarnessError('usage', '--error goes with --outcome rejected.')
  if (reasons.length > 0) throw new HarnessError('usage', '--error and --reason both name the error; one of them is enough.')
  return [error]
}

function readStatus(status: string | undefined): number | undefined {
  if (status === undefined || /^\d{3}$/.test(status)) return status === undefined ? undefined : Number(status)
  throw new HarnessError('usage', `--status is ${JSON.stringify(status)}; an HTTP status has three digits.`)
}

/** What is to be added to; `undefined` where a recording begins. Nothing that was recorded gets composed exchanges among its own. */
function openOut(out: string, append: boolean): RedactedRecording | undefined {
  if (!out.endsWith('.json')) throw new HarnessError('usage', `--out is ${out}; a recording's name ends in .json.`)
  if (!existsSync(out)) return undefined
  if (!append)
    throw new HarnessError(
      'usage',
      `${out} is there already, and is not overwritten.\n  remedy     name another file, take it away, or add to it: --append`,
    )
  const before = readRedactedRecording(out)
  if (before && before.provenance['source'] !== SOURCE)
    throw new HarnessError(
      'usage',
      `${out} holds what was recorded; a composed exchange would look like a recorded one there.\n  remedy     name a file of its own`,
    )
  return before
}

async function readRequest(path: string): Promise<JsonObject> {
  const value = parseRequest(path === '-' ? await text(process.stdin) : readRequestFile(path), path)
  if (isObject(value) && value['format'] !== RECORDING_FORMAT) return value
  throw new HarnessError(
    'usage',
    isObject(value)
      ? `${path} is a recording, not the body of a request.\n  remedy     jq '.exchanges[0].request.body' ${path} | starttask compose - …`
      : `${path} is no JSON object, and a request is one.`,
  )
}

function readRequestFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new HarnessError('not-found', `The request cannot be read: ${reason}.\n  remedy     name a file with its body, or -`, {
      cause: error,
    })
  }
}

function parseRequest(body: string, path: string): unknown {
  try {
    return parseBody(body)
  } catch (error) {
    if (!isHarnessError(error)) throw error
    throw new HarnessError(error.code, `${path}: ${error.message}`, { cause: error })
  }
}

type Exchange = ReturnType<typeof composeExchange>['exchange']

function number(exchange: Exchange, before: RedactedRecording | undefined): Exchange {
  const latest = before?.exchanges.reduce((most, { startedAtMs }) => Math.max(most, startedAtMs), -APART_MS) ?? -APART_MS
  return { ...exchange, invocation: `invocation-${(before?.exchanges.length ?? 0) + 1}`, attempt: 1, startedAtMs: latest + APART_MS }
}

/** What the request breaks is the caller's to mend; a rejection alone may answer it. */
function refuseRequest(broken: readonly Finding[], { request, outcome, json }: ComposeCommand): number {
  if (json) printData(formatJson({ schemaVersion: 1, out: null, outcome, findings: broken }))
  for (const { pointer, message, rule, source } of broken)
    tell(`error   ${formatLogText(`${pointer}: ${message}`)}\n        ${formatLogText(`${rule}; ${source}`)}`)
  tell(
    `starttask: ${formatLogText(request ?? 'the request')} breaks the documented contract; nothing was written\n  remedy     mend it, or compose what answers it: --outcome rejected --error InvalidParameterException`,
  )
  return EXIT.failed
}

/** A request may be such that nothing composed for it reads as was asked. */
function requireOutcome({ answer }: RedactedExchange, outcome: Outcome['kind']): void {
  if (isTransportFailure(answer)) return
  const { status, headers, body, bodyText } = answer
  const { kind } = readOutcome({ status, headers, body: bodyText ?? (body === null ? '' : JSON.stringify(body)) })
  if (kind !== outcome) throw new HarnessError('usage', `What was composed for this request reads as ${kind}, not as ${outcome}.`)
}

function addExchange(
  before: RedactedRecording | undefined,
  exchange: RedactedExchange,
  { departures, undocumented, redaction }: { departures: readonly string[]; undocumented: readonly string[]; redaction: string },
): RedactedRecording {
  const provenance = before?.provenance ?? {}
  const join = (name: string, more: readonly string[]) => {
    const known = Array.isArray(provenance[name]) ? provenance[name].filter((one) => typeof one === 'string') : []
    const all = [...new Set([...known, ...more])].toSorted()
    return all.length > 0 ? { [name]: all } : {}
  }
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    recordedAt: before?.recordedAt ?? RECORDED_AT,
    provenance: {
      source: SOURCE,
      recordedBy: `starttask-harness ${VERSION}`,
      note: NOTE,
      ...provenance,
      redaction,
      ...join('departures', departures),
      ...join('undocumented', undocumented),
    },
    ...(before?.taskStateChanges ? { taskStateChanges: before.taskStateChanges } : {}),
    exchanges: [...(before?.exchanges ?? []), exchange],
  }
}

async function refuseSecrets(recording: RedactedRecording): Promise<void> {
  const [leak] = await findRecordingLeaks(recording)
  if (!leak) return
  throw new HarnessError(
    'secret-found',
    `What would be written still looks like a secret (${leak.kind}) at ${leak.pointer}; nothing was written.\n  remedy     take it out of the request, or name the place under "redact" in the rules file`,
  )
}
