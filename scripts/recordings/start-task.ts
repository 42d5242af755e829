/**
 * Sends one StartTask request with the AWS SDK for JavaScript: the JSON of its members is the one argument, the endpoint is
 * AWS_ENDPOINT_URL_ECS. With --record it records itself, in this process. An error that the service answers is no failure here.
 */
import { parseArgs } from 'node:util'

import { ECSClient, StartTaskCommand, type StartTaskCommandInput } from '@aws-sdk/client-ecs'

import { startRecording } from '../../src/recorder/index.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { record: { type: 'string' }, note: { type: 'string', default: '' } },
})
const input: StartTaskCommandInput = JSON.parse(positionals[0] ?? '{}')
const session =
  values.record === undefined
    ? undefined
    : startRecording({ out: values.record, note: values.note })
try {
  const { tasks = [], failures = [] } = await new ECSClient({}).send(new StartTaskCommand(input))
  console.log(`${tasks.length} tasks, ${failures.length} failures`)
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
} finally {
  await session?.stop()
}
