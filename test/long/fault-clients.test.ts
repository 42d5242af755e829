import { describe, expect, inject, test } from 'vitest'

import { startReplay } from '../../src/replayer/adapters/msw.ts'
import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { buildRecording, STARTED } from '../replayer/recorded-exchanges.ts'
import { askAwsCli, askBoto3, askV2, askV3 } from '../suites/fault-clients.ts'
import { describeMet, FAULT_TABLE, persist } from '../suites/fault-table.ts'

const { awsCli, boto3 } = inject('programs')
const ENDPOINT = 'https://ecs.us-east-1.amazonaws.com'
const recording = buildRecording(STARTED)

test.skipIf(!boto3)('boto3 meets every fault as docs/faults.md says', async () => {
  await using servers = new AsyncDisposableStack()
  const opened = await Promise.all(
    FAULT_TABLE.map(async ({ fault }) => ({
      fault,
      server: servers.use(await startReplayServer(recording, persist(fault))),
    })),
  )
  const met = await askBoto3(
    Object.fromEntries(opened.map(({ fault, server }) => [fault, server.url])),
  )
  const described = opened.map(({ fault, server }) => ({
    fault,
    boto3: describeMet(met[fault] ?? '', server),
  }))
  expect(described).toEqual(
    FAULT_TABLE.map(({ fault, boto3: expected }) => ({ fault, boto3: expected })),
  )
})

describe.skipIf(!awsCli)('aws-cli', () => {
  test.concurrent.each(FAULT_TABLE)(
    'meets $fault as docs/faults.md says',
    async ({ fault, awsCli: expected }) => {
      await using server = await startReplayServer(recording, persist(fault))
      expect(describeMet(await askAwsCli(server.url), server)).toBe(expected)
    },
  )
})

describe('through msw', () => {
  test.each(FAULT_TABLE)('SDK v3 meets $fault', async ({ fault, v3 }) => {
    using replay = startReplay(recording, persist(fault))
    expect(describeMet(await askV3({ url: ENDPOINT }), replay)).toBe(v3)
  })

  test.each(FAULT_TABLE)('SDK v2 meets $fault', async ({ fault, v2 }) => {
    using replay = startReplay(recording, persist(fault))
    expect(describeMet(await askV2({ url: ENDPOINT }), replay)).toBe(
      fault === 'truncated' ? 'TimeoutError, 4' : v2,
    )
  })
})
