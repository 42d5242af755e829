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
  (response: WireResponse) => {
    if (response.status !== 200) return response
    const body = JSON.parse(String(response.body))
    change(body)
    return { ...response, body: JSON.stringify(body) }
  }

test.each<[string, (response: WireResponse) => WireResponse, string]>([
  [
    'another content type',
    (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/html' } }),
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
    (response) =>
      response.status === 200
        ? response
        : { ...response, status: 200, body: '{"failures":[],"tasks":[]}' },
    'status',
  ],
  [
    'another error',
    (response) =>
      response.status === 400
        ? { ...response, body: '{"__type":"ClientException","message":"Cluster not found."}' }
        : response,
    '/__type',
  ],
  [
    'an error of the service as one of the client',
    (response) => (response.status === 500 ? { ...response, status: 400 } : response),
    'status',
  ],
  [
    'half a response',
    (response) => ({ ...response, body: String(response.body).slice(0, -1) }),
    '',
  ],
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
