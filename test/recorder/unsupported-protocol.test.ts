import { once } from 'node:events'
import { join } from 'node:path'

import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import { recordCommands, startRecording, startRecordingProxy } from '../../src/recorder/index.ts'
import { startSession } from '../../src/session/index.ts'
import { makeFolder } from './recorders.ts'
import { startUpstream } from './upstream.ts'

const CBOR_TOLD =
  /^This request for StartTask speaks the RPC v2 CBOR protocol, which is not recorded: AWS JSON 1\.1 alone is\./

function createCborClient(endpoint: string): ECSClient {
  const protocol = new AwsSmithyRpcV2CborProtocol({
    defaultNamespace: 'com.amazonaws.ecs',
    errorTypeRegistries: [],
  })
  return new ECSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'none' },
    protocol,
  })
}

async function start(client: ECSClient): Promise<unknown> {
  const sent = client.send(
    new StartTaskCommand({ taskDefinition: 'web', containerInstances: ['ci-a'] }),
  )
  return sent.catch((error: unknown) => error)
}

/** A service that answers an empty map of CBOR. */
const startCborUpstream = () =>
  startUpstream((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' })
      .end(Buffer.from([0xbf, 0xff])),
  )

test('refuses CBOR at the proxy, in the error of its client, and sends it nowhere', async () => {
  await using upstream = await startCborUpstream()
  await using proxy = await startRecordingProxy({
    out: join(makeFolder(), 'all.json'),
    upstream: upstream.url,
  })
  const met = await start(createCborClient(proxy.url))
  expect(met).toMatchObject({
    name: 'ProtocolNotRecorded',
    message: expect.stringMatching(CBOR_TOLD),
    $metadata: { attempts: 1 },
  })
  expect(upstream.met).toEqual([])
})

test('refuses a form of the Query protocol at the proxy in XML', async () => {
  await using upstream = await startCborUpstream()
  await using proxy = await startRecordingProxy({
    out: join(makeFolder(), 'all.json'),
    upstream: upstream.url,
  })
  const response = await fetch(proxy.url, {
    method: 'POST',
    body: new URLSearchParams({ Action: 'StartTask', Version: '2014-11-13' }),
  })
  expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
    status: 400,
    type: 'text/xml',
  })
  expect(await response.text()).toMatch(
    /<Code>ProtocolNotRecorded<\/Code>.*speaks the Query protocol/s,
  )
  expect(upstream.met).toEqual([])
})

test('refuses CBOR in a session that records, and sends it nowhere', async () => {
  await using upstream = await startCborUpstream()
  await using session = startSession({
    mode: 'record',
    recordings: join(makeFolder(), 'all.json'),
    upstream: upstream.url,
  })
  const met = await start(createCborClient(upstream.url))
  expect(met).toMatchObject({
    name: 'ProtocolNotRecorded',
    message: expect.stringMatching(CBOR_TOLD),
  })
  expect(upstream.met).toEqual([])
  expect((await session.stop()).refused).toBe(1)
})

test('warns once of CBOR that a recorder in the process lets by', async () => {
  await using upstream = await startCborUpstream()
  await using recording = startRecording({ out: join(makeFolder(), 'all.json') })
  await expectWarningOnce(async () => {
    await start(createCborClient(upstream.url))
    await start(createCborClient(upstream.url))
  })
  expect(upstream.met).toHaveLength(2)
  expect(await recording.stop()).toEqual({ written: [], lost: 0 })
})

test('warns once of CBOR that a recorded client sends', async () => {
  await using upstream = await startCborUpstream()
  const client = createCborClient(upstream.url)
  await using recording = recordCommands(client, { out: join(makeFolder(), 'all.json') })
  await expectWarningOnce(async () => {
    await start(client)
    await start(client)
  })
  expect(await recording.stop()).toEqual({ written: [], lost: 0 })
})

async function expectWarningOnce(act: () => Promise<void>): Promise<void> {
  const warnings: Error[] = []
  const keep = (warning: Error) => void warnings.push(warning)
  process.on('warning', keep)
  const warned = once(process, 'warning', { signal: AbortSignal.timeout(5000) })
  await act()
  await warned
  process.off('warning', keep)
  expect(warnings.map(({ name }) => name)).toEqual(['StartTaskProtocolWarning'])
  expect(warnings[0]?.message).toMatch(CBOR_TOLD)
}
