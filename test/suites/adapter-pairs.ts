import { expect, test } from 'vitest'

import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
  STARTED,
} from '../replayer/recorded-exchanges.ts'
import { type ClientName, sendWith } from './adapter-clients.ts'
import type { ReplayAdapter } from './replay-adapters.ts'

const UNAVAILABLE = buildExchange(
  buildInput('a'),
  buildResponse(503, { __type: 'ServiceUnavailable', message: 'Try again.' }),
)
const LATER = buildExchange(
  buildInput('a'),
  buildResponse(200, { tasks: [], failures: [{ reason: 'AGENT' }] }),
)
const ANSWERED = { tasks: 0, reasons: ['AGENT'] }

/** Clients that send a request again by themselves. */
const RETRIES: ReadonlySet<ClientName> = new Set(['SDK v3', 'SDK v2'])

/** What each client that goes through the adapter meets there. */
export function testAdapterClients(adapter: ReplayAdapter): void {
  for (const client of adapter.clients) testClient(adapter, client)
}

function testClient({ open, deviations }: ReplayAdapter, client: ClientName): void {
  const isFetch = ['fetch', 'axios on fetch'].includes(client)
  const code = isFetch && deviations.has('reset of fetch') ? 'UND_ERR_SOCKET' : 'ECONNRESET'

  test(`${client} gets every outcome as recorded`, async () => {
    await using adapter = await open(buildRecording(...OUTCOMES))
    expect(await sendWith(client, adapter, buildInput('started'))).toEqual({
      tasks: 1,
      reasons: [],
    })
    expect(await sendWith(client, adapter, buildInput('partial'))).toEqual({
      tasks: 1,
      reasons: ['AGENT'],
    })
    expect(await sendWith(client, adapter, buildInput('unplaced'))).toEqual({
      tasks: 0,
      reasons: ['AGENT'],
    })
    const rejected = { error: 'ClusterNotFoundException', message: 'Cluster not found.' }
    expect(await sendWith(client, adapter, buildInput('rejected'))).toEqual(rejected)
    expect(adapter.unused()).toEqual([])
  })

  test(`${client} meets a miss at once, with what differs`, async () => {
    await using adapter = await open(buildRecording(STARTED))
    expect(await sendWith(client, adapter, buildInput('other'))).toEqual({
      error: 'NoRecordingMatched',
      message: expect.stringMatching(
        /nearest +recording 1 #1, 1 difference: \/containerInstances\/0 recorded "started", sent "other"/,
      ),
    })
    expect(adapter.sessions()).toEqual([{ session: 'default', played: 0, missed: 1 }])
    expect(adapter.unmatched()).toMatchObject([{ phase: 'body' }])
  })

  test(`${client} meets a failure at once when a callback throws`, async () => {
    const called: unknown[] = []
    const onMiss = (miss: unknown) => {
      called.push(miss)
      throw new Error('the callback is broken')
    }
    await using adapter = await open(buildRecording(STARTED), { onMiss })
    const met = {
      error: 'HarnessFailure',
      message: expect.stringContaining('the callback is broken'),
    }
    expect(await sendWith(client, adapter, buildInput('other'))).toEqual(met)
    expect(called).toHaveLength(1)
  })

  test(`${client} has a session of its own by the endpoint's path, and hears when all is played`, async () => {
    await using adapter = await open(buildRecording(LATER))
    const shard = { ...adapter, url: new URL('shard-1', adapter.url).href }
    expect(await sendWith(client, shard, buildInput('a'))).toEqual(ANSWERED)
    expect(await sendWith(client, adapter, buildInput('a'))).toEqual(ANSWERED)
    expect(await sendWith(client, shard, buildInput('a'))).toEqual({
      error: 'NoRecordingMatched',
      message: expect.stringMatching(
        /^Nothing is left to answer this StartTask in session shard-1: played 1 of 1/,
      ),
    })
  })

  const attempts = RETRIES.has(client)
    ? 'goes through 503, 503, 200 by itself'
    : 'meets 503 as recorded, and the next response after it'
  test(`${client} ${attempts}`, async () => {
    await using adapter = await open(buildRecording(UNAVAILABLE, UNAVAILABLE, LATER))
    const met: unknown[] = []
    do met.push(await sendWith(client, adapter, buildInput('a')))
    while (adapter.unused().length > 0)
    const unavailable = { error: 'ServiceUnavailable', message: 'Try again.' }
    expect(met).toEqual(RETRIES.has(client) ? [ANSWERED] : [unavailable, unavailable, ANSWERED])
  })

  const isRetried = RETRIES.has(client)
  test(`${client} meets a recorded reset, ${isRetried ? 'and sends the request again' : 'as an error'}`, async () => {
    await using adapter = await open(
      buildRecording(
        buildExchange(buildInput('a'), { failure: 'reset', code: 'ECONNRESET' }),
        LATER,
      ),
    )
    expect(await sendWith(client, adapter, buildInput('a'))).toMatchObject(
      isRetried ? ANSWERED : { error: code },
    )
  })

  if (client !== 'SDK v2') testCut(open, client) // SDK v2 waits for ever when a response is cut, whoever sends it

  test(`${client} meets a recorded time-out within its own limit`, async () => {
    const never = buildExchange(buildInput('a'), { failure: 'timeout', code: 'ETIMEDOUT' })
    await using adapter = await open(buildRecording(never), { afterLast: 'repeat' })
    expect(await sendWith(client, adapter, buildInput('a'), 50)).toMatchObject({
      error: expect.not.stringMatching(MISS_OR_SYNTAX),
    })
  })
}

function testCut(open: ReplayAdapter['open'], client: ClientName): void {
  test(`${client} meets a response that was cut as an error`, async () => {
    const cut = buildExchange(buildInput('a'), { failure: 'truncated', code: 'ECONNRESET' })
    await using adapter = await open(buildRecording(cut), { afterLast: 'repeat' })
    expect(await sendWith(client, adapter, buildInput('a'))).toMatchObject({
      error: expect.not.stringMatching(MISS_OR_SYNTAX),
    })
  })
}

const MISS_OR_SYNTAX = /^(NoRecordingMatched|HarnessFailure|SyntaxError)$/
