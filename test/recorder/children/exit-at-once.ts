import { request } from 'node:http'

import { startRecording } from '../../../src/recorder/index.ts'
import { sendOne, type Sending } from './sending.ts'

/** Ends the process as soon as the client has the answer; without a client named, in the very event that ends the body. */
const { out, url, client }: { out: string; url: string; client?: Sending['client'] } = JSON.parse(process.argv[2] ?? '')
startRecording({ out })
if (client) {
  await sendOne(url, { client, body: { startedBy: 'last' } }, { accessKeyId: 'test', secretAccessKey: 'test' })
  process.exit(3)
}
const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }
const sent = request(url, { method: 'POST', headers }, (answer) => answer.resume().on('end', () => process.exit(3)))
sent.end('{"startedBy":"last"}')
