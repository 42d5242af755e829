import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describeReason, formatCount, formatDetail, HarnessError } from '../../../message/index.ts'
import {
  type ExchangePlace,
  formatExchangeNumbers,
  noteUsage,
} from '../../../replayer/engine/index.ts'
import {
  type ReplayServer,
  type ReplayServerOptions,
  startReplayServer,
} from '../../../replayer/adapters/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { makeOfflineEnvironment, runChild } from '../../process/child.ts'
import { EXIT, printData, printNotice, waitForSignal } from '../../output/terminal.ts'

export interface ReplayCommand {
  paths: string[]
  ports: number[]
  host: string | undefined
  allowHosts: string[]
  /** Files; both or none. */
  tlsCert: string | undefined
  tlsKey: string | undefined
  afterLast: 'refuse' | 'repeat' | 'restart'
  attempts: 'recorded' | 'collapsed'
  session: string | undefined
  latency: 'none' | 'recorded' | { scale: number }
  /** A file. */
  faults: string | undefined
  echo: boolean
  ignore: string[]
  loosen: string[]
  /** The configuration file; otherwise starttask.config.json, in the working directory or above. */
  config: string | undefined
  requireUsed: boolean
  /** The folder in which it is noted what was played. */
  usage: string | undefined
  json: boolean
  command: string[]
}

/** Serves recordings, to a command or until a signal; gives the exit code. */
export async function replay(options: ReplayCommand): Promise<number> {
  const { paths, command, usage, json } = options
  if (json && command.length === 0)
    throw new HarnessError('usage', '--json tells how a command went: give one after --.')
  let missed = 0
  const onMiss = () => {
    missed += 1
  }
  await using server = await startReplayServer(paths, { ...readServerOptions(options), onMiss })
  const code =
    command.length > 0
      ? await runChild(command, makeEnvironment(options, server.url))
      : await serveUntilSignal(server)
  if (usage !== undefined) noteUsage(usage, server)
  const hasFailed = command.length > 0 && code !== EXIT.fine
  if (json)
    printData(
      formatJson({
        schemaVersion: 1,
        code,
        played: server.used(),
        unused: server.unused(),
        missed,
        sessions: server.sessions(),
      }),
    )
  printSummary(server, missed, hasFailed)
  return options.requireUsed && !hasFailed && server.unused().length > 0 ? EXIT.failed : code
}

function readServerOptions(options: ReplayCommand): ReplayServerOptions {
  const {
    ports,
    host,
    allowHosts,
    tlsCert,
    tlsKey,
    afterLast,
    attempts,
    session,
    latency,
    faults,
    echo,
    ignore,
    loosen,
    config,
  } = options
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw new HarnessError('usage', '--tls-cert and --tls-key belong together: give both.')
  const isBy = session === 'access-key' || session === 'app-id'
  return {
    ...(ports.length === 0 ? {} : { port: ports }),
    ...(host === undefined ? {} : { host }),
    allowHosts,
    ...(tlsCert === undefined || tlsKey === undefined
      ? {}
      : { tls: { cert: readPem(tlsCert), key: readPem(tlsKey) } }),
    afterLast,
    attempts,
    ...(session === undefined ? {} : { session: isBy ? { by: session } : session }),
    latency,
    ...(faults === undefined ? {} : { faults }),
    echo: echo ? 'documented' : 'none',
    match: { ignore, loosen },
    ...(config === undefined ? {} : { config }),
  }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError('not-found', `The certificate or its key cannot be read: ${reason}.`, {
      remedy: 'name a PEM file that can be',
      cause: error,
    })
  }
}

/** With the certificate for Node.js and for clients of AWS; a variable that is set stays. Those that replace all others a system trusts are left alone. */
function makeEnvironment({ tlsCert, usage }: ReplayCommand, url: string): NodeJS.ProcessEnv {
  const trusted =
    tlsCert === undefined
      ? {}
      : Object.fromEntries(
          ['NODE_EXTRA_CA_CERTS', 'AWS_CA_BUNDLE'].map((name) => [name, resolve(tlsCert)]),
        )
  const noted = usage === undefined ? {} : { STARTTASK_USAGE: resolve(usage) }
  return makeOfflineEnvironment({ ...trusted, ...process.env, ...noted }, url)
}

/** What was unused is told where all went well: what a failed command did not come to is no finding. */
function printSummary(server: ReplayServer, missed: number, hasFailed: boolean): void {
  const used = server.used()
  const unused = server.unused()
  const faulted = server.sessions().reduce((sum, { faulted: count = 0 }) => sum + count, 0)
  const wrong = faulted === 0 ? '' : `, ${formatCount(faulted, 'attempt')} met a fault`
  printNotice(
    `starttask: ${used.length} of ${used.length + unused.length} recorded exchanges played, ${formatCount(missed, 'request')} missed${wrong}`,
  )
  if (!hasFailed) printUnused(unused, new Set(used.map(({ recording }) => recording)))
}

const MOST_UNUSED = 10

function printUnused(unused: readonly ExchangePlace[], touched: ReadonlySet<string>): void {
  const byRecording = [...Map.groupBy(unused, ({ recording }) => recording)]
  for (const [recording, places] of byRecording.slice(0, MOST_UNUSED)) {
    const numbers = formatExchangeNumbers(places.map(({ exchange }) => exchange))
    printNotice(
      formatDetail(
        'unused',
        `${recording} ${numbers}${touched.has(recording) ? '' : ': nothing was asked of this file'}`,
      ),
    )
  }
  if (byRecording.length > MOST_UNUSED)
    printNotice(formatDetail('unused', `… and ${byRecording.length - MOST_UNUSED} recordings more`))
}

function serveUntilSignal({ urls }: ReplayServer): Promise<number> {
  const ended = waitForSignal() // before the URL is out: whoever reads it may send the signal at once
  for (const url of urls) printData(url)
  printNotice(
    `starttask: replaying on ${urls.join(', ')}; set AWS_ENDPOINT_URL_ECS to it. What it does is told at ${urls[0]}/.starttask/. Stop with Ctrl-C.`,
  )
  return ended
}
