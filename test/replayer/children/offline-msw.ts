import { startReplay } from '../../../src/replayer/msw.ts'
import { describe, RECORDING, sendAll } from './offline-requests.ts'

const results: string[] = []
for (const region of ['us-east-1', 'nowhere-9']) {
  using replay = startReplay(RECORDING)
  results.push(...(await sendAll(undefined, region)), `unused ${replay.unused().length}`)
}
{
  using replay = startReplay(RECORDING)
  results.push(await describe(fetch('https://service.invalid/', { method: 'POST', body: 'not ECS' })))
  results.push(await describe(fetch('http://192.0.2.1:8080/')), `unused ${replay.unused().length}`)
}
process.stdout.write(JSON.stringify({ results }))
