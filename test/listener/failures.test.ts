import { get } from 'node:http'

import { expect, test } from 'vitest'

import type { ListenerResponse } from '../../src/listener/index.ts'
import { createGate, OK, openSocket, startTestListener } from './listening.ts'

function startFailing(failure: Extract<ListenerResponse, { failure: string }>['failure']) {
  return startTestListener({ respond: () => Promise.resolve({ failure }) })
}

/** What node:http reports: the error's code, or the status with what became of the body. */
function meet(url: string, timeout?: number): Promise<string> {
  return new Promise((resolve) => {
    const outgoing = get(url, { agent: false }, (incoming) => {
      incoming.resume()
      incoming.on('error', (error) =>
        resolve(`${incoming.statusCode} ${'code' in error ? String(error.code) : error.message}`),
      )
      incoming.on('end', () => resolve(`${incoming.statusCode} whole`))
    })
    outgoing.on('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    if (timeout !== undefined)
      outgoing.setTimeout(timeout, () => outgoing.destroy(new Error('the client waited no longer')))
  })
}

test.each(['reset', 'refused', 'other'] as const)(
  'meets a client of node:http with a reset for the failure %s',
  async (failure) => {
    await using listener = await startFailing(failure)
    expect(await meet(listener.url)).toBe('ECONNRESET')
  },
)

test('meets fetch with a reset, as a network does', async () => {
  await using listener = await startFailing('reset')
  await expect(fetch(listener.url)).rejects.toMatchObject({
    message: 'fetch failed',
    cause: { code: 'ECONNRESET' },
  })
})

test('cuts a truncated response off after its first byte', async () => {
  await using listener = await startFailing('truncated')
  expect(await meet(listener.url)).toBe('200 ECONNRESET')
})

test('never answers a timeout: the client gives up', async () => {
  await using listener = await startFailing('timeout')
  expect(await meet(listener.url, 20)).toBe('the client waited no longer')
})

test('goes on after each failure', async () => {
  let turn = 0
  const failures = ['reset', 'truncated'] as const
  await using listener = await startTestListener({
    respond: () => {
      const failure = failures[turn++]
      return Promise.resolve(
        failure === undefined ? { status: 200, headers: {}, body: 'ok' } : { failure },
      )
    },
  })
  expect([await meet(listener.url), await meet(listener.url), await meet(listener.url)]).toEqual([
    'ECONNRESET',
    '200 ECONNRESET',
    '200 whole',
  ])
})

test('goes on after a client that left before its response', async () => {
  const asked = createGate()
  const left = createGate()
  await using listener = await startTestListener({
    respond: async ({ url }) => {
      if (url === '/next') return OK
      asked.open()
      await left.opened
      return OK
    },
  })
  const socket = await openSocket(listener.port)
  socket.write('GET /left HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await asked.opened
  socket.resetAndDestroy()
  await new Promise<void>((resolve) => socket.once('close', () => resolve()))
  left.open()
  expect(await meet(`${listener.url}/next`)).toBe('200 whole')
})
