import { request } from 'node:http'

import { startRecording } from '../../../src/recorder/index.ts'
import { sendOne, type Sending } from './sending.ts'

/** Ends the process as soon as the client has the response; without a client named, in the very event that ends the body. */
const { out, url, client }: { out: string; url: string; client?: Sending['client'] } = JSON.parse(
  process.argv[2] ?? '',
)
const send = (by: Sending['client'], startedBy: string) =>
  sendOne(
    url,
    { client: by, body: { startedBy } },
    { accessKeyId: 'test', secretAccessKey: 'test' },
  )
startRecording({ out })
for (const mark of ['a', 'b', 'c']) await send('fetch', mark) // the first one is saved at once, those after it a little later
if (client) {
  await send(client, 'last')
  process.exit(3)
}
const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }
const sent = request(url, { method: 'POST', headers }, (response) =>
  response.resume().on('end', () => process.exit(3)),
)
sent.end('{"startedBy":"last"}')
