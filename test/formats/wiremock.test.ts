import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { importFiles, WIREMOCK } from '../../src/formats/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { loadConfig } from '../../src/config/index.ts'
import { createFolder } from '../cli/starttask.ts'
import { importBytes } from './importing.ts'

const TARGET = { 'X-Amz-Target': { equalTo: 'AmazonEC2ContainerServiceV20141113.StartTask' } }
const BODY = '{"taskDefinition":"web:1","containerInstances":["i-1"]}'

function makeMapping(
  change: { request?: object; response?: object; mapping?: object } = {},
): object {
  return {
    request: {
      method: 'POST',
      url: '/',
      headers: TARGET,
      bodyPatterns: [{ equalToJson: BODY }],
      ...change.request,
    },
    response: {
      status: 200,
      body: '{"tasks":[],"failures":[]}',
      headers: { Date: 'Tue, 24 Nov 2026 10:00:00 GMT' },
      ...change.response,
    },
    ...change.mapping,
  }
}

test.each([
  ['one mapping', (mapping: object) => mapping],
  ['a list', (mapping: object) => [mapping]],
  [
    'what /__admin/mappings gives',
    (mapping: object) => ({ mappings: [mapping], meta: { total: 1 } }),
  ],
])('reads %s', async (_form, wrap) => {
  const { imported, findings } = await importBytes(WIREMOCK, JSON.stringify(wrap(makeMapping())))
  expect(findings).toEqual([])
  expect(imported).toMatchObject([
    {
      at: Date.UTC(2026, 10, 24, 10),
      exchange: {
        operation: 'StartTask',
        request: { body: JSON.parse(BODY) },
        response: { status: 200, body: { tasks: [], failures: [] } },
      },
    },
  ])
})

test.each([
  ['an object to be equal to', { request: { bodyPatterns: [{ equalToJson: JSON.parse(BODY) }] } }],
  ['text to be equal to', { request: { bodyPatterns: [{ equalTo: BODY }] } }],
  ['any method', { request: { method: 'ANY' } }],
  ['a body as an object', { response: { body: undefined, jsonBody: { tasks: [], failures: [] } } }],
  [
    'a body in base64',
    {
      response: {
        body: undefined,
        base64Body: Buffer.from('{"tasks":[],"failures":[]}').toString('base64'),
      },
    },
  ],
])('reads a mapping with %s', async (_what, change) => {
  const { imported, findings } = await importBytes(WIREMOCK, JSON.stringify(makeMapping(change)))
  expect(findings).toEqual([])
  expect(imported[0]?.exchange).toMatchObject({
    request: { body: JSON.parse(BODY) },
    response: { body: { tasks: [], failures: [] } },
  })
})

test.each([
  ['CONNECTION_RESET_BY_PEER', 'reset'],
  ['EMPTY_RESPONSE', 'reset'],
  ['MALFORMED_RESPONSE_CHUNK', 'truncated'],
  ['RANDOM_DATA_THEN_CLOSE', 'other'],
])('reads the fault %s as %s', async (fault, failure) => {
  const { imported } = await importBytes(
    WIREMOCK,
    JSON.stringify(makeMapping({ response: { fault } })),
  )
  expect(imported[0]?.exchange.response).toMatchObject({ failure })
})

test.each([
  ['does not ask for a target', { request: { headers: {} } }, 'import.operation', 0],
  [
    'asks for a part of the body',
    { request: { bodyPatterns: [{ matchesJsonPath: '$.cluster' }] } },
    'import.request',
    1,
  ],
  [
    'has placeholders',
    { request: { bodyPatterns: [{ equalToJson: '{"cluster":"${json-unit.any-string}"}' }] } },
    'import.request',
    1,
  ],
  [
    'keeps its response in a file',
    { response: { bodyFileName: '../../etc/passwd' } },
    'import.response',
    0,
  ],
])('says so when a mapping %s', async (_what, change, rule, count) => {
  const { imported, findings } = await importBytes(WIREMOCK, JSON.stringify(makeMapping(change)))
  expect([imported.length, findings.map((finding) => finding.rule)]).toEqual([count, [rule]])
})

test('passes over mappings of other services and operations', async () => {
  const other = { 'X-Amz-Target': { equalTo: 'AmazonEC2ContainerServiceV20141113.RunTask' } }
  const mappings = [
    makeMapping({ request: { method: 'GET' } }),
    makeMapping({ request: { headers: other } }),
  ]
  expect(await importBytes(WIREMOCK, JSON.stringify({ mappings }))).toEqual({
    imported: [],
    tasks: [],
    findings: [],
  })
})

test('puts responses of one second in the order of their scenario', async () => {
  using folder = createFolder()
  const states = ['Started', 'again-2', 'again-10']
  const file = (state: string, index: number) =>
    folder.write(
      `${9 - index}.json`,
      JSON.stringify(
        makeMapping({
          response: { status: 500 - index },
          mapping: { scenarioName: 's', requiredScenarioState: state },
        }),
      ),
    )
  const files = states.map(file).toReversed()
  const out = join(folder.path, 'out.json')
  const config = loadConfig({ file: folder.write('config.json', '{}') })
  await importFiles({
    format: WIREMOCK,
    files,
    out,
    operations: ['StartTask'],
    config,
    onProgress: () => undefined,
  })
  const { exchanges } = parseRecording(readFileSync(out, 'utf8'))
  expect(exchanges.map(({ response }) => 'status' in response && response.status)).toEqual([
    500, 499, 498,
  ])
})
