import { expect, test } from 'vitest'

import { CLOUDTRAIL } from '../../src/formats/index.ts'
import { importBytes, makeRecord } from './importing.ts'

const other = makeRecord({ eventName: 'RunTask' })
const foreign = { eventSource: 's3.amazonaws.com', eventName: 'GetObject' }

test('reads a log file: what was asked for, what came back, when', async () => {
  const { imported, findings } = await importBytes(
    CLOUDTRAIL,
    JSON.stringify({ Records: [foreign, makeRecord(), other] }),
  )
  expect(findings).toEqual([])
  expect(imported).toEqual([
    {
      line: 1,
      at: Date.UTC(2026, 10, 24, 10),
      event: makeRecord(),
      exchange: {
        operation: 'StartTask',
        startedAtMs: 0,
        request: {
          headers: {
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
          },
          body: { cluster: 'default', containerInstances: ['i-1'], taskDefinition: 'web:1' },
        },
        response: {
          status: 200,
          headers: {
            'content-type': 'application/x-amz-json-1.1',
            'x-amzn-requestid': '6af5fd30-765e-11e9-a5f9-b7e8a953a005',
          },
          body: {
            tasks: [],
            failures: [
              {
                arn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/i-1',
                reason: 'AGENT',
              },
            ],
          },
        },
      },
    },
  ])
})

const RECORD = makeRecord()
const ROW = {
  eventversion: '1.08',
  eventtime: '2026-11-24T10:00:00Z',
  eventsource: 'ecs.amazonaws.com',
  eventname: 'StartTask',
  requestparameters: '{"cluster":"default","containerInstances":["i-1"],"taskDefinition":"web:1"}',
  responseelements: '{"tasks":[],"failures":[]}',
  errorcode: '',
}

test.each([
  ['a list of records', JSON.stringify([RECORD, RECORD])],
  ['one record a line', `${JSON.stringify(RECORD)}\n${JSON.stringify(RECORD)}\n`],
  [
    'records one after the other, written over lines',
    `${JSON.stringify(RECORD, null, 2)}\n${JSON.stringify(RECORD, null, 2)}`,
  ],
  [
    'events of EventBridge',
    [1, 2]
      .map(() => JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', detail: RECORD }))
      .join('\n'),
  ],
  ['rows of Athena', JSON.stringify([ROW, ROW])],
])('reads %s', async (_form, text) => {
  const { imported, findings } = await importBytes(CLOUDTRAIL, text, { pieceBytes: 7 })
  expect([findings, imported.map(({ exchange }) => exchange.request.body)]).toEqual([
    [],
    Array.from({ length: 2 }, () => ({
      cluster: 'default',
      containerInstances: ['i-1'],
      taskDefinition: 'web:1',
    })),
  ])
})

test.each([
  ['ClientException', 400, 'ClientException'],
  ['ServerException', 500, 'ServerException'],
  ['AccessDenied', 400, 'AccessDeniedException'],
  ['ServiceUnavailable', 503, 'ServiceUnavailable'],
  ['SomethingNew', 400, 'SomethingNew'],
])(
  'reads the error code %s as HTTP %s %s, and says that there is no request',
  async (errorCode, status, name) => {
    const record = makeRecord({
      errorCode,
      errorMessage: 'why',
      requestParameters: null,
      responseElements: null,
    })
    const { imported, findings } = await importBytes(
      CLOUDTRAIL,
      JSON.stringify({ Records: [record] }),
    )
    expect(imported[0]?.exchange).toMatchObject({
      request: { body: null },
      response: { status, body: { __type: name, message: 'why' } },
    })
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'import.request', severity: 'warning' }),
    ])
  },
)

test('imports the records before the place where a file is cut, and tells the line', async () => {
  const text = `{"Records":[\n${[1, 2, 3].map(() => JSON.stringify(makeRecord())).join(',\n')}\n]}`
  const { imported, findings } = await importBytes(CLOUDTRAIL, text.slice(0, -100))
  expect([imported.map(({ line }) => line), findings]).toEqual([
    [2, 3],
    [{ line: 4, rule: 'import.cut', severity: 'error', message: 'the last record is cut off' }],
  ])
})

test('leaves a broken record out, and imports those around it', async () => {
  const lines = [makeRecord(), makeRecord(), makeRecord()].map((record) => JSON.stringify(record))
  lines[1] = lines[1]?.replace('"eventName":', '"eventName" ') ?? ''
  const { imported, findings } = await importBytes(CLOUDTRAIL, lines.join('\n'))
  expect([imported.length, findings.map(({ rule, line }) => [rule, line])]).toEqual([
    2,
    [['import.record', 2]],
  ])
})

test('leaves a record of 200 MB out without keeping it', async () => {
  const piece = Buffer.alloc(1_000_000, 'x')
  const [before, after] = JSON.stringify({
    Records: [makeRecord(), makeRecord({ eventID: 'LARGE' }), makeRecord()],
  }).split('LARGE')
  const findings: object[] = []
  async function* read(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${before}`)
    for (let count = 0; count < 200; count += 1) yield await Promise.resolve(piece)
    yield Buffer.from(`${after}`)
  }
  const used = process.memoryUsage().arrayBuffers
  let [imported, most] = [0, 0]
  const found = CLOUDTRAIL.read({ file: 'large', read }, (finding) => void findings.push(finding), {
    operations: ['StartTask'],
  })
  while (!(await found.next()).done) {
    imported += 1
    most = Math.max(most, process.memoryUsage().arrayBuffers - used)
  }
  expect([imported, findings]).toEqual([
    2,
    [expect.objectContaining({ rule: 'import.too-large', line: 1 })],
  ])
  expect(most).toBeLessThan(100_000_000)
})

test('leaves a record out that nests without an end', async () => {
  const deep = `${'['.repeat(200)}${']'.repeat(200)}`
  const text = `{"Records":[${JSON.stringify(makeRecord()).replace('"i-1"', deep)},${JSON.stringify(makeRecord())}]}`
  const { imported, findings } = await importBytes(CLOUDTRAIL, text)
  expect([imported.length, findings.map(({ rule }) => rule)]).toEqual([1, ['import.too-deep']])
})

test('reads an event version that it does not know, and says so', async () => {
  const { imported, findings } = await importBytes(
    CLOUDTRAIL,
    JSON.stringify([makeRecord({ eventVersion: '2.0' })]),
  )
  expect([imported.length, findings.map(({ rule, severity }) => [rule, severity])]).toEqual([
    1,
    [['import.version', 'warning']],
  ])
})

test('keeps the digits of numbers that no double holds, in a file that is parsed at once', async () => {
  const written = JSON.stringify({
    Records: [makeRecord(), makeRecord({ requestParameters: { count: 1 } })],
  })
  const { imported } = await importBytes(
    CLOUDTRAIL,
    written.replace('"count":1', '"count":9007199254740993'),
  )
  expect(JSON.stringify(imported[1]?.exchange.request.body)).toBe('{"count":9007199254740993}')
})

test('tells which record of a file on one line it is about', async () => {
  const { findings } = await importBytes(
    CLOUDTRAIL,
    JSON.stringify({ Records: [foreign, makeRecord({ eventVersion: '2.0' })] }),
  )
  expect(findings).toEqual([
    expect.objectContaining({
      line: 1,
      message: expect.stringMatching(/^record 2: StartTask e-1: /),
    }),
  ])
})

test('tells the line of a record in a file of many lines', async () => {
  const { findings } = await importBytes(
    CLOUDTRAIL,
    JSON.stringify({ Records: [foreign, makeRecord({ eventVersion: '2.0' })] }, null, 1),
  )
  expect(findings).toEqual([expect.objectContaining({ line: 7 })])
})

test('says that a response was not kept', async () => {
  const { imported, findings } = await importBytes(
    CLOUDTRAIL,
    JSON.stringify([makeRecord({ responseElements: null })]),
  )
  expect([imported[0]?.exchange.response, findings.map(({ rule }) => rule)]).toEqual([
    expect.objectContaining({ body: {} }),
    ['import.response'],
  ])
})

test('takes what is no time for no time', async () => {
  const { imported } = await importBytes(
    CLOUDTRAIL,
    JSON.stringify([makeRecord({ eventTime: 'yesterday' })]),
  )
  expect(imported[0]?.at).toBeUndefined()
})

test('imports other operations where they are allowed', async () => {
  const { imported } = await importBytes(CLOUDTRAIL, JSON.stringify([other, makeRecord()]), {
    operations: ['StartTask', 'RunTask'],
  })
  expect(imported.map(({ exchange }) => exchange.operation)).toEqual(['RunTask', 'StartTask'])
})

test.each(['', '[]', '{"Records":[]}', 'no JSON at all', '\u0000\u0001', '}}}]]]'])(
  'finds nothing in %j',
  async (text) => {
    expect((await importBytes(CLOUDTRAIL, text)).imported).toEqual([])
  },
)
