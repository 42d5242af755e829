import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { isTransportFailure, type Recording } from '../../src/protocol/index.ts'
import { createRedaction } from '../../src/redaction/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'
import {
  createReplayer,
  type Recordings,
  type Replayer,
  type ReplayOptions,
} from '../../src/replayer/engine/index.ts'
import {
  buildResponse,
  buildExchange,
  buildRecording,
  STARTED,
  TARGET,
} from './recorded-exchanges.ts'

async function ask(
  replayer: Replayer,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const response = await replayer.respond({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': TARGET, ...headers },
    body: bytes,
  })
  if (isTransportFailure(response)) return response.failure
  const parsed: unknown = JSON.parse(Buffer.from(response.body).toString())
  return typeof parsed === 'object' && parsed !== null && 'index' in parsed
    ? `#${String(parsed.index)}`
    : String(response.status)
}

const numbered = (...bodies: unknown[]): Recording =>
  buildRecording(
    ...bodies.map((body, index) => buildExchange(body, buildResponse(200, { index: index + 1 }))),
  )

test('knows bytes again that it has met, and still plays in order', async () => {
  const replayer = createReplayer(numbered({ a: 1 }, { a: 1 }, { a: 2 }))
  expect(await ask(replayer, '{"a":1}')).toBe('#1')
  expect(await ask(replayer, '{"a":1}')).toBe('#2')
  expect(await ask(replayer, '{"a":2}')).toBe('#3')
  expect(await ask(replayer, '{"a":1}')).toBe('400')
})

test('takes the same bytes of another operation for another request', async () => {
  const replayer = createReplayer(numbered({ a: 1 }), { afterLast: 'repeat' })
  expect(await ask(replayer, '{"a":1}')).toBe('#1')
  expect(
    await ask(replayer, '{"a":1}', { 'x-amz-target': TARGET.replace('StartTask', 'ListTasks') }),
  ).toBe('400')
})

test('takes the same bytes with a credential in them for another request under another credential', async () => {
  const token = 'wonderful-' + 'morning'
  const replayer = createReplayer(numbered({ group: token }), { afterLast: 'repeat' })
  const responses = []
  for (const sent of ['another-' + 'token', token, 'another-' + 'token'])
    responses.push(await ask(replayer, { group: token }, { 'x-amz-security-token': sent }))
  expect(responses).toEqual(['#1', '400', '#1'])
})

test.each<[string, ReplayOptions['match'], unknown, unknown, string]>([
  [
    'a loosened place whose number differs',
    { loosen: ['/startedBy'] },
    { startedBy: 'run-1' },
    { startedBy: 'run-22' },
    '#1',
  ],
  [
    'a loosened place whose words differ',
    { loosen: ['/startedBy'] },
    { startedBy: 'run-1' },
    { startedBy: 'job-1' },
    '400',
  ],
  [
    'a loosened place that is missing',
    { loosen: ['/startedBy'] },
    { startedBy: 'run-1' },
    {},
    '400',
  ],
  [
    'a group that is the default',
    {},
    { taskDefinition: 'web:3' },
    { taskDefinition: 'web:3', group: 'family:web' },
    '#1',
  ],
  [
    'a group that is another',
    {},
    { taskDefinition: 'web:3' },
    { taskDefinition: 'web:3', group: 'family:db' },
    '400',
  ],
])('decides by match options: %s', async (_what, match, recorded, sent, expected) => {
  expect(await ask(createReplayer(numbered(recorded), { match: match ?? {} }), sent)).toBe(expected)
})

test('compares environment values when asked to, where the configuration keeps them', async () => {
  const keep = ['/overrides/containerOverrides/*/environment/*/value']
  const config = join(mkdtempSync(join(tmpdir(), 'starttask-config-')), 'starttask.config.json')
  writeFileSync(config, JSON.stringify({ keep }))
  const build = (value: string) => ({
    overrides: { containerOverrides: [{ name: 'web', environment: [{ name: 'MODE', value }] }] },
  })
  const exchange = createRedaction({ keep }).redactExchange(
    buildExchange(build('fast'), buildResponse(200, { index: 1 })),
  )
  const options: ReplayOptions = { config, afterLast: 'repeat', match: { environment: 'values' } }
  expect(await ask(createReplayer(buildRecording(exchange), options), build('fast'))).toBe('#1')
  expect(await ask(createReplayer(buildRecording(exchange), options), build('slow'))).toBe('400')
  expect(await ask(createReplayer(buildRecording(exchange), { config }), build('slow'))).toBe('#1')
})

test('explains a match without playing it', async () => {
  const replayer = createReplayer(numbered({ a: 1 }, { a: 1 }))
  const request = { method: 'POST', url: '/', headers: { 'x-amz-target': TARGET }, body: '{"a":1}' }
  expect(await replayer.explain(request)).toMatchObject({
    matched: true,
    places: [{ exchange: 1 }, { exchange: 2 }],
  })
  expect(replayer.used()).toEqual([])
  await replayer.respond(request)
  expect(await replayer.explain(request)).toMatchObject({
    message: expect.stringContaining('next       recording 1 #2'),
  })
  await replayer.respond(request)
  expect(await replayer.explain(request)).toMatchObject({
    matched: false,
    miss: { phase: 'exhausted' },
  })
})

test('finds the closest of thousands of requests without delaying others', async () => {
  const bodies = Array.from({ length: 3000 }, (_, index) => ({
    taskDefinition: 'web',
    containerInstances: ['a'],
    startedBy: `run ${index}`,
  }))
  const replayer = createReplayer(numbered(...bodies))
  const order: string[] = []
  const missed = ask(replayer, { ...bodies[2999], group: 'x' }).then(() => order.push('miss'))
  const played = ask(replayer, bodies[0]).then(() => order.push('hit'))
  await Promise.all([missed, played])
  expect(order).toEqual(['hit', 'miss'])
  expect(replayer.unmatched()).toMatchObject([
    { message: expect.stringContaining('recording 1 #3000, 1 difference') },
  ])
})

test.each([
  [{ session: '' }, 'session'],
  [{ session: { by: 'cookie' } }, 'session'],
  [{ clock: {} }, 'clock'],
  [{ onMiss: 'x' }, 'onMiss'],
  [{ attempts: 'all' }, 'attempts'],
  [{ match: { loosen: ['startedBy'] } }, 'loosen'],
  [{ fault: [] }, 'fault'],
  [{ echo: 'all' }, 'echo'],
])('refuses the option %o', (options: object, name) => {
  expect(() => createReplayer(buildRecording(STARTED), options)).toThrow(name)
})

/** A recording large enough for an index, in a file, with a cache of its own. */
function writeLarge(edit = (text: string) => text): {
  path: string
  cache: string
  recording: Recording
} {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-large-'))
  const bodies = Array.from({ length: 1500 }, (_, index) => ({
    taskDefinition: 'web',
    startedBy: `run ${index} {\n    }\n`,
    text: 'é'.repeat(300),
  }))
  const recording = numbered(...bodies)
  const path = join(folder, 'large.json')
  writeFileSync(path, edit(formatUnredacted(recording)))
  return { path, cache: join(folder, 'cache'), recording }
}

/** Whatever was written a moment ago is not kept: to the index the file is older. */
function openLater(recordings: Recordings, cache: string): Replayer {
  vi.stubEnv('XDG_CACHE_HOME', cache)
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000)
  try {
    return createReplayer(recordings)
  } finally {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  }
}

const listCache = (cache: string) => readdirSync(join(cache, 'starttask-harness'))

test('keeps an index of a large recording, answers the same with it, and leaves the file alone', async () => {
  const { path, cache, recording } = writeLarge()
  const before = readFileSync(path)
  const ways = [createReplayer(recording), openLater(path, cache), openLater(path, cache)]
  expect(listCache(cache)).toHaveLength(1)
  for (const index of [0, 700, 1499]) {
    const body = recording.exchanges[index]?.request.body
    for (const way of ways) expect(await ask(way, body)).toBe(`#${index + 1}`)
  }
  const missed = { taskDefinition: 'web', startedBy: 'run 800 {\n    }\n', text: 'other' }
  for (const way of ways) await ask(way, missed)
  expect(ways[2]?.unmatched()).toMatchObject([
    { message: expect.stringContaining(`${path} #801, 1 difference: /text`) },
  ])
  expect(readFileSync(path)).toEqual(before)
})

test('holds nothing in its index of what was recorded', () => {
  const { path, cache } = writeLarge()
  openLater(path, cache)
  const text = listCache(cache)
    .map((name) => readFileSync(join(cache, 'starttask-harness', name), 'utf8'))
    .join('')
  expect(text).not.toMatch(/run \d|web|large\.json/)
})

test('makes a new index of a recording that has changed', async () => {
  const { path, cache, recording } = writeLarge()
  openLater(path, cache)
  const changed = parseRecording(
    formatUnredacted({ ...recording, exchanges: recording.exchanges.toReversed() }),
  )
  writeFileSync(path, formatUnredacted(changed))
  expect(await ask(openLater(path, cache), recording.exchanges[0]?.request.body)).toBe('#1')
})

test('says that a recording has changed while it was replayed, and serves nothing wrong', async () => {
  const { path, cache, recording } = writeLarge()
  openLater(path, cache)
  const replayer = openLater(path, cache)
  writeFileSync(path, formatUnredacted(recording).replaceAll('"index": 2', '"index": 9'))
  expect(await ask(replayer, recording.exchanges[1]?.request.body)).toBe('400')
})

test.each([
  ['a damaged index', () => '{"format":"starttask-index"'],
  [
    'an index of another file',
    (text: string) => text.replace(/"stamp":"[^"]*"/, '"stamp":"0 0 0 0 0"'),
  ],
])('reads the recording itself beside %s', async (_what, damage) => {
  const { path, cache, recording } = writeLarge()
  openLater(path, cache)
  const [name = ''] = listCache(cache)
  const place = join(cache, 'starttask-harness', name)
  writeFileSync(place, damage(readFileSync(place, 'utf8')))
  expect(await ask(openLater(path, cache), recording.exchanges[3]?.request.body)).toBe('#4')
})

test('makes no index of a file that is written in another form, and reads it', async () => {
  const { path, cache, recording } = writeLarge((text) =>
    JSON.stringify(JSON.parse(text), undefined, 1),
  )
  expect(await ask(openLater(path, cache), recording.exchanges[3]?.request.body)).toBe('#4')
  expect(() => listCache(cache)).toThrow('ENOENT')
})

test('says what is wrong with a large file that is no recording, as with a small one', () => {
  const { path, cache } = writeLarge((text) => text.replace('"version": 1', '"version": 2'))
  expect(() => openLater(path, cache)).toThrow('format version 2')
})
