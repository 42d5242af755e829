import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Report } from '../recorder/children/plan.ts'
import {
  describeExchanges,
  listNames,
  makeFolder,
  readRecording,
  runScript,
} from '../recorder/recorders.ts'
import { answerNothing, startUpstream } from '../recorder/upstream.ts'

test.concurrent("records by nock's recorder, and says what that cannot know", async () => {
  await using upstream = await startUpstream((_request, response, count) =>
    count === 1 ? response.socket?.resetAndDestroy() : answerNothing(response, `ci-${count}`),
  )
  const out = join(makeFolder(), 'all.json')
  const bodies = [{ startedBy: 'first' }, { startedBy: 'reset' }, { startedBy: 'last' }]
  const waves = [...bodies.map((body) => [{ client: 'http', body }]), [{ client: 'sdk', body: {} }]]
  const ended = await runScript('record-by-nock.ts', {
    out,
    url: upstream.url,
    note: 'by nock',
    waves,
  })
  expect(ended.stderr).toBe('')
  const report: Report = JSON.parse(ended.stdout)
  expect(report).toEqual({
    met: [200, 'ECONNRESET', 200, 200],
    stopped: { written: [out], lost: 0 },
  })
  const { exchanges, provenance } = readRecording(out)
  expect(provenance).toMatchObject({
    source: "nock's recorder",
    note: 'by nock',
    limits: expect.stringContaining('no failures'),
  })
  expect(exchanges.map(({ request }) => request)).toEqual([
    expect.objectContaining({ body: { startedBy: 'first' } }),
    expect.objectContaining({ body: { startedBy: 'last' } }),
    expect.objectContaining({ body: { containerInstances: ['ci-a'], taskDefinition: 'web' } }),
  ])
  expect(JSON.stringify(exchanges)).not.toMatch(/authorization|Signature/i)
})

test.concurrent('keeps out of the way of msw, of nock, and of itself', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = makeFolder()
  const ended = await runScript('nock-life.ts', { out, url: upstream.url })
  expect(ended.stderr).toBe('')
  const stopped = { written: [join(out, 'first.json')], lost: 0 }
  expect(JSON.parse(ended.stdout)).toEqual({
    besideMsw: expect.stringMatching(/^already-active: nock cannot record: .*msw/),
    mocked: 299,
    early: expect.stringMatching(/^already-active: nock records already/),
    stops: [stopped, stopped],
    wrong: expect.stringMatching(/^usage: /),
    left: { isActive: false, outputs: 0, off: 'as it was' },
    live: 200,
    mockedByNock: 298,
  })
  expect(listNames(out)).toEqual(['beside-nock.json', 'first.json', 'second.json'])
  expect(describeExchanges(join(out, 'second.json'))).toEqual(['200'])
})
