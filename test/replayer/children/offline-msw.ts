import { request } from 'node:https'

import { startReplay } from '../../../src/replayer/adapters/msw.ts'
import { describe, RECORDING, sendAll } from './offline-requests.ts'

const results: string[] = []
for (const region of ['us-east-1', 'nowhere-9']) {
  using replay = startReplay(RECORDING)
  results.push(...(await sendAll(undefined, region)), `unused ${replay.unused().length}`)
}
{
  using replay = startReplay(RECORDING)
  results.push(
    await describe(fetch('https://service.invalid/', { method: 'POST', body: 'not ECS' })),
  )
  results.push(await describe(fetch('http://192.0.2.1:8080/')))
  results.push(await describe(requestByName()), `unused ${replay.unused().length}`)
}

/** With a function that was imported by name before msw replaced it. */
function requestByName(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request('https://service.invalid/', { method: 'POST' }, resolve).on('error', reject).end()
  })
}

process.stdout.write(JSON.stringify({ results }))
