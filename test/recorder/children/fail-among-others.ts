import { setupServer } from 'msw/node'

import { startRecording } from '../../../src/recorder/index.ts'
import { sendOne } from './sending.ts'

/** Two fetches at once to one service, of which one fails, beside an msw server: then nothing tells which of them it was. */
const { out, url }: { out: string; url: string } = JSON.parse(process.argv[2] ?? '')
const server = setupServer()
server.listen({ onUnhandledFrame: 'bypass' })
const recording = startRecording({ out })
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const send = (startedBy: string, target?: string) =>
  sendOne(
    url,
    {
      client: 'fetch',
      body: { startedBy },
      ...(target === undefined ? {} : { headers: { 'x-amz-target': target } }),
    },
    credentials,
  )
const live = send('live')
const met = [await send('reset'), await send('release', 'Another.Operation'), await live]
process.stdout.write(JSON.stringify({ met, stopped: await recording.stop() }))
server.close()
