import nock from 'nock'

import { createClient, startTask } from '../ecs-clients.ts'

/** With `url`: what nock's own recorder writes of two commands. With `definitions`: what clients get of them, and what nobody asked for. */
const { url, definitions }: { url: string; definitions?: nock.Definition[] } = JSON.parse(
  process.argv[2] ?? '',
)
const client = createClient(url, { maxAttempts: 2 })
const met: unknown[] = []
if (definitions) {
  nock.disableNetConnect()
  nock.define(definitions)
  const other = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.RunTask',
    },
    body: JSON.stringify(definitions[0]?.body),
  })
  met.push(other.status)
} else {
  nock.recorder.rec({ output_objects: true, dont_print: true, enable_reqheaders_recording: true })
}
for (const startedBy of ['first', 'second']) met.push(await startTask(client, { startedBy }))
const expected = definitions ? 0 : met.length
while (nock.recorder.play().length < expected) await new Promise((resolve) => setImmediate(resolve))
process.stdout.write(
  JSON.stringify({ met, definitions: definitions ? nock.pendingMocks() : nock.recorder.play() }),
)
client.destroy()
