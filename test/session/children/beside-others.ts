import http from 'node:http'

import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { startSession } from '../../../src/session/index.ts'
import { sendOne } from '../../recorder/children/sending.ts'
import { mark } from '../marks.ts'

/** A session beside a user's own msw server, begun before or after it, on clients that have connections from before. */
const { recordings, url, first }: { recordings: string; url: string; first: 'msw' | 'session' } =
  JSON.parse(process.argv[2] ?? '')
http.globalAgent = new http.Agent({ keepAlive: true })
const send = (client: 'fetch' | 'http' | 'sdk', startedBy: string) =>
  sendOne(url, mark(startedBy, client), { accessKeyId: 'test', secretAccessKey: 'test' })
const met = [await send('http', 'before'), await send('fetch', 'before')]
const server = setupServer(
  mock.post(`${url}/`, async ({ request }) => {
    return (await request.clone().text()).includes('mocked')
      ? HttpResponse.json({ tasks: [], failures: [] })
      : undefined
  }),
)
if (first === 'msw') server.listen({ onUnhandledFrame: 'bypass' })
const session = startSession({ recordings })
if (first === 'session') server.listen({ onUnhandledFrame: 'bypass' })
for (const client of ['http', 'fetch', 'sdk'] as const)
  met.push(await send(client, client), await send(client, 'missed'))
met.push(await send('http', 'mocked'))
const more = []
for (let index = 0; index < 5; index++) more.push(await send('fetch', 'missed'))
await session.stop()
server.close()
met.push(await send('http', 'after'), await send('fetch', 'after'))
process.stdout.write(JSON.stringify({ met, more }))
