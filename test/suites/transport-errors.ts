import { setTimeout } from 'node:timers/promises'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import type { Recording, TransportFailure } from '../../src/protocol/index.ts'
import { buildExchange, buildInput, buildRecording } from '../replayer/recorded-exchanges.ts'
import { beginRaw, type ClientName, readCode, sendRaw, type Way } from './adapter-clients.ts'

/** The clients whose errors are compared: they give the code of Node.js, as it is or as the cause. */
type ComparedClient = Extract<ClientName, 'SDK v3' | 'fetch' | 'node:https'>
const COMPARED: readonly ComparedClient[] = ['SDK v3', 'fetch', 'node:https']

/** What clients of an adapter meet instead of what the table says. */
export interface ErrorDeviation {
  /** Without it, all of them. */
  clients?: readonly ComparedClient[]
  /** Without it, all of them. */
  failures?: readonly TransportFailure['failure'][]
  /** The code that they meet, or `waits` for no error at all. */
  code?: string
  /** The name of the error. */
  name?: string
  reason: string
}

export interface FailingAdapter {
  open: (recording: Recording) => Promise<Way & AsyncDisposable>
  clients: readonly ClientName[]
  errors: readonly ErrorDeviation[]
}

/** A transport failure as it is recorded, and the code that its error has. */
type CodeRow = [failure: TransportFailure, code: string]

const CODES: readonly CodeRow[] = [
  [{ failure: 'refused' }, 'ECONNREFUSED'],
  [{ failure: 'refused', code: 'ECONNREFUSED' }, 'ECONNREFUSED'],
  [{ failure: 'reset' }, 'ECONNRESET'],
  [{ failure: 'reset', code: 'ECONNRESET' }, 'ECONNRESET'],
  [{ failure: 'reset', code: 'EPIPE' }, 'EPIPE'],
  [{ failure: 'timeout' }, 'ETIMEDOUT'],
  [{ failure: 'timeout', code: 'UND_ERR_HEADERS_TIMEOUT' }, 'UND_ERR_HEADERS_TIMEOUT'],
  [{ failure: 'truncated' }, 'ECONNRESET'],
  [{ failure: 'truncated', code: 'ECONNRESET' }, 'ECONNRESET'],
  [{ failure: 'other' }, 'ECONNRESET'],
  [{ failure: 'other', code: 'HTTP_STATUS_999' }, 'HTTP_STATUS_999'],
]

/** Compares what clients meet of each transport failure: the name of the error, and its code or the code of its cause. */
export function testTransportErrors(adapter: FailingAdapter): void {
  for (const client of COMPARED.filter((one) => adapter.clients.includes(one)))
    for (const row of CODES) testTransportError(adapter, client, row)
  for (const client of COMPARED.filter((one) => adapter.clients.includes(one)))
    if (client !== 'SDK v3') testTruncatedResponse(adapter, client)
}

/** The SDK hides the response from its user; the others have the status before the body breaks off. */
function testTruncatedResponse({ open }: FailingAdapter, client: 'fetch' | 'node:https'): void {
  test(`${client} meets the status of a truncated response before its body breaks off`, async () => {
    const truncated = buildExchange(buildInput('a'), { failure: 'truncated' })
    await using way = await open(buildRecording(truncated))
    const { status, body } = await beginRaw(client, way, buildInput('a'))
    expect(status).toBe(200)
    await expect(body()).rejects.toThrow(Error)
  })
}

function testTransportError(
  { open, errors }: FailingAdapter,
  client: ComparedClient,
  [failure, code]: CodeRow,
): void {
  const deviations = errors.filter(
    ({ clients, failures }) =>
      (clients?.includes(client) ?? true) && (failures?.includes(failure.failure) ?? true),
  )
  const met = deviations.find((one) => one.code !== undefined)?.code ?? code
  const name = deviations.find((one) => one.name !== undefined)?.name
  const expected = met === 'waits' ? met : `${name ?? nameError(client, failure, met)} ${met}`
  const recorded = [failure.failure, failure.code ?? 'without a code'].join(' ')
  const why = deviations.map(({ reason }) => `; DEVIATION: ${reason}`).join('')

  test(`${client} meets the recorded failure ${recorded} as ${expected}${why}`, async () => {
    await using way = await open(buildRecording(buildExchange(buildInput('a'), failure)))
    const patience = met === 'waits' ? setTimeout(50, 'waits', { ref: false }) : []
    const error = describeError(client, way)
    expect(await (met === 'waits' ? Promise.race([error, patience]) : error)).toBe(expected)
  })
}

/** The SDK's handler for Node.js names the errors that make the SDK retry `TimeoutError`, but not those within a body. */
function nameError(client: ComparedClient, { failure }: TransportFailure, code: string): string {
  if (client === 'fetch') return 'TypeError'
  const isRenamed =
    client === 'SDK v3' &&
    failure !== 'truncated' &&
    ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code)
  return isRenamed ? 'TimeoutError' : 'Error'
}

async function describeError(client: ComparedClient, way: Way): Promise<string> {
  try {
    if (client === 'SDK v3') await sendOnce(way)
    else await sendRaw(client, way, buildInput('a'))
    return 'no error'
  } catch (error) {
    return error instanceof Error ? `${error.name} ${readCode(error)}` : 'no error'
  }
}

/** An SDK client that does not retry. */
function sendOnce({ url, client }: Way): Promise<unknown> {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'none' }
  return new ECSClient({
    endpoint: url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    ...client,
  }).send(new StartTaskCommand(buildInput('a')))
}
