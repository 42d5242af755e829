import { expect, test } from 'vitest'

import { listFaultNames } from '../../src/replayer/engine/fault-kinds.ts'
import {
  replayAgent,
  replayRequestHandler,
  startReplayServer,
} from '../../src/replayer/adapters/index.ts'
import { askV2, askV3 } from '../suites/fault-clients.ts'
import { describeMet, FAULT_TABLE, persist } from '../suites/fault-table.ts'
import { buildRecording, STARTED } from '../replayer/recorded-exchanges.ts'

// msw, boto3 and aws-cli: test/long/fault-clients.test.ts

const ENDPOINT = 'https://ecs.us-east-1.amazonaws.com'
const recording = buildRecording(STARTED)
/** SDK v2 waits for the rest of a cut response for ever. */
const forV2 = FAULT_TABLE.filter(({ v2 }) => !v2.startsWith('waits'))

test('names every fault of the catalogue in docs/faults.md, once', () => {
  expect(FAULT_TABLE.map(({ fault }) => fault).toSorted()).toEqual(listFaultNames().toSorted())
})

test.concurrent.each(FAULT_TABLE)('SDK v3 meets $fault at the server', async ({ fault, v3 }) => {
  await using server = await startReplayServer(recording, persist(fault))
  expect(describeMet(await askV3({ url: server.url }), server)).toBe(v3)
})

test.concurrent.each(forV2)('SDK v2 meets $fault at the server', async ({ fault, v2 }) => {
  await using server = await startReplayServer(recording, persist(fault))
  expect(describeMet(await askV2({ url: server.url }), server)).toBe(v2)
})

test.concurrent.each(FAULT_TABLE)(
  'SDK v3 meets $fault through the agent',
  async ({ fault, v3 }) => {
    const agent = replayAgent(recording, persist(fault))
    expect(describeMet(await askV3({ url: ENDPOINT, agent }), agent)).toBe(v3)
  },
)

test.concurrent.each(forV2)('SDK v2 meets $fault through the agent', async ({ fault, v2 }) => {
  const agent = replayAgent(recording, persist(fault))
  expect(describeMet(await askV2({ url: ENDPOINT, agent }), agent)).toBe(v2)
})

test.concurrent.each(FAULT_TABLE)(
  'SDK v3 meets $fault through the request handler',
  async ({ fault, v3 }) => {
    const requestHandler = replayRequestHandler(recording, persist(fault))
    const met = describeMet(await askV3({ url: ENDPOINT, requestHandler }), requestHandler)
    expect(met).toBe(fault === 'refused' ? 'ECONNREFUSED, 3' : v3)
  },
)
