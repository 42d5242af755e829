import { Agent, get, type IncomingMessage } from 'node:http'
import { setImmediate } from 'node:timers/promises'

import { expect, test, vi } from 'vitest'

import type { ListenerResponse } from '../../src/listener/index.ts'
import {
  createGate,
  exchangeBytes,
  formatRequest,
  OK,
  openSocket,
  startTestListener,
} from './listening.ts'

/** Half of the time after which a stop gives up waiting: one that waits for nothing is far below. */
const AT_ONCE_MS = 1000

async function measureMs(work: () => Promise<void>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

function getWith(agent: Agent, url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (incoming) => {
      incoming.resume()
      incoming.on('end', () => resolve(incoming))
    }).on('error', reject)
  })
}

test('stops at once beside a connection that is kept alive', async () => {
  const listener = await startTestListener()
  const agent = new Agent({ keepAlive: true })
  await getWith(agent, listener.url)
  expect(await measureMs(() => listener.stop())).toBeLessThan(AT_ONCE_MS)
  agent.destroy()
})

test('stops at once beside a connection on which nothing was sent', async () => {
  const listener = await startTestListener()
  const socket = await openSocket(listener.port)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  expect(await measureMs(() => listener.stop())).toBeLessThan(AT_ONCE_MS)
  await closed
})

test('lets a response under way end, then stops at once', async () => {
  const asked = createGate()
  const answered = createGate()
  const listener = await startTestListener({
    respond: async () => {
      asked.open()
      await answered.opened
      return OK
    },
  })
  const agent = new Agent({ keepAlive: true })
  const response = getWith(agent, listener.url)
  await asked.opened
  const stopped = measureMs(() => listener.stop())
  answered.open()
  expect((await response).statusCode).toBe(200)
  expect((await response).headers.connection).toBe('close')
  expect(await stopped).toBeLessThan(AT_ONCE_MS)
  agent.destroy()
})

test('stops at once beside a client that is never answered', async () => {
  const asked = createGate()
  const listener = await startTestListener({
    respond: () => {
      asked.open()
      return Promise.resolve<ListenerResponse>({ failure: 'timeout' })
    },
  })
  const response = fetch(listener.url).catch((error: unknown) => error)
  await asked.opened
  expect(await measureMs(() => listener.stop())).toBeLessThan(AT_ONCE_MS)
  expect(await response).toMatchObject({ message: 'fetch failed' })
})

test('does not wait for ever for a response under way', async () => {
  const asked = createGate()
  const listener = await startTestListener({
    respond: () => {
      asked.open()
      return new Promise(() => {})
    },
  })
  const response = fetch(listener.url).catch((error: unknown) => error)
  await asked.opened
  await listener.stop()
  expect(await response).toMatchObject({ message: 'fetch failed' })
})

test('stops twice as once, and frees its port', async () => {
  const listener = await startTestListener()
  await Promise.all([listener.stop(), listener.stop()])
  await using next = await startTestListener({ port: listener.port })
  expect((await fetch(next.url)).status).toBe(200)
})

test('answers nobody after it stopped', async () => {
  const listener = await startTestListener()
  await listener.stop()
  await expect(fetch(listener.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
})

test('does not wait for a client that went away within its request', async () => {
  const listener = await startTestListener()
  const gone = await openSocket(listener.port)
  gone.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf')
  const silent = await openSocket(listener.port)
  await (await fetch(listener.url)).text() // by now the half request is there
  gone.resetAndDestroy()
  await (await fetch(listener.url)).text()
  expect(await measureMs(() => listener.stop())).toBeLessThan(AT_ONCE_MS)
  silent.destroy()
})

test('lets a response under way end, also after a client has given up waiting for another', async () => {
  const gate = createGate()
  let asked = 0
  await using listener = await startTestListener({
    respond: async () => {
      if (++asked === 1) return { failure: 'timeout' }
      await gate.opened
      return OK
    },
  })
  const gone = await openSocket(listener.port)
  gone.write('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
  await vi.waitUntil(() => asked === 1)
  gone.destroy()
  const waiting = exchangeBytes(listener.port, formatRequest({ host: '127.0.0.1' }))
  await vi.waitUntil(() => asked === 2)
  const stopped = listener.stop()
  await setImmediate()
  gate.open()
  expect(await waiting).toMatch(/^HTTP\/1\.1 200 OK[^]*ok$/)
  await stopped
})
