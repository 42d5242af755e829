import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, onTestFinished, test } from 'vitest'

import { SDK_LOG } from '../../src/formats/index.ts'
import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { importBytes } from './importing.ts'

const SAMPLE = 'recordings/started/page-sample.json'
const INPUT = {
  taskDefinition: 'hello_world',
  containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
}

/** What the SDK's client logs of one call, line by line, as `write` writes it. */
async function logCall(url: string, write: (entry: unknown) => string): Promise<string> {
  const lines: string[] = []
  const log = (entry: unknown) => void lines.push(write(entry))
  const logger = { trace: log, debug: log, info: log, warn: log, error: log }
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' }
  const client = new ECSClient({ region: 'us-east-1', endpoint: url, credentials, logger })
  await client.send(new StartTaskCommand(INPUT)).catch(() => undefined)
  client.destroy()
  return `${lines.join('\n')}\n`
}

test('reads what a client logged of a call that was retried: the last attempt, with the times of the wire', async () => {
  await using server = await startReplayServer(SAMPLE, {
    faults: [{ on: 1, fault: 'ServerException', attempts: 2 }],
  })
  const log = await logCall(server.url, (entry) =>
    JSON.stringify({ level: 30, time: 1_795_538_125_543, msg: entry }),
  )
  const { imported, findings } = await importBytes(SDK_LOG, log)
  expect(imported).toEqual([
    expect.objectContaining({
      at: 1_795_538_125_543,
      exchange: expect.objectContaining({
        operation: 'StartTask',
        invocation: 'invocation-1',
        attempt: 3,
        request: expect.objectContaining({ body: INPUT }),
        response: expect.objectContaining({
          status: 200,
          body: expect.objectContaining({
            failures: [],
            tasks: [expect.objectContaining({ createdAt: 1479765460.842 })],
          }),
        }),
      }),
    }),
  ])
  expect(findings).toEqual([expect.objectContaining({ rule: 'import.attempts', severity: 'info' })])
})

test('reads an error as the service gave it', async () => {
  await using server = await startReplayServer(SAMPLE, {
    faults: [{ on: 1, fault: 'ClusterNotFoundException' }],
  })
  const { imported, findings } = await importBytes(
    SDK_LOG,
    await logCall(server.url, (entry) => JSON.stringify(entry)),
  )
  expect(findings).toEqual([])
  expect(imported[0]?.exchange.response).toMatchObject({
    status: 400,
    body: { __type: 'ClusterNotFoundException', message: 'Cluster not found.' },
  })
})

test('reads a refused connection as one', async () => {
  const server = createServer()
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => void server.close(resolve))
  const { imported } = await importBytes(
    SDK_LOG,
    await logCall(`http://127.0.0.1:${port}`, (entry) => JSON.stringify(entry)),
  )
  expect(imported[0]?.exchange).toMatchObject({
    attempt: 3,
    response: { failure: 'refused', code: 'ECONNREFUSED' },
  })
})

test.each([
  ['by itself', (entry: unknown) => JSON.stringify(entry)],
  [
    'as pino writes it, merged',
    (entry: unknown) =>
      JSON.stringify(typeof entry === 'object' ? { level: 30, time: 1, ...entry } : { msg: entry }),
  ],
  [
    'as text in a message',
    (entry: unknown) =>
      JSON.stringify({ timestamp: '2026-11-24T10:00:00Z', message: JSON.stringify(entry) }),
  ],
  [
    'behind what Lambda prints',
    (entry: unknown) => `2026-11-24T10:00:00.000Z\tb1946ac9\tINFO\t${JSON.stringify(entry)}`,
  ],
])('finds the entry %s', async (_form, write) => {
  await using server = await startReplayServer(SAMPLE)
  const { imported, findings } = await importBytes(SDK_LOG, await logCall(server.url, write))
  expect([imported.map(({ exchange }) => exchange.request.body), findings]).toEqual([[INPUT], []])
})

test('says what to do about a log that console.log wrote', async () => {
  await using server = await startReplayServer(SAMPLE)
  const { imported, findings } = await importBytes(
    SDK_LOG,
    await logCall(server.url, (entry) => inspect(entry)),
  )
  expect([imported, findings]).toEqual([
    [],
    [
      expect.objectContaining({
        rule: 'import.console',
        severity: 'error',
        message: expect.stringContaining('JSON.stringify'),
      }),
    ],
  ])
})

test('tells half a line, and reads the rest', async () => {
  await using server = await startReplayServer(SAMPLE)
  const whole =
    (await logCall(server.url, (entry) => JSON.stringify(entry)))
      .split('\n')
      .find((line) => line.includes('commandName')) ?? ''
  const { imported, findings } = await importBytes(SDK_LOG, `${whole.slice(0, 300)}\n${whole}\n`)
  expect([imported.length, findings.map(({ rule, line }) => [rule, line])]).toEqual([
    1,
    [['import.record', 1]],
  ])
})

test('passes over the calls of other services, and other commands', async () => {
  const entry = {
    clientName: 'SFNClient',
    commandName: 'StartTaskCommand',
    input: INPUT,
    output: {},
    metadata: {},
  }
  const other = { ...entry, clientName: 'ECSClient', commandName: 'RunTaskCommand' }
  const log = [entry, other].map((one) => JSON.stringify(one)).join('\n')
  expect(await importBytes(SDK_LOG, log)).toEqual({ imported: [], tasks: [], findings: [] })
})
