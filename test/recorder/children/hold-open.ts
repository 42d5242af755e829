import { startRecording } from '../../../src/recorder/index.ts'
import { sendOne } from './sending.ts'

/** Stops while one request has no response yet, then reads that response. */
const { out, url }: { out: string; url: string } = JSON.parse(process.argv[2] ?? '')
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const recording = startRecording({ out })
const ended = sendOne(url, { client: 'fetch', body: { startedBy: 'ended' } }, credentials)
const held = sendOne(url, { client: 'fetch', body: { startedBy: 'held' } }, credentials)
await ended
const stopped = await recording.stop()
await sendOne(url, { client: 'fetch', body: { startedBy: 'release' } }, credentials)
process.stdout.write(JSON.stringify({ stopped, held: await held }))
