import { join } from 'node:path'

import { expect, test } from 'vitest'

import { startRecording } from '../../src/recorder/index.ts'
import { isObject } from '../../src/protocol/index.ts'
import { describeExchanges, listNames, makeFolder, readRecording, runScript } from './recorders.ts'
import { answerJson, answerNothing, startUpstream } from './upstream.ts'

/** What the requests of a recording are marked by. */
function readMarks(path: string): unknown[] {
  return readRecording(path).exchanges.map(({ request }) =>
    isObject(request.body) ? request.body['startedBy'] : undefined,
  )
}

test.concurrent('refuses to start twice, stops twice as once, and starts again after it stopped', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = makeFolder()
  const ended = await runScript('life.ts', { out, url: upstream.url })
  const stopped = { written: [join(out, 'first.json')], lost: 0 }
  expect(JSON.parse(ended.stdout)).toEqual({ early: 'already-active', stops: [stopped, stopped] })
  expect(readMarks(join(out, 'first.json'))).toEqual(['first'])
  expect(readMarks(join(out, 'second.json'))).toEqual(['second'])
  expect(listNames(out)).toEqual(['first.json', 'second.json'])
})

test.concurrent('counts a request without a response as lost when it stops, and lets it go on', async () => {
  const held: (() => void)[] = []
  await using upstream = await startUpstream(({ body }, response) => {
    if (body.includes('held')) held.push(() => answerNothing(response))
    else answerNothing(response)
    if (body.includes('release')) for (const respond of held) respond()
  })
  const out = join(makeFolder(), 'all.json')
  const ended = await runScript('hold-open.ts', { out, url: upstream.url })
  expect(JSON.parse(ended.stdout)).toEqual({ stopped: { written: [out], lost: 1 }, held: 200 })
  expect(readMarks(out)).toEqual(['ended'])
})

test.concurrent.each(['fetch', 'http', 'sdk', undefined])(
  'keeps the last exchange when the process exits at once after it (%s)',
  async (client) => {
    await using upstream = await startUpstream((_request, response) => answerNothing(response))
    const out = join(makeFolder(), 'all.json')
    const ended = await runScript('exit-at-once.ts', { out, url: upstream.url, client })
    expect(ended).toEqual({ code: 3, stdout: '', stderr: '' })
    expect(readMarks(out)).toEqual(['a', 'b', 'c', 'last'])
    expect(describeExchanges(out).at(-1)).toMatch(/200$/)
  },
)

test.concurrent.each(['msw', 'recorder'])(
  'records beside a listening msw server, and nothing that it answers, when %s comes first',
  async (first) => {
    await using upstream = await startUpstream(({ body }, response) => {
      if (body.includes('reset')) response.socket?.resetAndDestroy()
      else answerJson(response, 200, { tasks: [], failures: [] })
    })
    const out = join(makeFolder(), 'all.json')
    const ended = await runScript('beside-msw.ts', { out, url: upstream.url, first })
    expect(ended.stderr).toBe('')
    const report: unknown = JSON.parse(ended.stdout)
    expect(report).toEqual({
      met: [
        200,
        200,
        200,
        200,
        200,
        200,
        'TypeError',
        'TypeError',
        'ECONNRESET',
        'ECONNRESET',
        200,
      ],
      stopped: { written: [out], lost: 0 },
    })
    expect(readMarks(out)).toEqual(['live', 'live', 'live', 'reset', 'reset'])
    expect(upstream.met).toHaveLength(5)
  },
)

test.concurrent('rather loses a failure than tells it of another request', async () => {
  const live = Promise.withResolvers<() => void>()
  await using upstream = await startUpstream(async ({ body }, response) => {
    if (body.includes('live')) return live.resolve(() => answerNothing(response))
    const answerLive = await live.promise
    if (body.includes('reset')) return response.socket?.resetAndDestroy()
    answerLive()
    answerNothing(response)
  })
  const out = join(makeFolder(), 'all.json')
  const ended = await runScript('fail-among-others.ts', { out, url: upstream.url })
  expect(JSON.parse(ended.stdout)).toEqual({
    met: ['ECONNRESET', 200, 200],
    stopped: { written: [out], lost: 1 },
  })
  expect(describeExchanges(out)).toEqual(['200'])
  expect(readMarks(out)).toEqual(['live'])
})

test.each([
  { out: '' },
  { out: 'a\0b' },
  { out: 'x', upstream: 'http://127.0.0.1' },
  { out: 'x', allow: 'RunTask' },
  { out: 'x', allow: ['../x'] },
  { out: 'x', note: 5 },
])('refuses the options %j', (options) => {
  // what a caller without types may pass
  expect(() => startRecording(options as Parameters<typeof startRecording>[0])).toThrow(
    expect.objectContaining({ code: 'usage' }),
  )
})
