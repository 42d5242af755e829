import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import type { Exchange } from '../../src/protocol/index.ts'
import { startSession } from '../../src/session/index.ts'
import { testTransportErrors } from '../suites/transport-errors.ts'
import { buildExchange, buildInput, buildResponse, TARGET } from '../replayer/recorded-exchanges.ts'
import { makeFolder, writeRecording } from './sessions.ts'

vi.setConfig({ testTimeout: 30_000 })

const URL_OF_SERVICE = 'https://ecs.us-east-1.amazonaws.com/'

function openSession(exchanges: readonly Exchange[]): AsyncDisposable {
  return startSession({
    recordings: writeRecording(join(makeFolder(), 'all.json'), ...exchanges),
    mode: 'replay',
  })
}

function post(body: string): Promise<Response> {
  return fetch(URL_OF_SERVICE, { method: 'POST', headers: { 'x-amz-target': TARGET }, body })
}

testTransportErrors({
  clients: ['SDK v3', 'fetch', 'node:https'],
  errors: [
    {
      clients: ['fetch'],
      failures: ['truncated'],
      code: 'UND_ERR_SOCKET',
      reason: 'fetch has its own code for a connection that closes within a body',
    },
  ],
  open: async ({ exchanges }) => {
    const session = openSession(exchanges)
    return {
      url: URL_OF_SERVICE,
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    }
  },
})

test('replays status, headers and body as recorded', async () => {
  const recorded = buildResponse(503, { message: 'é' }, { headers: { 'retry-after': '7' } })
  await using session = openSession([buildExchange(buildInput('a'), recorded)])
  const response = await post(JSON.stringify(buildInput('a')))
  expect(session).toMatchObject({ mode: 'replay' })
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
    503,
    '7',
    '{"message":"é"}',
  ])
})

test('refuses a body above the limit with 413', async () => {
  await using session = openSession([buildExchange(buildInput('a'), buildResponse(200, {}))])
  expect(session).toMatchObject({ mode: 'replay' })
  const response = await post(`"${'x'.repeat(4 * 1024 * 1024)}"`)
  expect([response.status, await response.text()]).toEqual([
    413,
    expect.stringContaining('RequestTooLarge'),
  ])
})
