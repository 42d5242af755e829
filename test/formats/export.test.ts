import { createRequire } from 'node:module'

import { Ajv } from 'ajv'
import { expect, test } from 'vitest'

import { formatHar, formatWireMock, HAR, WIREMOCK } from '../../src/formats/index.ts'
import { type Exchange, formatCanonicalJson, type Recording } from '../../src/protocol/index.ts'
import { loadRecordings, parseRecording } from '../../src/recording/index.ts'
import { asRedactedRecording } from '../suites/unredacted.ts'
import { importBytes } from './importing.ts'

const SHIPPED = (await loadRecordings('recordings')).map(asRedactedRecording)
const AWS_JSON = { 'content-type': 'application/x-amz-json-1.1' }
const HEADERS = { ...AWS_JSON, 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }

/** What only some formats hold: bytes, half bodies, numbers beyond a double, and ways to fail. */
const ODD = asRedactedRecording(
  parseRecording(
    JSON.stringify({
      format: 'starttask-recording',
      version: 1,
      recordedAt: '2026-11-24T10:00:00.250Z',
      provenance: { upstream: 'https://ecs.eu-west-1.amazonaws.com' },
      exchanges: [
        make(
          { status: 200, headers: AWS_JSON, body: null, bodyText: '{"tasks":[' },
          { invocation: 'i-1', attempt: 1, startedAtMs: 0, headersMs: 3, elapsedMs: 12.5 },
        ),
        make(
          { status: 200, headers: AWS_JSON, body: null, bodyBase64: '/wD+' },
          { invocation: 'i-1', attempt: 2, startedAtMs: 100 },
        ),
        make({ failure: 'reset', code: 'ECONNRESET' }, { startedAtMs: 200 }),
        make({ failure: 'truncated' }, { startedAtMs: 300, elapsedMs: 7 }),
        make(
          { status: 200, headers: AWS_JSON, body: { tasks: [{ version: 'BIG' }], failures: [] } },
          { startedAtMs: 400 },
        ),
        make(
          {
            status: 503,
            headers: { 'content-type': 'text/html' },
            body: null,
            bodyText: '<h1>503</h1>',
          },
          { startedAtMs: 500 },
        ),
      ],
    }).replace('"BIG"', '9007199254740993'),
  ),
)

function make(response: object, told: object): object {
  return {
    operation: 'StartTask',
    request: { headers: HEADERS, body: { taskDefinition: 'web:1', containerInstances: ['i-1'] } },
    response,
    ...told,
  }
}

type Timeless = Omit<Exchange, 'startedAtMs'>

function withoutTime(exchange: Exchange): Timeless {
  const { startedAtMs, ...rest } = exchange
  return startedAtMs >= 0 ? rest : exchange
}

function listMoments(recordings: readonly Recording[]): [number, Timeless][] {
  return recordings.flatMap(({ recordedAt, exchanges }) =>
    exchanges.map(
      ({ startedAtMs, ...exchange }) =>
        [Date.parse(recordedAt) + startedAtMs, exchange] as [number, Timeless],
    ),
  )
}

test.each([
  ['the shipped recordings', SHIPPED],
  ['what is odd', [ODD]],
])('an HTTP archive of %s reads back as what it was made of', async (_what, recordings) => {
  const { imported, findings } = await importBytes(HAR, JSON.stringify(formatHar(recordings)), {
    operations: [
      ...new Set(
        recordings.flatMap(({ exchanges }) => exchanges.map(({ operation }) => operation)),
      ),
    ],
  })
  expect(findings).toEqual([])
  const expected = listMoments(recordings).map(([at, exchange]) => [at, withTarget(exchange)])
  const found = imported.map(({ at, exchange }) => [at, withoutTime(exchange)])
  expect(formatCanonicalJson(found)).toBe(formatCanonicalJson(expected))
})

/** The archive says the target as a header, where the recording says it as the operation alone. */
function withTarget(exchange: Timeless): object {
  const target = `AmazonEC2ContainerServiceV20141113.${exchange.operation}`
  return {
    ...exchange,
    request: {
      ...exchange.request,
      headers: { 'x-amz-target': target, ...exchange.request.headers },
    },
  }
}

test('mappings of WireMock read back as what they were made of, but for the headers of requests', async () => {
  const plain = SHIPPED.filter(
    (recording) => !JSON.stringify(formatWireMock([recording])).includes('${json-unit.'),
  )
  expect(plain.length).toBeGreaterThan(10)
  const recordings = [ODD, ...plain]
  const { mappings, leftOut } = formatWireMock(recordings)
  const { imported, findings } = await importBytes(WIREMOCK, JSON.stringify({ mappings }))
  expect([leftOut, findings]).toEqual([[], []])
  const strip = ({ request, response, ...exchange }: Timeless) => ({
    ...exchange,
    response,
    body: request.body,
  })
  const sort = (list: [number | undefined, object][]) =>
    list.map((one) => formatCanonicalJson(one)).toSorted()
  expect(sort(imported.map(({ at, exchange }) => [at, strip(withoutTime(exchange))]))).toEqual(
    sort(listMoments(recordings).map(([at, exchange]) => [at, strip(exchange)])),
  )
})

test('a request that was recorded again is a scenario of WireMock', () => {
  const { mappings } = formatWireMock([ODD])
  expect(
    mappings.map((mapping) => [
      Reflect.get(mapping, 'requiredScenarioState'),
      Reflect.get(mapping, 'newScenarioState'),
    ]),
  ).toEqual([
    ['Started', 'request-1-2'],
    ['request-1-2', 'request-1-3'],
    ['request-1-3', 'request-1-4'],
    ['request-1-4', 'request-1-5'],
    ['request-1-5', 'request-1-6'],
    ['request-1-6', undefined],
  ])
})

test('names what WireMock cannot play', () => {
  const [first] = ODD.exchanges
  if (!first) throw new Error('It holds exchanges.')
  const exchanges: Exchange[] = [
    { ...first, response: { failure: 'refused' } },
    { ...first, request: { headers: {}, body: null } },
    first,
  ]
  const { mappings, leftOut } = formatWireMock([asRedactedRecording({ ...ODD, exchanges })])
  expect([mappings.length, leftOut.map(({ exchange, reason }) => [exchange, reason])]).toEqual([
    1,
    [
      [1, 'WireMock cannot refuse a connection, nor hang'],
      [2, 'nothing was kept of the request'],
    ],
  ])
})

test('lets any text stand where a pseudonym was recorded', () => {
  const [boto3] = SHIPPED.filter((recording) =>
    JSON.stringify(recording.exchanges[0]?.request.body).includes('(redacted)'),
  )
  if (!boto3) throw new Error('A shipped recording has environment values.')
  const text = JSON.stringify(formatWireMock([boto3]).mappings)
  expect(text).toContain('${json-unit.any-string}')
  expect(text.slice(0, text.indexOf('"response"'))).not.toContain('(redacted)')
})

test('an HTTP archive is one by the schema of another make', () => {
  const schemas: Record<string, object> = createRequire(import.meta.url)('har-schema')
  const ajv = new Ajv({
    strict: false,
    formats: { 'date-time': true, uri: true, ipv4: true, ipv6: true },
  })
  const draft = createRequire(import.meta.url)('ajv/lib/refs/json-schema-draft-06.json')
  ajv.addMetaSchema(draft)
  for (const schema of Object.values(schemas)) ajv.addSchema(schema)
  const validate = ajv.getSchema('har.json#')
  expect([
    validate?.(JSON.parse(JSON.stringify(formatHar([...SHIPPED, ODD])))),
    validate?.errors ?? null,
  ]).toEqual([true, null])
})
