import { recordCommands } from '../../../src/recorder/index.ts'
import { createClient, createFetchHandler, startTask } from '../ecs-clients.ts'

/** Records some commands of one client, then stops, or with `exit` ends the process in the same turn as the last command. */
const {
  out,
  url,
  times,
  by,
  exit,
}: { out: string; url: string; times: number; by?: 'http' | 'fetch'; exit?: boolean } = JSON.parse(
  process.argv[2] ?? '',
)
const client = createClient(url, by === 'fetch' ? { requestHandler: createFetchHandler() } : {})
const recording = recordCommands(client, { out })
const met: unknown[] = []
for (let time = 0; time < times; time++) {
  const { status } = Object(await startTask(client, { startedBy: `time-${time}` }))
  met.push(status)
}
if (exit) process.exit(3)
const report = await recording.stop().catch((error: unknown) => ({
  error: error instanceof Error && 'code' in error ? error.code : error,
}))
process.stdout.write(JSON.stringify({ met, ...report }))
client.destroy()
