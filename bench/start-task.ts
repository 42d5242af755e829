import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ECSClient, StartTaskCommand, type StartTaskCommandInput } from '@aws-sdk/client-ecs'

/** A request of about 570 bytes: one container overridden, a few tags. */
const REQUEST: StartTaskCommandInput = {
  cluster: 'orders-production',
  taskDefinition: 'arn:aws:ecs:eu-central-1:312345678901:task-definition/orders-import:42',
  containerInstances: ['arn:aws:ecs:eu-central-1:312345678901:container-instance/orders-production/7f3c2a9be0d14c5f8a6b1d2e3f405162'],
  startedBy: 'nightly-import',
  overrides: {
    containerOverrides: [
      {
        name: 'import',
        command: ['node', 'import.js', '--day', '2026-01-31'],
        environment: [
          { name: 'LOG_LEVEL', value: 'info' },
          { name: 'BATCH', value: '500' },
        ],
      },
    ],
  },
  tags: [
    { key: 'team', value: 'orders' },
    { key: 'run', value: '2026-01-31' },
  ],
  enableECSManagedTags: true,
}

/** A folder of the run's own, with the body of a recorded answer in it. */
export function makeAnswer(): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
  const recording: { exchanges: { answer: { body: unknown } }[] } = JSON.parse(
    readFileSync(new URL('../recordings/started/moto-aws-sdk-v3.json', import.meta.url), 'utf8'),
  )
  const file = join(folder, 'answer.json')
  writeFileSync(file, JSON.stringify(recording.exchanges[0]?.answer.body))
  return { folder, file }
}

/** A client as users have it; the endpoint apart. */
export function createClient(endpoint: string): ECSClient {
  const credentials = { accessKeyId: 'BENCHKEYID', secretAccessKey: 'bench-secret', sessionToken: 'bench-token' }
  return new ECSClient({ endpoint, region: 'us-east-1', credentials })
}

/** One call; throws when nothing started. */
export async function startTask(client: ECSClient): Promise<void> {
  const { tasks } = await client.send(new StartTaskCommand(REQUEST))
  if (tasks?.length !== 1) throw new Error('The service did not start a task.')
}
