import { type RecordingSession, startRecording } from '../../../src/recorder/index.ts'
import { sendOne } from './sending.ts'

/** Starts, starts again too early, stops twice, and records once more. */
const { out, url }: { out: string; url: string } = JSON.parse(process.argv[2] ?? '')
const send = (startedBy: string) =>
  sendOne(
    url,
    { client: 'fetch', body: { startedBy } },
    { accessKeyId: 'test', secretAccessKey: 'test' },
  )

function readCode(start: () => RecordingSession): string {
  try {
    start()
    return 'started'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

const first = startRecording({ out: `${out}/first.json` })
await send('first')
const early = readCode(() => startRecording({ out: `${out}/second.json` }))
const stops = await Promise.all([first.stop(), first.stop()])
await send('between')
{
  await using second = startRecording({ out: `${out}/second.json` })
  await send('second')
  void second
}
process.stdout.write(JSON.stringify({ early, stops }))
