import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'

import { REQUEST } from './request.ts'

/** A folder of the run's own, with the body of a recorded response in it. */
export function makeResponse(): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
  const recording: { exchanges: { response: { body: unknown } }[] } = JSON.parse(
    readFileSync(new URL('../recordings/started/moto-aws-sdk-v3.json', import.meta.url), 'utf8'),
  )
  const file = join(folder, 'answer.json')
  writeFileSync(file, JSON.stringify(recording.exchanges[0]?.response.body))
  return { folder, file }
}

/** A client as users have it; the endpoint apart. */
export function createClient(endpoint: string): ECSClient {
  const credentials = {
    accessKeyId: 'BENCHKEYID',
    secretAccessKey: 'bench-secret',
    sessionToken: 'bench-token',
  }
  return new ECSClient({ endpoint, region: 'us-east-1', credentials })
}

/** One call; throws when nothing started. */
export async function startTask(client: ECSClient): Promise<void> {
  const { tasks } = await client.send(new StartTaskCommand(REQUEST))
  if (tasks?.length !== 1) throw new Error('The service did not start a task.')
}
