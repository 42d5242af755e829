import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { checkExchange, type Finding, readOutcome } from '../../../contract/index.ts'
import { describeReason, HarnessError } from '../../../message/index.ts'
import { isTransportFailure } from '../../../protocol/index.ts'
import { startProvider } from '../../../provider/index.ts'
import { loadStoredRecordings } from '../../../recording/index.ts'
import { startRecordingProxy } from '../../../recorder/index.ts'
import { startReplayServer } from '../../../replayer/adapters/index.ts'
import { type Caller, type CallerInput, type CallerResult, loadCaller } from './caller.ts'
import { EXIT, printHeading, printText } from '../../output/terminal.ts'

export interface DemoCommand {
  upstream: string | undefined
  out: string
}

/** One StartTask call, the outcome that is documented for it, and the file its exchange is recorded in. */
interface Scenario {
  outcome: string
  file: string
  input: CallerInput
}

/** Records each outcome from a service, replays it offline to the same code, checks it, and shows a miss; gives the exit code. */
export async function demo({ upstream, out }: DemoCommand): Promise<number> {
  const caller = await loadCaller()
  const { scenarios, recorded, unexpected } = await recordScenarios(caller, upstream, out)
  const files = scenarios.map(({ file }) => file)
  const differing = await replayScenarios(caller, scenarios, recorded, files)
  const errors = checkFiles(files)
  await showMiss(caller, scenarios, files)
  printText('')
  printHeading('Files', `a recording for each, named for its cause, made for review in git:`)
  for (const file of files) printText(`  ${file}`)
  printText(`\nNext: starttask replay ${out} -- YOUR TESTS`)
  return unexpected + differing + errors > 0 ? EXIT.failed : EXIT.fine
}

async function recordScenarios(caller: Caller, upstream: string | undefined, out: string) {
  await using provider = upstream === undefined ? await startProvider({}) : undefined
  const service = upstream ?? provider?.url ?? ''
  printHeading(
    '1. Record',
    `an AWS SDK client calls StartTask on ${upstream ?? 'the embedded provider'}, through the recording proxy`,
  )
  const scenarios = planScenarios(await listInstances(caller, service), out)
  const recorded: CallerResult[] = []
  let unexpected = 0
  for (const scenario of scenarios) {
    await using proxy = await startRecordingProxy({ upstream: service, out: scenario.file })
    const result = await caller.startTask(proxy.url, scenario.input)
    await proxy.stop()
    const outcome = readLastOutcome(scenario.file)
    if (outcome !== scenario.outcome) unexpected += 1
    printText(
      `   ${outcome.padEnd(10)} ${describeResult(result)}${outcome === scenario.outcome ? '' : `; the documentation says ${scenario.outcome}`}`,
    )
    recorded.push(result)
  }
  return { scenarios, recorded, unexpected }
}

/** How the last recorded response reads: what came of the call, retries and all. */
function readLastOutcome(file: string): string {
  const response = loadStoredRecordings(file).at(-1)?.recording.exchanges.at(-1)?.response
  if (!response || isTransportFailure(response)) return 'no response'
  const { status, headers, body, bodyText } = response
  return readOutcome({ status, headers, body: bodyText ?? JSON.stringify(body) }).kind
}

async function listInstances(caller: Caller, service: string): Promise<string[]> {
  try {
    const instances = await caller.listContainerInstances(service)
    if (instances.length > 0) return instances
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError(
      'upstream-unreachable',
      `${service} did not list its container instances: ${reason}. Is an ECS service there?`,
      {
        cause: error,
      },
    )
  }
  throw new HarnessError(
    'upstream-unreachable',
    `${service} has no container instance in its default cluster, so that nothing can start there.`,
  )
}

function planScenarios(instances: readonly string[], out: string): Scenario[] {
  const [instance = ''] = instances
  const unknown = '00000000-0000-4000-8000-000000000000'
  const plan = (
    outcome: string,
    cause: string,
    input: Omit<CallerInput, 'taskDefinition' | 'startedBy'>,
  ): Scenario => {
    return {
      outcome,
      file: join(out, `${cause}.json`),
      input: { ...input, taskDefinition: 'hello_world', startedBy: 'starttask-demo' },
    }
  }
  return [
    plan('started', 'one-instance', { containerInstances: [instance] }),
    plan('partial', 'one-instance-missing', { containerInstances: [instance, unknown] }),
    plan('unplaced', 'instance-missing', { containerInstances: [unknown] }),
    plan('rejected', 'cluster-not-found', {
      cluster: 'no-such-cluster',
      containerInstances: [instance],
    }),
  ]
}

async function replayScenarios(
  caller: Caller,
  scenarios: readonly Scenario[],
  recorded: readonly CallerResult[],
  files: string[],
): Promise<number> {
  await using server = await startReplayServer(files, {})
  printText('')
  printHeading('2. Replay', `the service is stopped; the same code meets the recordings`)
  let differing = 0
  for (const [index, { outcome, input }] of scenarios.entries()) {
    const replayed = await caller.startTask(server.url, input)
    const isSame = isDeepStrictEqual(hideAccounts(replayed), hideAccounts(recorded[index]))
    if (!isSame) differing += 1
    printText(
      `   ${outcome.padEnd(10)} ${isSame ? 'the same response' : `ANOTHER RESPONSE: ${describeResult(replayed)}`}`,
    )
  }
  return differing
}

/** Recordings hold pseudonyms for account ids: the account is the one thing in which a response may differ. */
function hideAccounts(result: CallerResult | undefined): unknown {
  const text = JSON.stringify(result) ?? 'null'
  const hidden: unknown = JSON.parse(text.replaceAll(/:\d{12}:/g, ':account:'))
  return hidden
}

function checkFiles(files: string[]): number {
  const findings = loadStoredRecordings(files).flatMap(({ path, recording }) =>
    recording.exchanges.flatMap(checkExchange).map((finding) => ({ path, finding })),
  )
  const errors = findings.filter(({ finding }) => finding.severity === 'error')
  printText('')
  printHeading(
    '3. Check',
    `${files.length} recordings against the documented contract: ${errors.length === 0 ? 'they conform' : `${errors.length} errors`}`,
  )
  for (const { path, finding } of errors) printText(`   ${path} ${describeFinding(finding)}`)
  return errors.length
}

function describeFinding({ pointer, message }: Finding): string {
  return `${pointer}: ${message}`
}

async function showMiss(
  caller: Caller,
  scenarios: readonly Scenario[],
  files: string[],
): Promise<void> {
  const [first] = scenarios
  if (!first) return
  await using server = await startReplayServer(files, {})
  const { error } = await caller.startTask(server.url, {
    ...first.input,
    startedBy: 'someone-else',
  })
  printText('')
  printHeading(
    '4. Miss',
    `a request that was never recorded, on purpose; the client's error reads:`,
  )
  printText(`   ${error?.name ?? 'no error'} (HTTP ${error?.status ?? '?'})`)
  printText(indent(error?.message ?? ''))
}

function describeResult({ started, failed, error }: CallerResult): string {
  if (error) return `${error.name}: ${error.message.split('\n')[0] ?? ''}`
  const reasons = failed.map(
    ({ instance, reason }) => `${reason} ${instance.split('/').at(-1) ?? ''}`,
  )
  return `${started.length} started, ${failed.length} failed${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `   | ${line}`)
    .join('\n')
}
