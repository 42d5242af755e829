import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import {
  formatNockDefinitions,
  type NockDefinition,
  readNockDefinitions,
} from '../../src/nock/index.ts'
import { runScript } from '../recorder/recorders.ts'
import { answerJson, startUpstream } from '../recorder/upstream.ts'

const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'
const AWS_JSON = { 'content-type': 'application/x-amz-json-1.1' }
const SCOPE = 'https://ecs.eu-west-1.amazonaws.com:443'

/** A definition as nock's recorder writes it. */
function define(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    scope: SCOPE,
    method: 'POST',
    path: '/',
    body: { taskDefinition: 'web', containerInstances: ['ci-a'] },
    status: 200,
    response: { tasks: [], failures: [{ reason: 'AGENT' }] },
    rawHeaders: { ...AWS_JSON },
    reqheaders: { ...AWS_JSON, 'x-amz-target': TARGET },
    responseIsBinary: false,
    ...changes,
  }
}

function readResponse(changes: Record<string, unknown>): unknown {
  return readNockDefinitions([define(changes)]).exchanges[0]?.response
}

test("reads what nock's own recorder wrote, and writes definitions that answer the SDK the same", async () => {
  await using upstream = await startUpstream(({ body }, response) => {
    if (body.includes('first'))
      answerJson(
        response,
        200,
        { tasks: [], failures: [{ reason: 'AGENT' }] },
        { 'x-amzn-requestid': 'none' },
      )
    else
      answerJson(response, 400, {
        __type: 'ClusterNotFoundException',
        message: 'Cluster not found.',
      })
  })
  const recorded = JSON.parse(
    (await runScript('nock-definitions.ts', { url: upstream.url })).stdout,
  )
  const recording = readNockDefinitions(recorded.definitions)
  expect(
    recording.exchanges.map(({ operation, invocation, attempt, response }) => ({
      operation,
      invocation,
      attempt,
      ...response,
    })),
  ).toMatchObject([
    {
      operation: 'StartTask',
      invocation: 'invocation-1',
      attempt: 1,
      status: 200,
      body: { failures: [{ reason: 'AGENT' }] },
    },
    {
      operation: 'StartTask',
      invocation: 'invocation-2',
      attempt: 1,
      status: 400,
      body: { message: 'Cluster not found.' },
    },
  ])
  expect(JSON.stringify(recording)).not.toMatch(/authorization|Signature/i)
  const definitions = formatNockDefinitions(recording)
  const ended = await runScript('nock-definitions.ts', { url: upstream.url, definitions })
  expect(ended.stderr).toBe('')
  expect(JSON.parse(ended.stdout)).toEqual({ met: [501, ...recorded.met], definitions: [] })
  expect(upstream.met).toHaveLength(2)
})

test('loses nothing on the way out and in again that both forms hold', () => {
  const definitions = [
    define(),
    define({ status: 500, response: '<h1>no</h1>', rawHeaders: { 'content-type': 'text/html' } }),
    define({ response: '', status: 204, rawHeaders: {} }),
    define({ response: 'ff00fe', responseIsBinary: true }),
    define({ body: 'no JSON', response: { count: 1.5 } }),
  ]
  const once = readNockDefinitions(definitions)
  expect(formatNockDefinitions(once)).toEqual(definitions)
  expect(readNockDefinitions(formatNockDefinitions(once))).toEqual(once)
})

test('keeps the digits of a number that nock would round, in the text of a file and back', () => {
  const text = JSON.stringify([define({ response: { count: 0 } })]).replace(
    '"count":0',
    '"count":12345678901234567890',
  )
  const recording = readNockDefinitions(text)
  expect(JSON.stringify(recording.exchanges[0]?.response)).toContain('"count":12345678901234567890')
  const [definition] = formatNockDefinitions(recording)
  expect(Buffer.from(String(definition?.response), 'hex').toString()).toBe(
    '{"count":12345678901234567890}',
  )
  expect(readNockDefinitions(formatNockDefinitions(recording))).toEqual(recording)
})

test('reads the older forms of a definition', () => {
  const { status: _, scope: __, ...rest } = define()
  const older = {
    ...rest,
    scope: 'http://ecs.test',
    port: 8080,
    reply: '400',
    rawHeaders: ['Content-Type', 'text/plain', 'X', 'a', 'x', 'b'],
  }
  const { exchanges, provenance } = readNockDefinitions([older])
  expect(provenance['scopes']).toEqual(['http://ecs.test:8080'])
  expect(exchanges[0]?.response).toMatchObject({
    status: 400,
    headers: { 'content-type': 'text/plain' },
  })
})

test('reads a body that was compressed, and one that only says so', () => {
  const rawHeaders = { ...AWS_JSON, 'content-encoding': 'gzip' }
  const gzipped = gzipSync('{"tasks":[]}').toString('hex')
  const plain = Buffer.from('{"tasks":[]}').toString('hex')
  for (const hex of [gzipped, plain])
    expect(readResponse({ response: [hex.slice(0, 8), hex.slice(8)], rawHeaders })).toMatchObject({
      body: { tasks: [] },
    })
})

test('redacts what it reads', () => {
  const secret = 'AK' + 'IAIOSFODNN7REALKEY'
  const reqheaders = {
    'x-amz-target': TARGET,
    authorization: `AWS4-HMAC-SHA256 Credential=${secret}/20260101/eu-west-1/ecs/aws4_request`,
  }
  const recording = readNockDefinitions([
    define({ reqheaders, response: { failures: [{ detail: `denied for ${secret}` }] } }),
  ])
  expect(JSON.stringify(recording)).not.toContain(secret)
})

test('takes the time of the first response that tells one', () => {
  const date = 'Tue, 03 Mar 2026 10:00:00 GMT'
  expect(readNockDefinitions([define({ rawHeaders: { date } })]).recordedAt).toBe(
    '2026-03-03T10:00:00.000Z',
  )
  expect(readNockDefinitions([define()]).recordedAt).toBe('1970-01-01T00:00:00.000Z')
})

test('leaves out what is no StartTask, and counts it', () => {
  const others = [
    define({ method: 'GET', path: '/latest/meta-data/iam', reqheaders: undefined, body: '' }),
    define({ reqheaders: { 'x-amz-target': TARGET.replace('StartTask', 'RunTask') } }),
    define({ reqheaders: { 'x-amz-target': 'DynamoDB_20120810.StartTask' } }),
    define({ body: 'Action=GetCallerIdentity', reqheaders: undefined }),
  ]
  const { exchanges, provenance } = readNockDefinitions([...others, define()])
  expect([exchanges.length, provenance['leftOut']]).toEqual([1, 4])
  expect(
    readNockDefinitions(others, { allow: ['RunTask'] }).exchanges.map(({ operation }) => operation),
  ).toEqual(['RunTask'])
})

test('wants a target, or to be told the operation', () => {
  const without = [define({ reqheaders: undefined })]
  expect(() => readNockDefinitions(without)).toThrow(
    /\/0\/reqheaders has no x-amz-target.*enable_reqheaders_recording/,
  )
  const { exchanges } = readNockDefinitions(without, { operation: 'StartTask' })
  expect(exchanges).toMatchObject([
    { operation: 'StartTask', request: { headers: { 'x-amz-target': TARGET } } },
  ])
})

const deep = '['.repeat(200) + ']'.repeat(200)
const cyclic: unknown[] = []
cyclic.push(cyclic)
test.each([
  { what: 'an object', given: {}, pointer: 'the whole' },
  { what: "nock's code", given: ["nock('https://a.test').post('/').reply(200)"], pointer: '/0' },
  { what: 'no scope', given: [define(), define({ scope: undefined })], pointer: '/1/scope' },
  { what: 'a pattern for a scope', given: [define({ scope: /ecs/ })], pointer: '/0/scope' },
  { what: 'no method', given: [define({ method: 5 })], pointer: '/0/method' },
  { what: 'a pattern for a path', given: [define({ path: /x/ })], pointer: '/0/path' },
  { what: 'a status of none', given: [define({ status: 99 })], pointer: '/0/status' },
  { what: 'a status in words', given: [define({ reply: 'fine' })], pointer: '/0/reply' },
  {
    what: 'a header that is an object',
    given: [define({ reqheaders: { a: {} } })],
    pointer: '/0/reqheaders/a',
  },
  {
    what: 'a header without value',
    given: [define({ rawHeaders: ['a'] })],
    pointer: '/0/rawHeaders',
  },
  {
    what: 'a pattern in the body',
    given: [define({ body: { cluster: /x/ } })],
    pointer: '/0/body',
  },
  { what: 'a function for a body', given: [define({ body: () => true })], pointer: '/0/body' },
  { what: 'a body that holds itself', given: [define({ body: cyclic })], pointer: '/0/body' },
  { what: 'a body too deep', given: [define({ body: JSON.parse(deep) })], pointer: '/0/body' },
  {
    what: 'a filter',
    given: [define({ filteringRequestBody: '*' })],
    pointer: '/0/filteringRequestBody',
  },
  {
    what: 'bytes that are none',
    given: [define({ response: 'xyz', responseIsBinary: true })],
    pointer: '/0/response',
  },
])('refuses $what, and says where', ({ given, pointer }) => {
  expect(() => readNockDefinitions(given)).toThrow(
    expect.objectContaining({
      code: 'recording-invalid',
      message: expect.stringContaining(`: ${pointer} `),
    }),
  )
})

test.each([
  { text: '[', code: 'not-json' },
  { text: deep, code: 'too-deep' },
  { text: `"${'x'.repeat(65 * 1024 * 1024)}"`, code: 'too-large' },
])('refuses a text as $code', ({ text, code }) => {
  expect(() => readNockDefinitions(text)).toThrow(expect.objectContaining({ code }))
})

test('reads names that an object has already as any others', () => {
  const text = JSON.stringify([define()]).replace('"taskDefinition"', '"__proto__"')
  expect(Object.keys(Object(readNockDefinitions(text).exchanges[0]?.request.body))).toContain(
    '__proto__',
  )
})

test('refuses to write what definitions cannot say, unless it may leave it out', () => {
  const recording = readNockDefinitions([define(), define()])
  const [first] = recording.exchanges
  if (first) first.response = { failure: 'reset', code: 'ECONNRESET' }
  expect(() => formatNockDefinitions(recording)).toThrow(
    /Exchange 1 is a transport failure \(reset\)/,
  )
  expect(formatNockDefinitions(recording, { failures: 'leave-out' })).toHaveLength(1)
})

test('writes for the origin that is named, and wants one when several are known', () => {
  const recording = readNockDefinitions([define(), define({ scope: 'http://127.0.0.1:5000' })])
  expect(() => formatNockDefinitions(recording)).toThrow(expect.objectContaining({ code: 'usage' }))
  const written: NockDefinition[] = formatNockDefinitions(recording, {
    scope: 'http://127.0.0.1:6000',
  })
  expect(written.map(({ scope }) => scope)).toEqual([
    'http://127.0.0.1:6000',
    'http://127.0.0.1:6000',
  ])
})

test.each([{ scope: 'ftp://a.test' }, { scope: 'nowhere' }, { failures: 'ignore' }, { other: 1 }])(
  'refuses the options %j',
  (options) => {
    const recording = readNockDefinitions([define()])
    // what a caller without types may pass
    const given = options as Parameters<typeof formatNockDefinitions>[1]
    expect(() => formatNockDefinitions(recording, given)).toThrow(
      expect.objectContaining({ code: 'usage' }),
    )
  },
)

test.each([{ allow: ['ExecuteCommand'] }, { operation: 'ExecuteCommand' }, { out: 'x' }])(
  'refuses to read with the options %j',
  (options) => {
    expect(() => readNockDefinitions([], options)).toThrow(
      expect.objectContaining({ code: 'usage' }),
    )
  },
)
