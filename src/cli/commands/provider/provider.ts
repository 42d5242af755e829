import { startProvider } from '../../../provider/index.ts'
import { printData, printNotice, waitForSignal } from '../../output/terminal.ts'

export interface ProviderCommand {
  port: number
  state: string | undefined
  seed: number
}

/** Runs the embedded provider until a signal; gives the exit code. */
export async function provide({ port, state, seed }: ProviderCommand): Promise<number> {
  await using server = await startProvider({
    port,
    seed,
    ...(state === undefined ? {} : { stateFile: state }),
  })
  const ended = waitForSignal() // before the URL is out: whoever reads it may send the signal at once
  printData(server.url)
  printNotice(
    `starttask: provider on ${server.url}; set AWS_ENDPOINT_URL_ECS to it. Stop with Ctrl-C.`,
  )
  return await ended // a bare `return` would stop the server first
}
