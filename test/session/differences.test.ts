import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import type { Exchange } from '../../src/protocol/index.ts'
import { answerJson, startUpstream } from '../recorder/upstream.ts'
import { mark } from './marks.ts'
import { buildMarked, makeFolder, runSession, writeRecording } from './sessions.ts'

vi.setConfig({ testTimeout: 30_000 })

const HEADERS = { 'content-type': 'application/x-amz-json-1.1' }
const TASK = {
  taskArn: 'arn:aws:ecs:us-east-1:000058083549:task/default/1',
  createdAt: 1_479_765_460.842,
  version: 1,
  tags: [],
}

function ok(body: unknown): Exchange['response'] {
  return { status: 200, headers: HEADERS, body }
}

/** A recorded response, a live one (none: the connection breaks), and what is told of them. */
const PAIRS: {
  name: string
  recorded: Exchange['response']
  live?: [number, unknown]
  told: [string, string, string][]
}[] = [
  {
    name: 'other ids, times and values',
    recorded: ok({ tasks: [TASK], failures: [] }),
    live: [
      200,
      {
        tasks: [
          {
            ...TASK,
            taskArn: 'arn:aws:ecs:us-east-1:000058083549:task/default/2',
            createdAt: 5,
            version: 7,
          },
        ],
        failures: [],
      },
    ],
    told: [],
  },
  {
    name: 'null for what was absent',
    recorded: ok({ tasks: [TASK], failures: [] }),
    live: [200, { tasks: [{ ...TASK, group: null }], failures: [] }],
    told: [],
  },
  {
    name: 'a member more, one less, one of another type',
    recorded: ok({ tasks: [{ ...TASK, group: 'a' }], failures: [] }),
    live: [200, { tasks: [{ ...TASK, createdAt: 'today', 'cpu/x': '256' }], failures: [] }],
    told: [
      ['/response/body/tasks/0/createdAt', 'number', 'text'],
      ['/response/body/tasks/0/group', 'text', 'absent'],
      ['/response/body/tasks/0/cpu~1x', 'absent', 'text'],
    ],
  },
  {
    name: 'another reason, and one failure more',
    recorded: ok({ tasks: [], failures: [{ arn: 'ci-a', reason: 'AGENT' }] }),
    live: [200, { tasks: [], failures: [{ arn: 'ci-b', reason: 'MISSING' }, { reason: 'AGENT' }] }],
    told: [
      ['/response/body/failures/0/reason', 'AGENT', 'MISSING'],
      ['/response/body/failures/1', 'absent', 'object'],
    ],
  },
  {
    name: 'another outcome',
    recorded: ok({ tasks: [TASK], failures: [] }),
    live: [200, { tasks: [], failures: [{ reason: 'AGENT' }] }],
    told: [['/response', 'started', 'unplaced']],
  },
  {
    name: 'another error of another status',
    recorded: {
      status: 400,
      headers: HEADERS,
      body: { __type: 'ClusterNotFoundException', message: 'no' },
    },
    live: [500, { __type: 'ServerException', message: 'no' }],
    told: [
      ['/response/status', '400', '500'],
      ['/response/body/__type', 'ClusterNotFoundException', 'ServerException'],
    ],
  },
  {
    name: 'a broken connection',
    recorded: ok({ tasks: [TASK], failures: [] }),
    told: [['/response', 'started', 'reset ECONNRESET']],
  },
]

test.concurrent.each(PAIRS)(
  'verifies a live response with $name',
  async ({ recorded, live, told }) => {
    await using upstream = await startUpstream((_request, response) => {
      if (live) answerJson(response, ...live)
      else response.socket?.resetAndDestroy()
    })
    const path = writeRecording(
      join(makeFolder(), 'all.json'),
      buildMarked('first', 'old'),
      buildMarked('known', recorded),
    )
    const options = { recordings: path, mode: 'verify-live' as const, upstream: upstream.url }
    const { report } = await runSession({
      options,
      url: upstream.url,
      waves: [[mark('known', 'http')]],
    })
    const place = { recording: path, exchange: 2 }
    expect(report?.differences).toEqual(
      told.map(([pointer, one, other]) => ({ ...place, pointer, recorded: one, live: other })),
    )
    expect(report).toMatchObject({ verified: 1, missed: 0, written: [] })
    expect(upstream.met).toHaveLength(1)
  },
)

test.concurrent('verifies a request that comes more often than it was recorded against the last recorded response', async () => {
  await using upstream = await startUpstream((_request, response) =>
    answerJson(response, 200, { tasks: [], failures: [] }),
  )
  const path = writeRecording(join(makeFolder(), 'all.json'), buildMarked('known', 'old'))
  const options = { recordings: path, mode: 'verify-live' as const, upstream: upstream.url }
  const { report } = await runSession({
    options,
    url: upstream.url,
    waves: [[mark('known')], [mark('known')]],
  })
  const difference = {
    recording: path,
    exchange: 1,
    pointer: '/response/body/failures/0',
    recorded: 'object',
    live: 'absent',
  }
  expect(report).toMatchObject({ verified: 2, missed: 0, differences: [difference, difference] })
})
