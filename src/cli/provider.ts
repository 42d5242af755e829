import { startProvider } from '../provider/server.ts'
import { printData, tell, waitForSignal } from './terminal.ts'

export interface ProviderCommand {
  port: number
  state: string | undefined
  seed: number
}

/** Runs the embedded provider until a signal; gives the exit code. */
export async function provide({ port, state, seed }: ProviderCommand): Promise<number> {
  await using server = await startProvider({ port, seed, ...(state === undefined ? {} : { stateFile: state }) })
  printData(server.url)
  tell(`starttask: provider on ${server.url}; set AWS_ENDPOINT_URL_ECS to it. Stop with Ctrl-C.`)
  return waitForSignal()
}
