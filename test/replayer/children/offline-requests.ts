/** What the offline children send through an adapter, and what they say came back. */
import {
  ECSClient,
  type ECSClientConfig,
  ListClustersCommand,
  StartTaskCommand,
} from '@aws-sdk/client-ecs'

import { buildInput, buildRecording, REJECTED, STARTED, TARGET } from '../recorded-exchanges.ts'

/** Two exchanges, so that the third request equal to them meets none. */
export const RECORDING = buildRecording(STARTED, REJECTED)

export type ClientConfig = Pick<ECSClientConfig, 'region' | 'endpoint' | 'requestHandler'>

/** Sends a hit, a recorded rejection, a miss, one request too many and an operation that was never recorded; `describe` of each in order. */
export async function sendCommands(config: ClientConfig): Promise<string[]> {
  const client = new ECSClient({
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'none' },
    ...config,
  })
  return [
    await describe(client.send(new StartTaskCommand(buildInput('started')))),
    await describe(client.send(new StartTaskCommand(buildInput('rejected')))),
    await describe(client.send(new StartTaskCommand(buildInput('missed')))),
    await describe(client.send(new StartTaskCommand(buildInput('started')))),
    await describe(client.send(new ListClustersCommand({}))),
  ]
}

/** As {@link sendCommands}, and a raw request. */
export async function sendAll(endpoint: string | undefined, region: string): Promise<string[]> {
  const url = endpoint ?? `https://ecs.${region}.amazonaws.com/`
  return [
    ...(await sendCommands({ region, ...(endpoint === undefined ? {} : { endpoint }) })),
    await describe(
      fetch(url, { method: 'POST', headers: { 'x-amz-target': TARGET }, body: 'no JSON' }),
    ),
  ]
}

/** The responses' statuses and the errors' names and attempts, in few words. */
export async function describe(sent: Promise<unknown>): Promise<string> {
  try {
    const response = await sent
    return response instanceof Response ? `fetch ${response.status}` : 'a response'
  } catch (error) {
    if (!(error instanceof Error)) return 'no error'
    const metadata =
      '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : null
    return metadata && 'attempts' in metadata
      ? `${error.name} in ${String(metadata.attempts)}`
      : `${error.name}: ${error.message}`
  }
}
