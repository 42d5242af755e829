import { once } from 'node:events'

import { afterEach, expect, test, vi } from 'vitest'

import { createMemoryServer } from '../../src/listener/index.ts'
import { MemorySocket } from '../../src/replayer/adapters/memory-socket.ts'

afterEach(() => void vi.useRealTimers())

test('carries bytes both ways, to the end', async () => {
  const [near, far] = MemorySocket.createPair()
  near.end('request')
  far.end('response')
  expect((await far.toArray()).join('')).toBe('request')
  expect((await near.toArray()).join('')).toBe('response')
})

test('holds the writer until the other end reads', async () => {
  const [near, far] = MemorySocket.createPair()
  let written = 0
  const write = () => near.write(Buffer.alloc(100_000), () => written++)
  write()
  write()
  await new Promise((resolve) => setImmediate(resolve))
  expect(written).toBe(0)
  far.resume()
  await vi.waitFor(() => expect(written).toBe(2))
})

test('fails a write to an end that is gone', async () => {
  const [near, far] = MemorySocket.createPair()
  far.destroy()
  near.write('request')
  expect(await once(near, 'error')).toMatchObject([{ code: 'ECONNRESET' }])
})

test('gives what was sent before it was closed', async () => {
  const [near, far] = MemorySocket.createPair()
  far.write('response')
  far.destroySoon()
  expect((await near.toArray()).join('')).toBe('response')
})

test('tells no response within the write of its request', async () => {
  const [near, far] = MemorySocket.createPair()
  const order: string[] = []
  far.on('data', () => far.write('response'))
  near.on('data', () => order.push('answered'))
  for (let sent = 0; sent < 2; sent++) {
    const answered = once(near, 'data')
    near.write('request')
    order.push('written')
    await answered
  }
  expect(order).toEqual(['written', 'answered', 'written', 'answered'])
})

test('counts idle time from the last byte, either way', () => {
  vi.useFakeTimers()
  const [near, far] = MemorySocket.createPair()
  const onTimeout = vi.fn<() => void>()
  near.setTimeout(100, onTimeout)
  for (const end of [near, far]) {
    vi.advanceTimersByTime(80)
    end.write('byte')
  }
  vi.advanceTimersByTime(80)
  expect(onTimeout).not.toHaveBeenCalled()
  vi.advanceTimersByTime(20)
  expect(onTimeout).toHaveBeenCalledOnce()
})

test('takes a time limit back, and ends it with the connection', () => {
  vi.useFakeTimers()
  const [near, far] = MemorySocket.createPair()
  const onTimeout = vi.fn<() => void>()
  near.setTimeout(100, onTimeout).setTimeout(0, onTimeout)
  expect([vi.getTimerCount(), near.listenerCount('timeout')]).toEqual([0, 0])
  far.setTimeout(100).destroy()
  expect(vi.getTimerCount()).toBe(1) // of the destruction, which the other end hears of next
  vi.advanceTimersByTime(200)
  expect(onTimeout).not.toHaveBeenCalled()
})

test('holds the process by a time limit alone, and only as long as it is told to', () => {
  const countHolding = () =>
    process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const [near] = MemorySocket.createPair()
  const before = countHolding()
  const steps = [
    () => near,
    () => near.setTimeout(10_000),
    () => near.unref(),
    () => near.setTimeout(20_000),
    () => near.ref(),
    () => near.destroy(),
  ]
  const held = steps.map((step) => {
    step()
    return countHolding() - before
  })
  expect(held).toEqual([0, 1, 0, 0, 1, 0])
})

test('closes the connection that a client does not want to keep', async () => {
  const [near, far] = MemorySocket.createPair()
  const closed = once(far, 'close')
  createMemoryServer({
    maxBodyBytes: 10,
    refuse: () => ({ status: 413, headers: {}, body: '' }),
    respond: async () => ({ status: 200, headers: { 'content-length': '2' }, body: 'ok' }),
  }).accept(far)
  near.write('GET / HTTP/1.1\r\nHost: any\r\nConnection: close\r\n\r\n')
  expect((await near.setEncoding('utf8').toArray()).join('')).toMatch(/^HTTP\/1.1 200 OK[^]*ok$/)
  await closed
})
