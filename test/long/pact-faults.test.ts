import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { startEmbeddedProvider } from '../../src/pact/embedded-provider.ts'
import { verifyPacts } from '../../src/pact/index.ts'
import type { JsonObject, WireResponse } from '../../src/protocol/index.ts'

const COMMITTED = fileURLToPath(
  new URL('../../contracts/pacts/batch-runner-AmazonECS.json', import.meta.url),
)

/** A fault in the bodies of successes. */
const inBody =
  (change: (body: JsonObject & { tasks: JsonObject[]; failures: JsonObject[] }) => unknown) =>
  (answer: WireResponse) => {
    if (answer.status !== 200) return answer
    const body = JSON.parse(String(answer.body))
    change(body)
    return { ...answer, body: JSON.stringify(body) }
  }

test.each<[string, (answer: WireResponse) => WireResponse, string]>([
  [
    'another content type',
    (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } }),
    'header content-type',
  ],
  [
    'tasks without an ARN',
    inBody(({ tasks }) => tasks.forEach((task) => delete task['taskArn'])),
    '/tasks/0',
  ],
  [
    'an ARN that is none',
    inBody(({ tasks }) => tasks.forEach((task) => (task['taskArn'] = 'fdf2c302'))),
    '/tasks/0/taskArn',
  ],
  [
    'a time as text',
    inBody(({ tasks }) => tasks.forEach((task) => (task['createdAt'] = '2026-11-24T00:00:00Z'))),
    '/tasks/0/createdAt',
  ],
  [
    'a status that is a number',
    inBody(({ tasks }) => tasks.forEach((task) => (task['lastStatus'] = 1))),
    '/tasks/0/lastStatus',
  ],
  ['failures left out', inBody((body) => Reflect.deleteProperty(body, 'failures')), ''],
  [
    'another reason',
    inBody(({ failures }) => failures.forEach((failure) => (failure['reason'] = 'UNKNOWN'))),
    '/failures/0/reason',
  ],
  [
    'failures without an ARN',
    inBody(({ failures }) => failures.forEach((failure) => delete failure['arn'])),
    '/failures/0',
  ],
  [
    'success where it rejects',
    (answer) =>
      answer.status === 200
        ? answer
        : { ...answer, status: 200, body: '{"failures":[],"tasks":[]}' },
    'status',
  ],
  [
    'another error',
    (answer) =>
      answer.status === 400
        ? { ...answer, body: '{"__type":"ClientException","message":"Cluster not found."}' }
        : answer,
    '/__type',
  ],
  [
    'an error of the service as one of the client',
    (answer) => (answer.status === 500 ? { ...answer, status: 400 } : answer),
    'status',
  ],
  ['half an answer', (answer) => ({ ...answer, body: String(answer.body).slice(0, -1) }), ''],
])('fails a provider with %s', async (_fault, spoil, place) => {
  await using provider = await startEmbeddedProvider(spoil)
  const { interactions } = await verifyPacts({
    pacts: [COMMITTED],
    url: provider.url,
    statesUrl: provider.statesUrl,
  })
  const failed = interactions.filter(({ passed }) => !passed)
  expect(
    failed.flatMap(({ mismatches }) => mismatches.map((mismatch) => mismatch.place)),
  ).toContain(place)
})
