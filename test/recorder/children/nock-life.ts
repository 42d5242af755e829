import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { startNockRecording } from '../../../src/nock/index.ts'
import { sendOne } from './sending.ts'

/** Records by nock twice over, with what must not go on at the same time in between. */
const { out, url }: { out: string; url: string } = JSON.parse(process.argv[2] ?? '')
process.env['NOCK_OFF'] = 'as it was'
const send = (startedBy: string) =>
  sendOne(
    url,
    { client: 'fetch', body: { startedBy } },
    { accessKeyId: 'test', secretAccessKey: 'test' },
  )
const describe = (error: unknown) =>
  error instanceof Error && 'code' in error
    ? `${String(error.code)}: ${error.message}`
    : String(error)
const start = (name: string) => startNockRecording({ out: `${out}/${name}.json` })

const server = setupServer(http.post(`${url}/`, () => new HttpResponse(undefined, { status: 299 })))
server.listen()
const besideMsw = await start('beside-msw').catch(describe)
const mocked = await send('mocked')
server.close()

const first = await start('first')
const early = await start('early').catch(describe)
await send('first')
const stops = await Promise.all([first.stop(), first.stop()])
await send('between')
const second = await start('second')
await send('second')
await second.stop()
const wrong = await startNockRecording({ out: '' }).catch(describe)

const { default: nock } = await import('nock')
const left = {
  isActive: nock.isActive(),
  outputs: nock.recorder.play().length,
  off: process.env['NOCK_OFF'],
}
nock.activate()
nock(url).post('/').reply(298)
const beside = await start('beside-nock')
const live = await send('beside')
await beside.stop()
const mockedByNock = await send('mocked')
process.stdout.write(
  JSON.stringify({ besideMsw, mocked, early, stops, wrong, left, live, mockedByNock }),
)
