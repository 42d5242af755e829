import { expect, test } from 'vitest'
import { type Outcome, readOutcome } from '../../src/contract/index.ts'

function read(
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Outcome {
  return readOutcome({ status, headers, body })
}

test('reads tasks without failures as started', () => {
  expect(read(200, '{"tasks":[{"taskArn":"t"}],"failures":[]}')).toEqual({
    kind: 'started',
    tasks: [{ taskArn: 't' }],
  })
})

test('reads tasks with failures as partial', () => {
  const outcome = read(200, '{"tasks":[{}],"failures":[{"arn":"a","reason":"RESOURCE:CPU"}]}')
  expect(outcome).toEqual({
    kind: 'partial',
    tasks: [{}],
    failures: [{ arn: 'a', reason: 'RESOURCE:CPU' }],
  })
})

test('reads a 200 with failures alone as unplaced', () => {
  expect(read(200, '{"tasks":[],"failures":[{"reason":"AGENT"}]}')).toEqual({
    kind: 'unplaced',
    failures: [{ reason: 'AGENT' }],
  })
})

test.each(['{}', '{"tasks":[],"failures":[]}', '{"tasks":null}'])(
  'reads %s, where nothing started, as unplaced',
  (body) => {
    expect(read(200, body)).toEqual({ kind: 'unplaced', failures: [] })
  },
)

test('drops what is no text from a failure', () => {
  expect(read(200, '{"failures":[{"arn":1,"detail":null,"other":"x"},"text"]}')).toEqual({
    kind: 'unplaced',
    failures: [{}, {}],
  })
})

test('reads an error of the caller as rejected', () => {
  expect(read(400, '{"__type":"ClusterNotFoundException","message":"Cluster not found."}')).toEqual(
    {
      kind: 'rejected',
      error: {
        name: 'ClusterNotFoundException',
        message: 'Cluster not found.',
        status: 400,
        fault: 'client',
      },
    },
  )
})

test('reads an error of the service as rejected by its fault', () => {
  expect(read(500, '{"__type":"ServerException"}')).toMatchObject({
    kind: 'rejected',
    error: { status: 500, fault: 'server', message: '' },
  })
})

test('reads an error that names itself in the header alone', () => {
  expect(read(400, '', { 'X-Amzn-ErrorType': 'ClientException' })).toMatchObject({
    kind: 'rejected',
    error: { name: 'ClientException' },
  })
})

test.each([
  [200, ''],
  [200, '[]'],
  [200, '"text"'],
  [200, '{"tasks":{}}'],
  [200, '{"tasks":[],"failures":"x"}'],
  [200, '{"tasks":['],
  [502, '<html>'],
  [500, '{}'],
  [302, ''],
  [204, ''],
  [200, ' \n'],
  [200, 'null'],
  [200, '1e400'],
  [200, '\ufeff{"tasks":[]}'],
  [200, '{"tasks":[]}{"tasks":[]}'],
  [200, '{"tasks":[NaN]}'],
  [200, "{'tasks':[]}"],
  [400, ''],
  [400, '[]'],
  [400, 'null'],
  [400, '"ClientException"'],
  [400, '{"tasks":[{}],"failures":[]}'],
  [400, '{"__type":""}'],
  [400, '{"__type":null,"code":"ClientException"}'],
  [400, '{"error":{"__type":"ClientException"}}'],
  [400, '{"__type":"ClientException"'],
  [503, 'Service Unavailable'],
  [100, '{"tasks":[]}'],
  [199, '{"__type":"ClientException"}'],
  [600, '{"__type":"ClientException"}'],
  [0, '{"tasks":[]}'],
  [-200, '{"tasks":[]}'],
  [Number.NaN, '{"tasks":[]}'],
  [Number.POSITIVE_INFINITY, '{"tasks":[]}'],
])('reads HTTP %d with %j as unreadable', (status, body) => {
  expect(read(status, body).kind).toBe('unreadable')
})

test.each(['{"tasks":[{}]}', '{"failures":[]}'])(
  'reads %s as a response whatever the content type',
  (body) => {
    expect(read(200, body, { 'Content-Type': 'text/html' }).kind).not.toBe('unreadable')
  },
)

test.each(['{}', '{"tasks":null}', '{"html":[]}'])(
  'reads %s of another media type as unreadable',
  (body) => {
    expect(read(200, body, { 'Content-Type': 'text/html' })).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('"text/html"'),
    })
  },
)

test.each([
  'application/x-amz-json-1.1',
  'application/json; charset=utf-8',
  'application/problem+json',
])('reads {} of %s', (type) => {
  expect(read(200, '{}', { 'content-type': type })).toEqual({ kind: 'unplaced', failures: [] })
})

test.each([
  'application/x-amz-json-1.1',
  'application/x-amz-json-1.1; charset=utf-8',
  'application/json',
])('reads a 200 of %s', (type) => {
  expect(read(200, '{"tasks":[{}]}', { 'content-type': type }).kind).toBe('started')
})

test('reads bytes that are no UTF-8 as unreadable', () => {
  expect(read(200, Uint8Array.of(0x7b, 0xff, 0x7d)).kind).toBe('unreadable')
})

test('never repeats the body in the reason', () => {
  expect(JSON.stringify(read(200, '{"secret-word":'))).not.toContain('secret-word')
})

test.each([200, 201, 202, 206, 299])('reads HTTP %d as a success', (status) => {
  expect(read(status, '{"tasks":[{}]}').kind).toBe('started')
})

test.each([
  [300, 'client'],
  [307, 'client'],
  [400, 'client'],
  [429, 'client'],
  [499, 'client'],
  [500, 'server'],
  [503, 'server'],
  [599, 'server'],
])('reads HTTP %d with an error type as rejected by fault of the %s', (status, fault) => {
  expect(read(status, '{"__type":"ClientException"}')).toEqual({
    kind: 'rejected',
    error: { name: 'ClientException', message: '', status, fault },
  })
})

test.each([
  [400, 'ServerException', 'client'],
  [500, 'ClusterNotFoundException', 'server'],
])('lets the status HTTP %d of a %s say whose fault it is', (status, name, fault) => {
  expect(read(status, `{"__type":"${name}"}`)).toMatchObject({
    kind: 'rejected',
    error: { name, status, fault },
  })
})

test('reads an error that has more members than its name', () => {
  const body =
    '{"tasks":[{}],"__type":"ns#ClientException:http://x/","Message":"no","resourceIds":["a"],"nested":{"__type":"Other"}}'
  expect(read(400, body)).toEqual({
    kind: 'rejected',
    error: { name: 'ClientException', message: 'no', status: 400, fault: 'client' },
  })
})

test('reads an error whatever its content type', () => {
  expect(read(400, '{"__type":"ClientException"}', { 'content-type': 'text/html' }).kind).toBe(
    'rejected',
  )
})

test('reads an error page as unreadable even when a header names an error, as the SDK does', () => {
  expect(read(502, '<html>', { 'x-amzn-errortype': 'ServerException' }).kind).toBe('unreadable')
})

test.each([
  ['{"__type":"ClusterNotFoundException","message":"Cluster not found."}', {}],
  ['{"code":"ClientException"}', {}],
  ['{}', { 'x-amzn-errortype': 'ClientException' }],
  ['{"__type":"ClientException","tasks":null}', {}],
])(
  'reads the error %s with HTTP 200, which clients take for a success, as unreadable',
  (body, headers) => {
    expect(read(200, body, headers)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('status of a success'),
    })
  },
)

test.each([
  ['{"__type":"com.amazonaws.ecs#StartTaskResponse","tasks":[{}]}', {}],
  ['{"tasks":[{}]}', { 'x-amzn-errortype': 'ClientException' }],
])('reads %s with HTTP 200 as started, whatever error type comes with it', (body, headers) => {
  expect(read(200, body, headers).kind).toBe('started')
})

test('ignores unknown members of a response', () => {
  expect(read(200, '{"nextToken":"x","message":"no"}')).toEqual({ kind: 'unplaced', failures: [] })
})

test('takes an item of null for no item', () => {
  expect(read(200, '{"tasks":[null,{"taskArn":"t"},null],"failures":[null]}')).toEqual({
    kind: 'started',
    tasks: [{ taskArn: 't' }],
  })
  expect(read(200, '{"tasks":[null],"failures":[null,{"reason":"AGENT"}]}')).toEqual({
    kind: 'unplaced',
    failures: [{ reason: 'AGENT' }],
  })
})

test.each([
  ['{"tasks":null,"failures":[{"reason":"AGENT"}]}', 'unplaced'],
  ['{"tasks":[{}],"failures":null}', 'started'],
  ['{"failures":[]}', 'unplaced'],
  ['{"tasks":[{}]}', 'started'],
])('takes an absent or null list in %s for an empty one', (body, kind) => {
  expect(read(200, body).kind).toBe(kind)
})

test('takes the last of two members with one name, as every JSON parser here does', () => {
  expect(read(200, '{"tasks":[],"tasks":[{"taskArn":"t"}]}')).toEqual({
    kind: 'started',
    tasks: [{ taskArn: 't' }],
  })
})

test('does not take a list in an own __proto__ for one of the response', () => {
  expect(read(200, '{"__proto__":{"tasks":[{}]}}')).toEqual({ kind: 'unplaced', failures: [] })
})

test('keeps the digits of a number that a double cannot hold', () => {
  const outcome = read(200, '{"tasks":[{"version":9007199254740993}]}')
  expect(JSON.stringify(outcome)).toBe('{"kind":"started","tasks":[{"version":9007199254740993}]}')
})

test.each([
  [200, '{"tasks":[{"taskArn":"é"}]}'],
  [200, '{"failures":[{"reason":"\\ud800"}]}'],
  [200, '\ufeff{"tasks":[]}'],
  [400, '{"__type":"ClientException","message":"\u{1f600}"}'],
  [400, '\ufeff{"__type":"ClientException"}'],
  [502, '<html>'],
  [200, ''],
])('reads HTTP %d with %j as text and as bytes alike', (status, body) => {
  expect(read(status, Buffer.from(body))).toEqual(read(status, body))
})

test('reads a part of a larger buffer', () => {
  const bytes = new TextEncoder().encode('xx{"tasks":[{}]}xx')
  expect(read(200, bytes.subarray(2, -2)).kind).toBe('started')
})

test.each([
  ['more than 4 MiB of text', `{"tasks":[{"taskArn":"${'x'.repeat(4 * 1024 * 1024)}"}]}`],
  ['more than 4 MiB of bytes', new Uint8Array(4 * 1024 * 1024 + 1).fill(0x20)],
  ['more than 100 levels', `{"tasks":${'['.repeat(100)}${']'.repeat(100)}}`],
  ['UTF-16', Buffer.from('{"tasks":[]}', 'utf16le')],
  ['half a character', Buffer.from('{"tasks":["é').subarray(0, -1)],
])('reads %s as unreadable', (_what, body) => {
  expect(read(200, body)).toMatchObject({
    kind: 'unreadable',
    reason: expect.stringMatching(/4194304|100 levels|UTF-8|syntax/),
  })
})

test('shows a content type so that it steers no terminal', () => {
  const outcome = read(200, '{}', { 'content-type': `text/\u001b[31m${'x'.repeat(1000)}` })
  expect(outcome).toMatchObject({ kind: 'unreadable', reason: expect.stringMatching(/^.{1,200}$/) })
  expect(outcome).toMatchObject({ reason: expect.not.stringContaining('\u001b') })
})

function refuse(): never {
  throw new Error('no')
}

const REFUSING = new Proxy(
  {},
  {
    get: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    has: refuse,
    getOwnPropertyDescriptor: refuse,
  },
)
const STARTED = { status: 200, headers: {}, body: '{"tasks":[{}]}' }

test.each([
  ['undefined', undefined],
  ['null', null],
  ['a text', 'HTTP/1.1 200'],
  ['a number', 200],
  ['an empty object', {}],
  ['a proxy that refuses everything', REFUSING],
  ['a status of text', { ...STARTED, status: '200' }],
  ['a status of bigint', { ...STARTED, status: 200n }],
  ['no body', { status: 200, headers: {} }],
  ['a body of null', { ...STARTED, body: null }],
  ['a body that is parsed', { ...STARTED, body: { tasks: [{}] } }],
  ['a body that refuses everything', { ...STARTED, body: REFUSING }],
  ['a body of another kind', { ...STARTED, body: new Map() }],
  ['a getter that throws', Object.defineProperty({ ...STARTED }, 'body', { get: refuse })],
  ['an ArrayBuffer', { ...STARTED, body: new ArrayBuffer(4) }],
])('reads a response made of %s as unreadable', (_what, response) => {
  // Reflect.apply, since callers in JavaScript hand over anything and the type does not let this test.
  expect(Reflect.apply(readOutcome, undefined, [response])).toMatchObject({
    kind: 'unreadable',
    reason: expect.any(String),
  })
})

test.each([
  ['undefined', undefined],
  ['null', null],
  ['a text', 'content-type: text/html'],
  ['a proxy that refuses everything', REFUSING],
  [
    'values that are no text',
    { 'content-type': 5, 'x-amzn-errortype': { toString: refuse }, __proto__: null },
  ],
  ['lists with a symbol', { 'content-type': ['a', Symbol('b')] }],
  ['a Map', new Map([['content-type', 'text/html']])],
  [
    'a getter that throws',
    Object.defineProperty({}, 'content-type', { enumerable: true, get: refuse }),
  ],
])('reads the body when the headers are %s', (_what, headers) => {
  expect(Reflect.apply(readOutcome, undefined, [{ ...STARTED, headers, body: '{}' }])).toEqual({
    kind: 'unplaced',
    failures: [],
  })
  const rejected = { status: 400, headers, body: '{"code":"ClientException"}' }
  expect(Reflect.apply(readOutcome, undefined, [rejected])).toMatchObject({
    kind: 'rejected',
    error: { name: 'ClientException' },
  })
})

test('reads the headers of fetch', () => {
  const response = {
    status: 400,
    headers: new Headers({ 'X-Amzn-ErrorType': 'ClientException' }),
    body: '',
  }
  expect(Reflect.apply(readOutcome, undefined, [response])).toMatchObject({
    kind: 'rejected',
    error: { name: 'ClientException' },
  })
})
