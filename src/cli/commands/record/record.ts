import { readOutcome } from '../../../contract/index.ts'
import { formatCount, formatDetail, HarnessError } from '../../../message/index.ts'
import { type Exchange, isTransportFailure, type Recording } from '../../../protocol/index.ts'
import { loadStoredRecordings } from '../../../recording/index.ts'
import {
  makeCallerCredentials,
  parseUpstream,
  type RecordingProxy,
  type RecordingProxyOptions,
  startRecordingProxy,
} from '../../../recorder/index.ts'
import { loadConfig } from '../../../config/index.ts'
import { createProgress, isAnimated } from '../../output/progress.ts'
import { giveCredentials, pointAtEndpoint, runChild } from '../../process/child.ts'
import { printData, printError, printNotice, waitForSignal } from '../../output/terminal.ts'
import { formatProposal, proposeForRecordings } from '../../output/volatile-proposal.ts'

export interface RecordCommand {
  out: string
  upstream: string | undefined
  port: number
  allow: string[]
  note: string | undefined
  region: string | undefined
  config: string | undefined
  /** Whether to sign for an upstream that is not AWS's own, too. */
  sign: boolean
  /** Whether the command keeps the credentials that it has. */
  keepCredentials: boolean
  command: string[]
}

/** Records what goes through the proxy, of a command or until a signal; gives the exit code. */
export async function record(options: RecordCommand): Promise<number> {
  const { command } = options
  const service = requireUpstream(options.upstream)
  const signs = options.sign || parseUpstream(service).isAws
  const callers =
    signs && command.length > 0 && !options.keepCredentials ? makeCallerCredentials() : undefined
  const before = loadBefore(options.out)
  const began = Date.now()
  const proxy = await startRecordingProxy({
    ...describeProxy(options, service, signs),
    ...(callers ? { callers } : {}),
  })
  let code: number
  try {
    const env = pointAtEndpoint(process.env, proxy.url)
    code =
      command.length > 0
        ? await runChild(command, callers ? giveCredentials(env, callers) : env)
        : await serveUntilSignal(proxy, service)
  } catch (error) {
    await proxy.stop()
    throw error
  }
  try {
    const { written, lost } = await proxy.stop()
    printRecorded(written, began)
    printVolatile(before, written, began, options.config)
    if (lost > 0)
      printNotice(
        `starttask: ${lost} exchanges had no end when the recording stopped and are not in it`,
      )
    return code
  } catch (error) {
    const failed = printError(error)
    if (command.length > 0) printNotice(formatDetail('command', `ended with ${code}`))
    return failed
  }
}

function requireUpstream(told: string | undefined): string {
  const upstream = told ?? process.env['STARTTASK_UPSTREAM']
  if (upstream !== undefined) return upstream
  throw new HarnessError(
    'upstream-required',
    'No upstream: name the live service with --upstream URL or STARTTASK_UPSTREAM. It is never taken from a recording.',
  )
}

function describeProxy(
  { out, port, allow, note, region, config }: RecordCommand,
  upstream: string,
  signs: boolean,
): RecordingProxyOptions {
  return {
    out,
    upstream,
    port,
    allow,
    ...(note === undefined ? {} : { note }),
    ...(config === undefined ? {} : { config }),
    ...(signs ? { sign: region === undefined ? {} : { region } } : {}),
  }
}

function printRecorded(written: readonly string[], began: number): void {
  if (written.length === 0)
    return printNotice('starttask: nothing was recorded: no allowed request came')
  for (const { path, recording } of loadStoredRecordings(written)) {
    const fresh = findFresh(recording, began)
    if (fresh.length === 0)
      printNotice(`starttask: recorded again what ${path} says; it is left as it is`)
    else printNotice(`starttask: recorded ${formatCount(fresh.length, 'exchange')} in ${path}`)
    printExchanges(recording, fresh)
  }
}

/** What was recorded before, to tell what differs this time; nothing where there was nothing that can be read. */
function loadBefore(out: string): Recording[] {
  try {
    return loadStoredRecordings(out).map(({ recording }) => recording)
  } catch {
    return []
  }
}

/** Requests that differ from those of before in ids or times alone: a proposal, for nothing is ignored unasked. */
function printVolatile(
  before: readonly Recording[],
  written: readonly string[],
  began: number,
  config: string | undefined,
): void {
  if (before.length === 0 || written.length === 0) return
  const after = loadStoredRecordings(written).map(({ recording }) => ({
    ...recording,
    exchanges: findFresh(recording, began),
  }))
  const { match } = loadConfig(config === undefined ? {} : { file: config })
  const proposal = formatProposal(proposeForRecordings(before, after, match.ignore), match.ignore)
  if (proposal !== '') printNotice(`starttask: ${proposal}`)
}

function findFresh({ recordedAt, exchanges }: Recording, began: number): Exchange[] {
  return exchanges.filter(({ startedAtMs }) => Date.parse(recordedAt) + startedAtMs >= began - 1)
}

function printExchanges({ provenance }: Recording, fresh: readonly Exchange[]): void {
  const { departures, notChecked } = provenance
  const checked = fresh.filter(({ operation }) => operation === 'StartTask')
  const outcomes = [...Map.groupBy(checked.flatMap(readKind), (kind) => kind)].map(
    ([kind, all]) => `${all.length} ${kind}`,
  )
  if (outcomes.length > 0) printNotice(formatDetail('outcomes', outcomes.join(', ')))
  const failed = fresh.flatMap(({ response }) =>
    isTransportFailure(response) ? [response.code ?? response.failure] : [],
  )
  if (failed.length > 0)
    printNotice(
      `  no response  ${failed.length} of them: ${[...new Set(failed)].join(', ')}. Does the upstream run?`,
    )
  if (Array.isArray(departures))
    printNotice(formatDetail('departs', `from the documented contract in ${departures.join(', ')}`))
  if (Array.isArray(notChecked))
    printNotice(
      formatDetail('unchecked', `${notChecked.join(', ')}: only StartTask has a contract here`),
    )
}

function readKind({ response }: Exchange): string[] {
  if (isTransportFailure(response)) return []
  const { status, headers, body, bodyText } = response
  return [readOutcome({ status, headers, body: bodyText ?? JSON.stringify(body) }).kind]
}

const BETWEEN_MS = 250

/** On a terminal a line says how many exchanges there are; with a command the terminal is the command's. */
async function serveUntilSignal(proxy: RecordingProxy, service: string): Promise<number> {
  const ended = waitForSignal() // before the URL is out: whoever reads it may send the signal at once
  printData(proxy.url)
  printNotice(
    `starttask: recording ${service} on ${proxy.url}; set AWS_ENDPOINT_URL_ECS to it. Stop with Ctrl-C.`,
  )
  const progress = createProgress({
    stream: process.stderr,
    now: Date.now,
    isShown: isAnimated(process.stderr, process.env),
  })
  const timer = setInterval(() => progress.show(formatCount(proxy.ended, 'exchange')), BETWEEN_MS)
  try {
    return await ended
  } finally {
    clearInterval(timer)
    progress.clear()
  }
}
