import { expect, test } from 'vitest'

import { exchangeBytes, formatRequest, startTestListener } from './listening.ts'

async function readStatus(headers: Record<string, string>): Promise<string> {
  await using listener = await startTestListener()
  const host = headers['host'] ?? `127.0.0.1:${listener.port}`
  const response = await exchangeBytes(listener.port, formatRequest({ ...headers, host }))
  return response.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)
}

test.each([
  '127.0.0.1',
  '127.0.0.1:8080',
  '127.1.2.3',
  'localhost',
  'localhost:80',
  'LOCALHOST:80',
  'LocalHost',
  '[::1]',
  '[::1]:8080',
])('answers a caller that names this machine %s', async (host) => {
  expect(await readStatus({ host })).toBe('200')
})

test.each([
  'evil.example',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io:80',
  'localhost.evil.example',
  'evil-localhost',
  'evil.example:127',
  '127.0.0.1@evil.example',
  'localhost:80@evil.example',
  '[::1].evil.example',
  '[::2]',
  '10.0.0.1',
  '0.0.0.0',
  '169.254.169.254',
  '128.0.0.1',
  'ecs.us-east-1.amazonaws.com',
])('refuses a caller that took this machine for %s', async (host) => {
  expect(await readStatus({ host })).toBe('403')
})

test.each([
  'http://localhost',
  'http://localhost:3000',
  'https://127.0.0.1:8443',
  'HTTP://LOCALHOST',
  'http://[::1]:3000',
])('answers a page of this machine, origin %s', async (origin) => {
  expect(await readStatus({ origin })).toBe('200')
})

test.each([
  'https://evil.example',
  'null',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example:80',
  'file://localhost',
  'http://evil.example/http://localhost',
  'http://evil@localhost:80.example',
])('refuses a page of another origin %s', async (origin) => {
  expect(await readStatus({ origin })).toBe('403')
})

test('says which endpoint to use when the Host is refused', async () => {
  await using listener = await startTestListener()
  const response = await exchangeBytes(listener.port, formatRequest({ host: 'evil.example' }))
  expect(response).toContain(
    'Use http://127.0.0.1 or http://localhost as the endpoint, or allow the name.',
  )
})

test('does not repeat a refused name, which is foreign text', async () => {
  await using listener = await startTestListener()
  expect(await exchangeBytes(listener.port, formatRequest({ host: 'evil.example' }))).not.toContain(
    'evil',
  )
})

test('does not hand a refused request on', async () => {
  let handed = 0
  await using listener = await startTestListener({
    respond: () => {
      handed += 1
      return Promise.resolve({ failure: 'other' })
    },
  })
  await exchangeBytes(listener.port, formatRequest({ host: 'evil.example' }))
  expect(handed).toBe(0)
})
