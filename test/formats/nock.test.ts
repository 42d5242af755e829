import { expect, test } from 'vitest'

import { NOCK } from '../../src/formats/index.ts'
import { importBytes } from './importing.ts'

const DEFINITION = {
  scope: 'https://ecs.eu-west-1.amazonaws.com:443',
  method: 'POST',
  path: '/',
  body: { taskDefinition: 'web:1', containerInstances: ['i-1'] },
  status: 200,
  response: { tasks: [], failures: [] },
  rawHeaders: { date: 'Tue, 24 Nov 2026 10:00:00 GMT' },
  reqheaders: {
    'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
    'amz-sdk-invocation-id': 'a',
  },
}

test('reads definitions, attempts of one invocation together', async () => {
  const { imported, findings } = await importBytes(
    NOCK,
    JSON.stringify([{ ...DEFINITION, status: 500 }, DEFINITION]),
  )
  expect(findings).toEqual([])
  expect(
    imported.map(({ at, exchange: { invocation, attempt, response } }) => [
      at,
      invocation,
      attempt,
      'status' in response && response.status,
    ]),
  ).toEqual([
    [Date.UTC(2026, 10, 24, 10), 'invocation-1', 1, 500],
    [Date.UTC(2026, 10, 24, 10), 'invocation-1', 2, 200],
  ])
})

test('leaves out what is no definition, names it, and reads the rest', async () => {
  const { imported, findings } = await importBytes(
    NOCK,
    JSON.stringify([{ ...DEFINITION, status: 'many' }, 7, DEFINITION]),
  )
  expect([imported.length, findings.map(({ message }) => /\/\d+/.exec(message)?.[0])]).toEqual([
    1,
    ['/0', '/1'],
  ])
})

test.each(['{}', 'no JSON', ''])('tells that %j holds no definitions', async (text) => {
  const { imported, findings } = await importBytes(NOCK, text)
  expect([imported, findings]).toEqual([
    [],
    [expect.objectContaining({ rule: 'import.record', severity: 'error' })],
  ])
})
