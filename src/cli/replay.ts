import { type ExchangePlace, formatExchangeNumbers } from '../replayer/index.ts'
import { startReplayServer } from '../replayer/server.ts'
import { makeOfflineEnvironment, runChild } from './child.ts'
import { printData, tell, waitForSignal } from './terminal.ts'

export interface ReplayCommand {
  paths: string[]
  port: number
  afterLast: 'refuse' | 'repeat' | 'restart'
  ignore: string[]
  /** The rules file; otherwise starttask.rules.json, in the working directory or above. */
  rules: string | undefined
  command: string[]
}

/** Serves recordings, to a command or until a signal; gives the exit code. */
export async function replay({ paths, port, afterLast, ignore, rules, command }: ReplayCommand): Promise<number> {
  let missed = 0
  const onMiss = () => {
    missed += 1
  }
  await using server = await startReplayServer(paths, {
    port,
    afterLast,
    match: { ignore },
    onMiss,
    ...(rules === undefined ? {} : { rules }),
  })
  const code =
    command.length > 0 ? await runChild(command, makeOfflineEnvironment(process.env, server.url)) : await serveUntilSignal(server.url)
  const used = server.used()
  const unused = server.unused()
  tell(
    `starttask: ${used.length} of ${used.length + unused.length} recorded exchanges played, ${missed === 1 ? 'one request' : `${missed} requests`} missed`,
  )
  tellUnused(unused)
  return code
}

const MOST_UNUSED = 10

function tellUnused(unused: readonly ExchangePlace[]): void {
  const byRecording = [...Map.groupBy(unused, ({ recording }) => recording)]
  for (const [recording, places] of byRecording.slice(0, MOST_UNUSED)) {
    tell(`  unused     ${recording} ${formatExchangeNumbers(places.map(({ exchange }) => exchange))}`)
  }
  if (byRecording.length > MOST_UNUSED) tell(`  unused     … and ${byRecording.length - MOST_UNUSED} recordings more`)
}

function serveUntilSignal(url: string): Promise<number> {
  const ended = waitForSignal() // before the URL is out: whoever reads it may send the signal at once
  printData(url)
  tell(`starttask: replaying on ${url}; set AWS_ENDPOINT_URL_ECS to it. Stop with Ctrl-C.`)
  return ended
}
