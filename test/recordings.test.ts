import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

import { ENVIRONMENT_VALUE } from '../scripts/recordings/plan.ts'
import { checkExchange, readOutcome } from '../src/contract/index.ts'
import {
  type Exchange,
  isObject,
  isTransportFailure,
  parseBody,
  type RecordedResponse,
  type TransportFailure,
  type WireResponse,
} from '../src/protocol/index.ts'
import { listRecordingFiles, parseRecording } from '../src/recording/index.ts'
import { formatUnredacted } from './suites/unredacted.ts'
import { REDACTED } from '../src/redaction/index.ts'
import { createReplayer, type Replayer } from '../src/replayer/engine/index.ts'

const FOLDER = join(import.meta.dirname, '../recordings')
const SCANNER = join(import.meta.dirname, 'secrets/scan.py')
const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0
const OUTCOMES = ['started', 'partial', 'unplaced', 'rejected']

/** Recordings whose last response is no AWS JSON, with why they stand where they stand. */
const UNREADABLE: Readonly<Record<string, string>> = {
  'rejected/moto-unknown-instance-html-500.json':
    'moto answers an unknown container instance with an HTML page and HTTP 500',
}

/** Incidents end as they end. */
const INCIDENTS = 'incidents'

const SHIPPED = listRecordingFiles(FOLDER).map((path) => {
  const text = readFileSync(path, 'utf8')
  return {
    name: relative(FOLDER, path).split(sep).join('/'),
    path,
    text,
    recording: parseRecording(text, path),
  }
})

test('ships a recording of every outcome', () => {
  expect([...new Set(SHIPPED.map(({ name }) => dirname(name)))].toSorted()).toEqual(
    [...OUTCOMES, INCIDENTS].toSorted(),
  )
})

test.each(SHIPPED)('$name is canonical', ({ text, recording }) => {
  expect(formatUnredacted(recording)).toBe(text)
})

test.each(SHIPPED)('$name conforms but for the departures that it names', ({ recording }) => {
  const errors = recording.exchanges
    .flatMap(checkExchange)
    .filter(({ severity }) => severity === 'error')
  const named = recording.provenance['departures'] ?? []
  expect(errors.filter(({ pointer }) => pointer.startsWith('/request'))).toEqual([])
  expect([...new Set(errors.map(({ rule }) => rule))].toSorted()).toEqual(named)
})

const OF_INCIDENTS = SHIPPED.filter(({ name }) => dirname(name) === INCIDENTS)
const OF_OUTCOMES = SHIPPED.filter(({ name }) => dirname(name) !== INCIDENTS)

test.each(OF_INCIDENTS)('$name says that it is composed, and from what', ({ recording }) => {
  expect(recording.provenance).toMatchObject({
    source: 'composed',
    scenario: expect.stringMatching(/./),
    composedFrom: expect.arrayContaining([expect.stringMatching(/Amazon ECS/)]),
    note: expect.stringMatching(/not from any account/),
  })
})

test.each(OF_OUTCOMES)('$name says where it comes from', ({ recording }) => {
  expect(recording.provenance).toMatchObject({
    source: expect.stringMatching(/./),
    client: expect.stringMatching(/\//),
    note: expect.stringMatching(/not /),
  })
})

test.each(OF_OUTCOMES)('$name lies in the folder of its outcome', ({ name, recording }) => {
  const response = recording.exchanges.at(-1)?.response
  if (!response || isTransportFailure(response)) throw new Error(`${name} ends without a response.`)
  const { kind } = readOutcome({
    ...response,
    body: response.bodyText ?? JSON.stringify(response.body),
  })
  expect(kind).toBe(name in UNREADABLE ? 'unreadable' : dirname(name))
})

test.each(SHIPPED)('$name holds no environment value and no account', ({ text, recording }) => {
  expect(text).not.toContain(ENVIRONMENT_VALUE)
  expect(findEnvironmentValues(recording.exchanges).filter((value) => value !== REDACTED)).toEqual(
    [],
  )
  expect(text.match(/(?<![\da-f-])(?!0000)\d{12}(?![\da-f])/g)).toBeNull()
})

test('redacts an environment value that was sent, so that redaction is seen to work', () => {
  expect(
    SHIPPED.filter(({ recording }) => findEnvironmentValues(recording.exchanges).length > 0).length,
  ).toBeGreaterThan(0)
})

test.skipIf(!HAS_PYTHON)(
  'holds no secret that a scanner of another make finds (needs python3)',
  async () => {
    await expect(promisify(execFile)('python3', [SCANNER, FOLDER])).resolves.toBeDefined()
  },
)

test.each(SHIPPED)(
  '$name is replayed as recorded, attempt after attempt',
  async ({ recording }) => {
    const replayer = createReplayer(recording)
    for (const { request, response } of recording.exchanges) {
      expect(readServed(await send(replayer, JSON.stringify(request.body)))).toEqual(
        readRecorded(response),
      )
    }
    expect(replayer.unused()).toEqual([])
  },
)

test.each(SHIPPED)(
  '$name answers its request in another layout, account and region',
  async ({ recording }) => {
    const replayer = createReplayer(recording)
    for (const { request, response } of recording.exchanges) {
      expect(readServed(await send(replayer, rewrite(request.body)))).toEqual(
        readRecorded(response),
      )
    }
  },
)

test('answers a request that names all by ARNs of another account and region', () => {
  const bodies = SHIPPED.flatMap(({ recording }) =>
    recording.exchanges.map(({ request }) => rewrite(request.body)),
  )
  expect(bodies.some((body) => body.includes('arn:aws:ecs:eu-west-3:999999999999:'))).toBe(true)
})

test('replays the whole folder at once: no recording takes the request of another', async () => {
  const replayer = createReplayer(FOLDER)
  for (const { request, response } of SHIPPED.flatMap(({ recording }) => recording.exchanges)) {
    expect(readServed(await send(replayer, JSON.stringify(request.body)))).toEqual(
      readRecorded(response),
    )
  }
  expect(replayer.unused()).toEqual([])
})

function findEnvironmentValues(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(findEnvironmentValues)
  if (!isObject(value)) return []
  const environment = value['environment']
  const own = Array.isArray(environment)
    ? environment.filter(isObject).map((entry) => entry['value'])
    : []
  return [...own, ...Object.values(value).flatMap(findEnvironmentValues)]
}

function send(replayer: Replayer, body: string): ReturnType<Replayer['respond']> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
  }
  return replayer.respond({ method: 'POST', url: '/', headers, body })
}

function readServed(response: WireResponse | TransportFailure): { status: number; body: unknown } {
  if (isTransportFailure(response))
    throw new Error(`A transport failure was served: ${response.failure}.`)
  const isJson = response.headers['content-type']?.includes('json')
  return {
    status: response.status,
    body: isJson ? parseBody(response.body) : String(response.body),
  }
}

function readRecorded(response: RecordedResponse | Exchange['response']): {
  status: number
  body: unknown
} {
  if (isTransportFailure(response))
    throw new Error('This recording has a transport failure; no test here expects one.')
  return { status: response.status, body: response.bodyText ?? response.body }
}

/** The same request as another client of another account might send it: members the other way round, spaces, another ARN prefix. */
function rewrite(body: unknown): string {
  return JSON.stringify(reverseMembers(body), undefined, 3).replaceAll(
    /arn:aws:ecs:us-east-1:\d{12}:/g,
    'arn:aws:ecs:eu-west-3:999999999999:',
  )
}

function reverseMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseMembers)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reverseMembers(member)]),
  )
}
