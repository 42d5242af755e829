import { request } from 'node:http'

import { expect, test } from 'vitest'

import type { ListenerRequest } from '../../src/listener/index.ts'
import { exchangeBytes, formatRequest, OK, startTestListener } from './listening.ts'

const MIB = 1024 * 1024

test('hands on method, path, lower-case headers and the body whole', async () => {
  const requests: ListenerRequest[] = []
  await using listener = await startTestListener({
    maxBodyBytes: MIB,
    respond: (handed) => {
      requests.push(handed)
      return Promise.resolve(OK)
    },
  })
  const body = 'ü'.repeat(100_000)
  await fetch(`${listener.url}/a?b=c`, { method: 'PUT', headers: { 'X-Amz-Target': 'A.B' }, body })
  expect(requests).toMatchObject([
    { method: 'PUT', url: '/a?b=c', headers: { 'x-amz-target': 'A.B' }, body: Buffer.from(body) },
  ])
})

test('joins a header that is sent twice', async () => {
  const requests: ListenerRequest[] = []
  await using listener = await startTestListener({
    respond: (handed) => {
      requests.push(handed)
      return Promise.resolve(OK)
    },
  })
  await exchangeBytes(
    listener.port,
    formatRequest({ host: 'localhost', 'x-twice': 'a', 'X-Twice': 'b' }),
  )
  expect(requests[0]?.headers['x-twice']).toBe('a, b')
})

test('answers a body of exactly the limit', async () => {
  await using listener = await startTestListener({ maxBodyBytes: 1000 })
  expect((await fetch(listener.url, { method: 'POST', body: 'x'.repeat(1000) })).status).toBe(200)
})

test.each([1001, 100_000, 20 * MIB])(
  'answers a body of %i bytes, above the limit, with 413 and closes',
  async (bytes) => {
    await using listener = await startTestListener({ maxBodyBytes: 1000 })
    const response = await fetch(listener.url, { method: 'POST', body: 'x'.repeat(bytes) })
    expect(response.status).toBe(413)
    expect(await response.json()).toEqual({
      name: 'RequestTooLarge',
      message: 'The request body has more than 1000 bytes; it was not read.',
    })
  },
)

test('answers 413 when a body of unknown length grows above the limit', async () => {
  await using listener = await startTestListener({ maxBodyBytes: 1000 })
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const outgoing = request(listener.url, { method: 'POST' }, (incoming) => {
      incoming.resume()
      outgoing.destroy()
      resolve(incoming.statusCode)
    })
    outgoing.on('error', reject)
    outgoing.write('x'.repeat(1001)) // and no end
  })
  expect(status).toBe(413)
})

test('answers with its own error when the response throws', async () => {
  await using listener = await startTestListener({
    respond: () => Promise.reject(new Error('the disk is full')),
  })
  const response = await fetch(listener.url)
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({
    name: 'HarnessFailure',
    message: 'starttask-harness failed to respond: the disk is full',
  })
})

test('answers with its own error when HTTP cannot carry a header', async () => {
  const response = { status: 200, headers: { 'x-bad': 'a\r\nset-cookie: b' }, body: '' }
  await using listener = await startTestListener({ respond: () => Promise.resolve(response) })
  const received = await fetch(listener.url)
  expect(received.status).toBe(400)
  expect(received.headers.get('set-cookie')).toBeNull()
})

test('writes a header of Latin 1 as it is, beside a body of UTF-8', async () => {
  const response = {
    status: 200,
    headers: { 'x-name': 'caf\u00e9', 'content-length': '2' },
    body: '\u00e9',
  }
  await using listener = await startTestListener({ respond: () => Promise.resolve(response) })
  const received = await exchangeBytes(listener.port, formatRequest({ host: 'localhost' }))
  expect(received).toContain('x-name: caf\u00e9\r\n')
  expect(received).toMatch(/\u00c3\u00a9$/) // UTF-8, here read as Latin 1
})

test.each([
  'no HTTP at all\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/9.9\r\nhost: localhost\r\n\r\n',
  `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
])('answers bytes that are no HTTP with 400: %.20s', async (bytes) => {
  await using listener = await startTestListener()
  expect(await exchangeBytes(listener.port, bytes)).toMatch(/^HTTP\/1\.1 400 /)
})

test('goes on after bytes that are no HTTP, and after a client that left in the middle', async () => {
  await using listener = await startTestListener()
  await exchangeBytes(listener.port, 'no HTTP at all\r\n\r\n')
  const controller = new AbortController()
  const unending: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body: new ReadableStream(),
    duplex: 'half',
    signal: controller.signal,
  }
  const left = fetch(listener.url, unending)
  controller.abort()
  await expect(left).rejects.toThrow('aborted')
  expect((await fetch(listener.url)).status).toBe(200)
})

test('reports a port that is taken, with a remedy', async () => {
  await using first = await startTestListener()
  await expect(startTestListener({ port: first.port })).rejects.toMatchObject({
    name: 'HarnessError',
    code: 'port-in-use',
    summary: `Port ${first.port} on 127.0.0.1 is taken.`,
    remedy: 'Pass another port, or 0 for a free one.',
  })
})

test.each([65_536, -1, 1.5, Number.NaN])('refuses the port %d', async (port) => {
  await expect(startTestListener({ port })).rejects.toMatchObject({
    name: 'HarnessError',
    code: 'usage',
  })
})

test('listens on loopback alone', async () => {
  await using listener = await startTestListener()
  expect(listener.url).toBe(`http://127.0.0.1:${listener.port}`)
})
