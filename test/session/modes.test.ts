import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import type { Mode } from '../../src/session/index.ts'
import { answerJson, answerNothing, startUpstream } from '../recorder/upstream.ts'
import { mark } from './marks.ts'
import { buildMarked, listRecorded, makeFolder, runSession, writeRecording } from './sessions.ts'

vi.setConfig({ testTimeout: 30_000 })

/** What each mode makes of one request that is recorded and one that is not; the file before holds `known` and `other`. */
const TABLE: { mode: Mode; met: number[]; live: number; recorded: string[]; report: object }[] = [
  {
    mode: 'replay',
    met: [200, 400],
    live: 0,
    recorded: ['known 200 old', 'other 200 old'],
    report: {
      replayed: 1,
      missed: 1,
      recorded: 0,
      unused: [expect.objectContaining({ exchange: 2 })],
    },
  },
  {
    mode: 'record',
    met: [200, 200],
    live: 2,
    recorded: ['known 200 live', 'new 200 live', 'other 200 old'],
    report: { replayed: 0, recorded: 2, lost: 0 },
  },
  {
    mode: 'record-missing',
    met: [200, 200],
    live: 1,
    recorded: ['known 200 old', 'new 200 live', 'other 200 old'],
    report: {
      replayed: 1,
      recorded: 1,
      missed: 0,
      unused: [expect.objectContaining({ exchange: 2 })],
    },
  },
  {
    mode: 're-record',
    met: [200, 200],
    live: 2,
    recorded: ['known 200 live', 'new 200 live'],
    report: { recorded: 2, stale: [] },
  },
  {
    mode: 'verify-live',
    met: [200, 200],
    live: 2,
    recorded: ['known 200 old', 'other 200 old'],
    report: { verified: 1, missed: 1, recorded: 0, written: [], differences: [] },
  },
  {
    mode: 'off',
    met: [200, 200],
    live: 2,
    recorded: ['known 200 old', 'other 200 old'],
    report: { replayed: 0, recorded: 0 },
  },
]

test.concurrent.each(TABLE)(
  'the mode $mode: who answers, and what is recorded then',
  async ({ mode, met, live, recorded, report }) => {
    await using upstream = await startUpstream((_request, response) =>
      answerNothing(response, 'live'),
    )
    const recordings = writeRecording(
      join(makeFolder(), 'all.json'),
      buildMarked('known', 'old'),
      buildMarked('other', 'old'),
    )
    const options = { recordings, mode, upstream: upstream.url }
    const ended = await runSession({
      options,
      url: upstream.url,
      waves: [[mark('known')], [mark('new')]],
    })
    expect(ended).toEqual({ met, report: expect.objectContaining({ mode, ...report }) })
    expect(upstream.met).toHaveLength(live)
    expect(listRecorded(recordings)).toEqual(recorded)
  },
)

test.concurrent('replays to every client without a connection', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const clients = ['fetch', 'http', 'sdk'] as const
  const recordings = writeRecording(
    join(makeFolder(), 'all.json'),
    ...clients.map((client) => buildMarked(client, 'old')),
  )
  const waves = [
    clients.map((client) => mark(client, client)),
    clients.map((client) => mark('missed', client)),
  ]
  const { met } = await runSession({ options: { recordings }, url: upstream.url, waves })
  expect(met).toEqual([200, 200, 200, 400, 400, 'NoRecordingMatched'])
  expect(upstream.met).toHaveLength(0)
})

test.concurrent('records what a folder misses in files of their own, and counts no response of its own', async () => {
  await using upstream = await startUpstream((_request, response) =>
    answerNothing(response, 'live'),
  )
  const recordings = makeFolder()
  const plan = {
    options: { recordings, mode: 'record-missing' as const, upstream: upstream.url },
    url: upstream.url,
  }
  const first = await runSession({ ...plan, waves: [[mark('a', 'sdk'), mark('b', 'http')]] })
  const second = await runSession({
    ...plan,
    waves: [[mark('a', 'sdk'), mark('b', 'http'), mark('c')]],
  })
  expect(first.report).toMatchObject({ recorded: 2, replayed: 0 })
  expect(second.report).toMatchObject({ recorded: 1, replayed: 2, unused: [] })
  expect(upstream.met).toHaveLength(3)
  expect(listRecorded(recordings)).toEqual(['a 200 live', 'b 200 live', 'c 200 live'])
})

test.concurrent('adds to what is recorded of a request when it is sent more often', async () => {
  await using upstream = await startUpstream((_request, response) =>
    answerNothing(response, 'live'),
  )
  const recordings = writeRecording(join(makeFolder(), 'all.json'), buildMarked('known', 'old'))
  const options = { recordings, mode: 'record-missing' as const, upstream: upstream.url }
  await runSession({ options, url: upstream.url, waves: [[mark('known')], [mark('known')]] })
  expect(listRecorded(recordings)).toEqual(['known 200 live', 'known 200 old'])
})

test.concurrent('replays a recorded transport failure in record-missing, and records none', async () => {
  await using upstream = await startUpstream((_request, response) =>
    answerNothing(response, 'live'),
  )
  const reset = { failure: 'reset', code: 'ECONNRESET' } as const
  const recordings = writeRecording(
    join(makeFolder(), 'all.json'),
    buildMarked('known', reset),
    buildMarked('known', 'old'),
  )
  const options = { recordings, mode: 'record-missing' as const, upstream: upstream.url }
  const { met, report } = await runSession({
    options,
    url: upstream.url,
    waves: [[mark('known', 'sdk')]],
  })
  expect(met).toEqual([200])
  expect(report).toMatchObject({ replayed: 2, recorded: 0, written: [] })
  expect(upstream.met).toHaveLength(0)
})

test.concurrent('replays recorded transport failures as errors of their code, on which the SDK tries again as it did', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const failures = [
    { failure: 'reset', code: 'ECONNRESET' },
    { failure: 'refused', code: 'ECONNREFUSED' },
    { failure: 'timeout', code: 'ETIMEDOUT' },
    { failure: 'truncated', code: 'ECONNRESET' },
  ] as const
  const names = failures.map(({ failure }) => failure)
  const recordings = writeRecording(
    join(makeFolder(), 'all.json'),
    ...failures.flatMap((failed) => [
      buildMarked(`${failed.failure} http`, failed),
      buildMarked(`${failed.failure} fetch`, failed),
      buildMarked(`${failed.failure} sdk`, failed),
      buildMarked(`${failed.failure} sdk`, 'old'),
    ]),
  )
  const waves = (['http', 'fetch', 'sdk'] as const).map((client) =>
    names.map((failure) => mark(`${failure} ${client}`, client)),
  )
  const { met, report } = await runSession({ options: { recordings }, url: upstream.url, waves })
  expect(met.slice(0, 4)).toEqual(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET'])
  expect(met.slice(4, 8)).toEqual(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'UND_ERR_SOCKET']) // fetch has a word of its own
  expect(met.slice(8)).toEqual([200, 200, 200, 200])
  expect(report).toMatchObject({ replayed: 16, unused: [] })
  expect(upstream.met).toHaveLength(0)
})

test.concurrent('names the files of a folder that were not recorded again', async () => {
  await using upstream = await startUpstream((_request, response) =>
    answerNothing(response, 'live'),
  )
  const recordings = makeFolder()
  const plan = { options: { recordings, upstream: upstream.url }, url: upstream.url }
  await runSession({
    ...plan,
    options: { ...plan.options, mode: 'record' },
    waves: [[mark('a'), mark('b')]],
  })
  const { report } = await runSession({
    ...plan,
    options: { ...plan.options, mode: 're-record' },
    waves: [[mark('a')]],
  })
  expect(report?.stale).toHaveLength(1)
  expect(report?.stale).not.toContain(report?.written[0])
  expect(listRecorded(recordings)).toEqual(['a 200 live', 'b 200 live'])
})

test.concurrent('lets other operations through unrecorded, and records those that are allowed', async () => {
  await using upstream = await startUpstream((_request, response) => answerJson(response, 200, {}))
  const recordings = join(makeFolder(), 'all.json')
  const send = (operation: string) => {
    return {
      client: 'fetch' as const,
      body: {},
      headers: { 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}` },
    }
  }
  const options = {
    recordings,
    mode: 'record' as const,
    upstream: upstream.url,
    allow: ['RunTask'],
  }
  const { met } = await runSession({
    options,
    url: upstream.url,
    waves: [[send('RunTask')], [send('ListTasks')]],
  })
  expect(met).toEqual([200, 200])
  expect(listRecorded(recordings)).toEqual(['RunTask 200 none'])
})
