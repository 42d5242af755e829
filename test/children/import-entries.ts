import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

/** Imports the entries named, under a listening msw server, and asks a mocked service before and after. */
const entries: string[] = JSON.parse(process.argv[2] ?? '')
const { ECSClient, StartTaskCommand } = await import('@aws-sdk/client-ecs')
const url = 'http://ecs.test/'
const server = setupServer(
  http.post(url, () => HttpResponse.json({ tasks: [], failures: [{ reason: 'MOCK' }] })),
)
server.listen({ onUnhandledFrame: 'error' })

async function ask(): Promise<unknown[]> {
  const client = new ECSClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const { failures } = await client.send(
    new StartTaskCommand({ taskDefinition: 'web', containerInstances: ['ci-a'] }),
  )
  const fetched: unknown = await (await fetch(url, { method: 'POST', body: '{}' })).json()
  client.destroy()
  return [failures, fetched]
}

const before = await ask()
const empty: string[] = []
for (const entry of entries) {
  const names = Object.keys(await import(entry))
  if (names.length === 0) empty.push(entry)
}
process.stdout.write(JSON.stringify({ before, after: await ask(), empty }))
server.close()
