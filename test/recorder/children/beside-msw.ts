import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { startRecording } from '../../../src/recorder/index.ts'
import { sendOne } from './sending.ts'

/** Records beside a user's own msw server, begun before or after it, which answers the requests marked so. */
const { out, url, first }: { out: string; url: string; first: 'msw' | 'recorder' } = JSON.parse(
  process.argv[2] ?? '',
)
const send = (client: 'fetch' | 'http' | 'sdk', startedBy: string) =>
  sendOne(url, { client, body: { startedBy } }, { accessKeyId: 'test', secretAccessKey: 'test' })

const mock = http.post(`${url}/`, async ({ request }) => {
  const body = await request.clone().text()
  if (body.includes('mocked'))
    return HttpResponse.json({ tasks: [], failures: [{ reason: 'MOCK' }] })
  return body.includes('broken') ? HttpResponse.error() : undefined
})
const server = setupServer(mock)
if (first === 'msw') server.listen({ onUnhandledFrame: 'bypass' })
const recording = startRecording({ out })
if (first === 'recorder') server.listen({ onUnhandledFrame: 'bypass' })
const met = []
for (const client of ['fetch', 'http', 'sdk'] as const)
  met.push(await send(client, 'live'), await send(client, 'mocked'))
met.push(
  await send('fetch', 'broken'),
  await send('http', 'broken'),
  await send('fetch', 'reset'),
  await send('http', 'reset'),
)
const stopped = await recording.stop()
met.push(await send('fetch', 'mocked'))
server.close()
process.stdout.write(JSON.stringify({ met, stopped }))
