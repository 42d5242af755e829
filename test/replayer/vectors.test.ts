import { ClusterNotFoundException, ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import {
  type Exchange,
  formatCanonicalJson,
  isObject,
  type JsonObject,
  parseBody,
} from '../../src/protocol/index.ts'
import { startReplay } from '../../src/replayer/adapters/msw.ts'
import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { ALL_VECTORS, HAS_VECTORS, type Vector } from '../protocol/protocol-vectors.ts'
import { findRole, type Repoint, type Role } from '../protocol/vector-roles.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  TARGET,
} from './recorded-exchanges.ts'

// The cases that test/protocol/vectors.test.ts reads, sent through the adapters: what it lists as not applicable does not run here either.

/** An adapter opened for one exchange. */
type OpenAdapter = (exchange: Exchange) => Promise<{ url: string } & AsyncDisposable>

const ADAPTERS: Readonly<Record<string, OpenAdapter>> = {
  'the HTTP server': (exchange) => startReplayServer(buildRecording(exchange)),
  msw: async (exchange) => {
    const replay = startReplay(buildRecording(exchange))
    return {
      url: 'https://ecs.us-east-1.amazonaws.com/',
      [Symbol.asyncDispose]: async () => replay.stop(),
    }
  },
}

const PLACED = buildResponse(200, { tasks: [], failures: [{ reason: 'AGENT' }] })

for (const [adapter, open] of Object.entries(ADAPTERS)) {
  for (const vector of ALL_VECTORS) {
    const role = findRole(vector)
    if (role) testRole(vector, role, open, `through ${adapter}: ${vector.suite} ${vector.key}`)
  }
}

test.skipIf(!HAS_VECTORS)('finds cases to send', () => {
  expect(ALL_VECTORS.filter(findRole)).not.toEqual([])
})

function testRole(vector: Vector, role: Role, open: OpenAdapter, name: string): void {
  switch (role.run) {
    case 'framing':
      return testFraming(vector, open, name)
    case 'request':
      return testRequest(vector, role.repoint, open, name)
    case 'response':
      return testResponse(vector, role.repoint, open, name)
    case 'error':
      return testError(vector, open, name)
  }
}

function testFraming({ headers, uri, body, value }: Vector, open: OpenAdapter, name: string): void {
  const sent = {
    method: 'POST',
    headers: { ...headers, 'x-amz-target': TARGET },
    ...(body === undefined ? {} : { body }),
  }

  test(`answers the request as it is on the wire, ${name}`, async () => {
    await using adapter = await open(buildExchange(value, PLACED))
    const response = await fetch(new URL(uri, adapter.url), sent)
    expect([response.status, await response.json()]).toEqual([200, PLACED.body])
  })

  test(`does not take it for another request, ${name}`, async () => {
    await using adapter = await open(buildExchange({ ...value, group: 'another' }, PLACED))
    expect((await fetch(new URL(uri, adapter.url), sent)).status).toBe(400)
  })
}

function testRequest(
  { body, value }: Vector,
  repoint: Repoint,
  open: OpenAdapter,
  name: string,
): void {
  test(`answers what the SDK makes of the caller's value, ${name}`, async () => {
    await using adapter = await open(buildExchange(repoint(getMembers(body)), PLACED))
    expect(await send(adapter.url, repoint(value))).toEqual(PLACED.body)
  })

  if (body === '{}') return
  test(`does not take it for a request that says nothing, ${name}`, async () => {
    await using adapter = await open(buildExchange({}, PLACED))
    await expect(send(adapter.url, repoint(value))).rejects.toMatchObject({
      name: 'NoRecordingMatched',
    })
  })
}

function testResponse(
  { status, headers, body, value }: Vector,
  repoint: Repoint,
  open: OpenAdapter,
  name: string,
): void {
  const members = body === '' ? null : repoint(getMembers(body))
  const exchange = buildExchange(buildInput('a'), buildResponse(status, members, { headers }))

  test(`gives the SDK what the caller gets, ${name}`, async () => {
    await using adapter = await open(exchange)
    expect(await send(adapter.url, buildInput('a'))).toEqual(readAsSdk(repoint(value)))
  })

  test(`serves each digit and null as recorded, ${name}`, async () => {
    await using adapter = await open(exchange)
    const response = await fetch(adapter.url, {
      method: 'POST',
      headers: { 'x-amz-target': TARGET },
      body: JSON.stringify(buildInput('a')),
    })
    expect(response.headers.get('content-type')).toBe(
      headers['content-type'] ?? 'application/x-amz-json-1.1',
    )
    expect(formatCanonicalJson(parseBody(await response.text()))).toBe(formatCanonicalJson(members))
  })

  test(`lets the SDK read a request id of its own, ${name}`, async () => {
    await using adapter = await open(exchange)
    const { $metadata } = await createClient(adapter.url).send(createCommand(buildInput('a')))
    expect([$metadata.httpStatusCode, $metadata.requestId]).toEqual([
      status,
      expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/),
    ])
  })
}

/** Each error of the generic service stands for ClusterNotFoundException here. */
function testError(
  { status, headers, body, error }: Vector,
  open: OpenAdapter,
  name: string,
): void {
  const { name: generic, message } = { name: '', message: '', ...error }
  const rename = (text: string): string =>
    text.replaceAll(new RegExp(`\\b${generic}\\b`, 'g'), 'ClusterNotFoundException')
  const renamed = Object.fromEntries(
    Object.entries(headers).map(([header, value]) => [header, rename(value)]),
  )
  const response = buildResponse(status, body === undefined ? null : parseBody(rename(body)), {
    headers: renamed,
  })

  test(`gives the SDK an error of its own class, ${name}`, async () => {
    await using adapter = await open(buildExchange(buildInput('a'), response))
    const met: unknown = await send(adapter.url, buildInput('a')).catch((thrown: unknown) => thrown)
    expect(met).toBeInstanceOf(ClusterNotFoundException)
    expect(met).toMatchObject({
      message: message === '' ? 'UnknownError' : message,
      $metadata: { httpStatusCode: status },
    })
  })
}

function createClient(endpoint: string): ECSClient {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'none' }
  return new ECSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
}

/** A command of any input: the cases give what the types of StartTask would not let through. */
function createCommand(input: JsonObject): StartTaskCommand {
  const command: unknown = Reflect.construct(StartTaskCommand, [input])
  if (!(command instanceof StartTaskCommand))
    throw new Error('Reflect.construct made no StartTaskCommand.')
  return command
}

/** What the SDK gives its caller, without what it says of the way. */
async function send(endpoint: string, input: JsonObject): Promise<object> {
  const { $metadata: _, ...output } = await createClient(endpoint).send(createCommand(input))
  return output
}

function getMembers(body: string | undefined): JsonObject {
  const parsed = parseBody(body ?? '')
  return isObject(parsed) ? parsed : {}
}

/** A value as the SDK hands it on: epoch seconds as Date, and the double that is nearest to a long. */
function readAsSdk(value: unknown, member = ''): unknown {
  if (JSON.isRawJSON(value)) return Number(value.rawJSON)
  if (Array.isArray(value)) return value.map((item) => readAsSdk(item))
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, readAsSdk(inner, name)]),
    )
  return member.endsWith('At') && typeof value === 'number' ? new Date(value * 1000) : value
}
