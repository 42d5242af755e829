import { cbor } from '@smithy/core/cbor'
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import { createProvider } from '../../src/provider/index.ts'
import {
  replayAgent,
  replayFetch,
  replayRequestHandler,
  startReplayServer,
} from '../../src/replayer/adapters/index.ts'
import { createReplayer, type Miss } from '../../src/replayer/engine/index.ts'
import { startReplay } from '../../src/replayer/adapters/msw.ts'
import { buildInput, buildRecording, STARTED } from './recorded-exchanges.ts'

const RECORDING = buildRecording(STARTED)
const FORM =
  'Action=StartTask&Version=2014-11-13&taskDefinition=web%3A3&containerInstances.member.1=ci-a'
const QUERY = { 'content-type': 'application/x-www-form-urlencoded' }
const CBOR_TOLD =
  /^This request for StartTask speaks the RPC v2 CBOR protocol, which is not replayed: AWS JSON 1\.1 alone is\./

function createCborClient(more: object): ECSClient {
  const settings = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'none' },
    maxAttempts: 3,
  }
  const protocolSettings = { defaultNamespace: 'com.amazonaws.ecs', errorTypeRegistries: [] }
  return new ECSClient({
    ...settings,
    protocol: new AwsSmithyRpcV2CborProtocol(protocolSettings),
    ...more,
  })
}

function start(client: ECSClient): Promise<unknown> {
  return client.send(new StartTaskCommand(buildInput('ci-a')))
}

test('says in the error of a CBOR client that CBOR is not replayed, at the first attempt, through the request handler', async () => {
  const requestHandler = replayRequestHandler(RECORDING)
  const met = await start(createCborClient({ requestHandler })).catch((error: unknown) => error)
  expect(met).toMatchObject({
    name: 'NoRecordingMatched',
    message: expect.stringMatching(CBOR_TOLD),
    $metadata: { attempts: 1 },
  })
  expect(requestHandler.unmatched()).toHaveLength(1)
})

test('says so over HTTP', async () => {
  await using server = await startReplayServer(RECORDING)
  const met = await start(createCborClient({ endpoint: server.url })).catch(
    (error: unknown) => error,
  )
  expect(met).toMatchObject({
    name: 'NoRecordingMatched',
    message: expect.stringMatching(CBOR_TOLD),
  })
})

test('says so through msw, and lets nothing out', async () => {
  using replay = startReplay(RECORDING)
  const met = await start(createCborClient({})).catch((error: unknown) => error)
  expect(met).toMatchObject({
    name: 'NoRecordingMatched',
    message: expect.stringMatching(CBOR_TOLD),
  })
  expect(replay.unmatched()).toHaveLength(1)
})

test('says so through an agent', async () => {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler')
  const requestHandler = new NodeHttpHandler({ httpsAgent: replayAgent(RECORDING) })
  const met = await start(createCborClient({ requestHandler })).catch((error: unknown) => error)
  expect(met).toMatchObject({
    name: 'NoRecordingMatched',
    message: expect.stringMatching(CBOR_TOLD),
  })
})

test('answers a client of the Query protocol in XML, with HTTP 400', async () => {
  const fetched = await replayFetch(RECORDING)('https://ecs.us-east-1.amazonaws.com/', {
    method: 'POST',
    headers: QUERY,
    body: FORM,
  })
  expect(fetched.status).toBe(400)
  expect(fetched.headers.get('content-type')).toBe('text/xml')
  const text = await fetched.text()
  expect(text).toContain('<Code>NoRecordingMatched</Code>')
  expect(text).toContain(
    'This request for StartTask speaks the Query protocol, which is not replayed',
  )
  expect(text).toContain('SDK v2 and v3, boto3 and aws-cli')
})

test('answers a Query client in JSON when it asks for that, as boto 2 does', async () => {
  const { response } = await ask(QUERY, `${FORM}&ContentType=JSON`)
  expect(JSON.parse(String(response.body))).toEqual({
    RequestId: expect.any(String),
    Error: {
      Code: 'NoRecordingMatched',
      Message: expect.stringContaining('speaks the Query protocol'),
      Type: 'Sender',
    },
  })
})

test('answers a Query request whose form is in its URL', async () => {
  const { response } = await ask({}, '', `/?${FORM}`)
  expect(String(response.body)).toContain('speaks the Query protocol')
})

test('does not take a name in a form for XML', async () => {
  const { response } = await ask(QUERY, 'Action=StartTask&a=<x>&b=]]>')
  expect(String(response.body).match(/<[a-zA-Z]+/g)).toEqual([
    '<ErrorResponse',
    '<Error',
    '<Type',
    '<Code',
    '<Message',
    '<RequestId',
  ])
})

test('counts it as a miss that says what to do', async () => {
  const { misses } = await ask(
    { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
    new Uint8Array([0xbf, 0xff]),
  )
  expect(misses).toMatchObject([
    {
      phase: 'operation',
      nearest: [],
      remedy: expect.stringContaining('let the client speak AWS JSON 1.1'),
    },
  ])
})

test('leaves a request without target that speaks no known protocol to the miss of before', async () => {
  const { misses, response } = await ask({}, '{"taskDefinition":"Action=StartTask"}')
  expect(misses[0]?.message).toContain('names no ECS operation in X-Amz-Target')
  expect(JSON.parse(String(response.body))).toMatchObject({ __type: 'NoRecordingMatched' })
})

test('takes a request with a target for AWS JSON, whatever else it says', async () => {
  const { response } = await ask(
    {
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StopTask',
      'content-type': 'application/cbor',
    },
    '{}',
  )
  expect(JSON.parse(String(response.body))).toMatchObject({
    message: expect.stringContaining('No exchange of StopTask is recorded'),
  })
})

test('refuses CBOR at the provider in CBOR', async () => {
  const { body, status } = await createProvider().respond({
    method: 'POST',
    url: '/service/AmazonEC2ContainerServiceV20141113/operation/StartTask',
    headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    body: new Uint8Array([0xbf, 0xff]),
  })
  expect(status).toBe(400)
  expect(cbor.deserialize(Buffer.from(body))).toMatchObject({ __type: 'UnknownOperationException' })
})

async function ask(headers: Record<string, string>, body: string | Uint8Array, url = '/') {
  const misses: Miss[] = []
  const response = await createReplayer(RECORDING, { onMiss: (miss) => misses.push(miss) }).respond(
    {
      method: 'POST',
      url,
      headers,
      body,
    },
  )
  if ('failure' in response) throw new Error('no response')
  return { response, misses }
}

const FOR_ECS: [string, string, Record<string, string>, string][] = [
  [
    'by its path, unsigned',
    '/service/AmazonEC2ContainerServiceV20141113/operation/StartTask',
    { 'smithy-protocol': 'rpc-v2-cbor' },
    '{}',
  ],
  [
    'by what it is signed for',
    '/',
    { authorization: 'AWS4-HMAC-SHA256 Credential=test/20261126/us-east-1/ecs/aws4_request' },
    FORM,
  ],
]

test.each(FOR_ECS)('answers through msw what is for ECS %s', async (_how, path, headers, body) => {
  using replay = startReplay(RECORDING)
  const response = await fetch(`http://gateway.test${path}`, { method: 'POST', headers, body })
  expect(response.status).toBe(400)
  expect(replay.unmatched()).toHaveLength(1)
})

test('leaves to others, through msw, what is for another service', async () => {
  using replay = startReplay(RECORDING)
  const authorization = 'AWS4-HMAC-SHA256 Credential=test/20261126/us-east-1/sqs/aws4_request'
  const sent = fetch('http://gateway.test/', {
    method: 'POST',
    headers: { authorization },
    body: 'Action=SendMessage',
  })
  await expect(sent).rejects.toThrow(/fetch/i)
  expect(replay.unmatched()).toEqual([])
})
