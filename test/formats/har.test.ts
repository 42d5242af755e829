import { expect, test } from 'vitest'

import { HAR } from '../../src/formats/index.ts'
import { importBytes } from './importing.ts'

const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'

function makeEntry(
  change: { request?: object; response?: object; [member: string]: unknown } = {},
) {
  const { request, response, ...rest } = change
  return {
    startedDateTime: '2026-11-24T10:00:00.250+01:00',
    time: 42.5,
    ...rest,
    request: {
      method: 'POST',
      url: 'https://ecs.us-east-1.amazonaws.com/',
      headers: [
        { name: 'X-Amz-Target', value: TARGET },
        { name: 'amz-sdk-invocation-id', value: 'abc' },
      ],
      postData: { mimeType: 'application/x-amz-json-1.1', text: '{"taskDefinition":"web"}' },
      ...request,
    },
    response: {
      status: 200,
      headers: [
        { name: 'Content-Type', value: 'application/x-amz-json-1.1' },
        { name: 'Content-Encoding', value: 'gzip' },
      ],
      content: { text: '{"tasks":[]}' },
      ...response,
    },
  }
}

const read = (...entries: unknown[]) =>
  importBytes(HAR, JSON.stringify({ log: { version: '1.2', entries } }))

test('reads an entry with its time and duration', async () => {
  const { imported, findings } = await read(makeEntry())
  expect(findings).toEqual([])
  expect(imported).toMatchObject([
    {
      at: Date.UTC(2026, 10, 24, 9, 0, 0, 250),
      exchange: {
        operation: 'StartTask',
        invocation: 'invocation-1',
        attempt: 1,
        elapsedMs: 42.5,
        request: { body: { taskDefinition: 'web' } },
        response: { status: 200, body: { tasks: [] } },
      },
    },
  ])
})

test('counts attempts of one invocation', async () => {
  const { imported } = await read(
    makeEntry({ response: { status: 500, content: { text: '<html>' } } }),
    makeEntry(),
  )
  expect(imported.map(({ exchange }) => [exchange.invocation, exchange.attempt])).toEqual([
    ['invocation-1', 1],
    ['invocation-1', 2],
  ])
})

test('reads a body in base64, and status 0 as no response', async () => {
  const content = { text: Buffer.from('{"failures":[]}').toString('base64'), encoding: 'base64' }
  const { imported } = await read(
    makeEntry({ response: { content } }),
    makeEntry({ response: { status: 0 } }),
  )
  expect(imported.map(({ exchange }) => exchange.response)).toMatchObject([
    { body: { failures: [] } },
    { failure: 'other' },
  ])
})

test('leaves other requests out, and tells an entry without a body', async () => {
  const { imported, findings } = await read(
    makeEntry({ request: { method: 'GET' } }),
    'x',
    null,
    makeEntry({ request: { postData: undefined } }),
  )
  expect([imported.length, findings]).toEqual([
    1,
    [expect.objectContaining({ message: '/log/entries/3: it has no body of the request' })],
  ])
})

test.each(['{}', '[]', '{"log":{}}', '{"log":', ''])(
  'tells that %j is no HTTP archive',
  async (text) => {
    const { imported, findings } = await importBytes(HAR, text)
    expect([imported, findings]).toEqual([
      [],
      [expect.objectContaining({ rule: 'import.record', severity: 'error' })],
    ])
  },
)
