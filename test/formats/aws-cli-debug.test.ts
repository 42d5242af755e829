import { expect, test } from 'vitest'

import { AWS_CLI_DEBUG } from '../../src/formats/index.ts'
import { importBytes } from './importing.ts'

const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'

/** A log as botocore writes it, with the parts that are read; a test with the real program is test/long/import-programs.test.ts. */
function makeLog({
  prefix = (logger: string) => `- MainThread - ${logger} - DEBUG -`,
  operation = 'OperationModel(name=StartTask)',
  body = `b'{"taskDefinition": "w\\xc3\\xa9b \\'x\\'"}'`,
} = {}) {
  const at = (time: string, logger: string, message: string) =>
    `2026-11-24 ${time} ${prefix(logger)} ${message}`
  return [
    at(
      '15:00:00,000',
      'botocore.endpoint',
      `Making request for ${operation} with params: {'url_path': '/', 'headers': {'X-Amz-Target': '${TARGET}', 'Content-Type': 'application/x-amz-json-1.1'}, 'body': ${body}, 'context': {}}`,
    ),
    at(
      '15:00:00,100',
      'botocore.endpoint',
      `Sending http request: <AWSPreparedRequest method=POST, url=https://x/, headers={'X-Amz-Target': b'${TARGET}', 'X-Amz-Date': b'20261124T143000Z', 'amz-sdk-invocation-id': b'abc', 'amz-sdk-request': b'attempt=1'}>`,
    ),
    at('15:00:00,250', 'urllib3.connectionpool', 'https://x "POST / HTTP/1.1" 200 30'),
    at(
      '15:00:00,251',
      'botocore.parsers',
      "Response headers: {'content-type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': 'r-1'}",
    ),
    at('15:00:00,252', 'botocore.parsers', 'Response body:'),
    `b'{"tasks":[],"failures":[{"reason":"AGENT"}]}'`,
    at('15:00:00,253', 'botocore.retryhandler', 'No retry needed.'),
  ]
}

test('reads a call with its time in UTC, its duration and its bytes', async () => {
  const { imported, findings } = await importBytes(AWS_CLI_DEBUG, makeLog().join('\n'))
  expect(findings).toEqual([])
  expect(imported).toEqual([
    {
      line: 2,
      at: Date.UTC(2026, 10, 24, 14, 30, 0, 100),
      exchange: {
        operation: 'StartTask',
        invocation: 'invocation-1',
        attempt: 1,
        startedAtMs: 0,
        elapsedMs: 150,
        request: {
          headers: expect.objectContaining({ 'x-amz-target': TARGET }),
          body: { taskDefinition: "wéb 'x'" },
        },
        response: {
          status: 200,
          headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r-1' },
          body: { tasks: [], failures: [{ reason: 'AGENT' }] },
        },
      },
    },
  ])
})

test("reads boto3's own form of the log", async () => {
  const { imported } = await importBytes(
    AWS_CLI_DEBUG,
    makeLog({ prefix: (logger) => `${logger} [DEBUG]` }).join('\r\n'),
  )
  expect(imported[0]?.exchange.response).toMatchObject({ status: 200 })
})

test('reads the older generation, whose bodies are text', async () => {
  const old = makeLog({
    operation: '<botocore.model.OperationModel object at 0x7f00> (verify_ssl=True)',
    body: `u'{"taskDefinition": "web"}'`,
  })
  old[5] = '{"tasks":[],"failures":[]}'
  const { imported } = await importBytes(AWS_CLI_DEBUG, old.join('\n'))
  expect(imported[0]?.exchange).toMatchObject({
    request: { body: { taskDefinition: 'web' } },
    response: { body: { tasks: [], failures: [] } },
  })
})

test.each([
  [
    'Could not connect to the endpoint URL: "https://x/"',
    { failure: 'refused', code: 'ECONNREFUSED' },
  ],
  ['Read timeout on endpoint URL: "https://x/"', { failure: 'timeout', code: 'ETIMEDOUT' }],
  [
    'Connection was closed before we received a valid response',
    { failure: 'reset', code: 'ECONNRESET' },
  ],
  ['something else', { failure: 'other' }],
])('reads an attempt that failed: %s', async (reason, response) => {
  const [call = '', sent = ''] = makeLog()
  const failed = `2026-11-24 15:00:01,000 - MainThread - botocore.retryhandler - DEBUG - retry needed, retryable exception caught: ${reason}`
  const { imported } = await importBytes(
    AWS_CLI_DEBUG,
    [call, sent, failed, sent, ...makeLog().slice(2)].join('\n'),
  )
  expect(
    imported.map(({ exchange }) => [exchange.invocation, exchange.attempt, exchange.response]),
  ).toEqual([
    ['invocation-1', 1, response],
    ['invocation-1', 2, expect.objectContaining({ status: 200 })],
  ])
})

test('keeps threads apart', async () => {
  const thread = (name: string, lines: string[]) =>
    lines.map((line) => line.replace('MainThread', name))
  const [one, other] = [thread('one', makeLog()), thread('other', makeLog())]
  const mixed = [0, 1, 2, 3].flatMap((index) => [one[index] ?? '', other[index] ?? ''])
  const { imported } = await importBytes(
    AWS_CLI_DEBUG,
    [...mixed, ...one.slice(4), ...other.slice(4)].join('\n'),
  )
  expect(imported).toHaveLength(2)
})

test('tells a request whose response the log does not reach', async () => {
  const { imported, findings } = await importBytes(AWS_CLI_DEBUG, makeLog().slice(0, 3).join('\n'))
  expect([imported, findings]).toEqual([
    [],
    [expect.objectContaining({ line: 2, rule: 'import.unfinished' })],
  ])
})

test('takes nothing for a request that is of another service or operation', async () => {
  const log = makeLog().join('\n')
  expect(
    (await importBytes(AWS_CLI_DEBUG, log.replaceAll('StartTask', 'RunTask'))).imported,
  ).toEqual([])
  expect(
    (await importBytes(AWS_CLI_DEBUG, log.replaceAll('AmazonEC2ContainerService', 'AmazonSQS')))
      .imported,
  ).toEqual([])
})

test('runs nothing of what a log says', async () => {
  const hostile = makeLog({
    body: `b'{"taskDefinition": "__import__(\\'os\\').system(\\'false\\') \\x1b[31m ::error::"}'`,
  })
  const { imported } = await importBytes(AWS_CLI_DEBUG, hostile.join('\n'))
  expect(imported[0]?.exchange.request.bodyText).toContain("__import__('os')")
})
