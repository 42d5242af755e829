import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { answerNothing, startUpstream } from '../recorder/upstream.ts'
import { buildMarked, makeFolder, runChild, writeRecording } from './sessions.ts'

vi.setConfig({ testTimeout: 30_000 })

test.concurrent.each([
  ['session', 400],
  ['msw', 200],
] as const)(
  'replays beside an msw server; where both have a response, %s gives it when it comes first',
  async (first, mocked) => {
    await using upstream = await startUpstream((_request, response) =>
      answerNothing(response, 'live'),
    )
    const recordings = writeRecording(
      join(makeFolder(), 'all.json'),
      ...['http', 'fetch', 'sdk'].map((name) => buildMarked(name, 'old')),
    )
    const ended = await runChild('beside-others.ts', [
      JSON.stringify({ recordings, url: upstream.url, first }),
    ])
    expect(ended.stderr).toBe('')
    const { met, more }: { met: unknown[]; more: unknown[] } = JSON.parse(ended.stdout)
    expect(met).toEqual([200, 200, 200, 400, 200, 400, 200, 'NoRecordingMatched', mocked, 200, 200])
    // The connection that fetch kept from before is closed: it meets that, or has noticed it already and opens another.
    expect([[], ['ECONNRESET']]).toContainEqual(more.filter((one) => one !== 400))
    expect(upstream.met.map(({ body }) => /before|after/.exec(body)?.[0])).toEqual([
      'before',
      'before',
      'after',
      'after',
    ])
  },
)
