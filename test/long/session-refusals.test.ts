import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { createPseudonyms } from '../../src/redaction/index.ts'
import { type SessionOptions, startSession } from '../../src/session/index.ts'
import { answerJson, answerNothing, startUpstream } from '../recorder/upstream.ts'
import { mark } from '../session/marks.ts'
import {
  buildMarked,
  listRecorded,
  makeFolder,
  runSession,
  runTrapped,
  writeRecording,
} from '../session/sessions.ts'

vi.setConfig({ testTimeout: 30_000 })

const LIVE = ['record', 'record-missing', 're-record', 'verify-live'] as const
const UPSTREAM = 'http://service.invalid'

function writeOne(): string {
  return writeRecording(join(makeFolder(), 'all.json'), buildMarked('known', 'old'))
}

test.each(LIVE)('begins the mode %s only with an upstream that is named', (mode) => {
  const begin = () => startSession({ recordings: writeOne(), mode, upstream: '' })
  expect(begin).toThrow(
    expect.objectContaining({
      code: 'upstream-required',
      message: expect.stringContaining('STARTTASK_UPSTREAM'),
    }),
  )
})

test.concurrent.each(LIVE)(
  'sends nothing in the mode %s to another service than the one that is named',
  async (mode) => {
    await using upstream = await startUpstream((_request, response) => answerNothing(response))
    const options = { recordings: writeOne(), mode, upstream: UPSTREAM }
    const { met, report } = await runSession({
      options,
      url: upstream.url,
      waves: [[mark('new')], [mark('new', 'sdk')]],
    })
    expect(met).toEqual([400, 'UpstreamNotNamed'])
    expect(report).toMatchObject({ refused: 2, recorded: 0, lost: 0, written: [] })
    expect(upstream.met).toHaveLength(0)
  },
)

/** Bodies that only a recording can have; the last one writes a pseudonym with an escape. */
const PSEUDONYMS = [
  JSON.stringify({
    cluster: `arn:aws:ecs:us-east-1:${createPseudonyms(undefined).choose('account', '123456789012')}:cluster/default`,
  }),
  JSON.stringify({
    overrides: { containerOverrides: [{ environment: [{ name: 'A', value: '(redacted)' }] }] },
  }),
  JSON.stringify({ startedBy: '198.18.4.7' }),
  String.raw`{"startedBy":"\u0028redacted)"}`,
]

test.concurrent.each(LIVE)('sends no body that holds a pseudonym, in the mode %s', async (mode) => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const options = { recordings: writeOne(), mode, upstream: upstream.url }
  const waves = [PSEUDONYMS.map((text) => ({ client: 'raw' as const, text }))]
  const { met, report } = await runSession({ options, url: upstream.url, waves })
  expect(met).toEqual(PSEUDONYMS.map(() => 'PseudonymNotSent'))
  expect(report).toMatchObject({ refused: PSEUDONYMS.length, recorded: 0, verified: 0 })
  expect(upstream.met).toHaveLength(0)
})

test.concurrent('replays requests that hold pseudonyms, for which recordings are there', async () => {
  const recordings = writeRecording(
    join(makeFolder(), 'all.json'),
    buildMarked('198.18.4.7', 'old'),
  )
  const { met } = await runSession({
    options: { recordings },
    url: UPSTREAM,
    waves: [[mark('198.18.4.7')]],
  })
  expect(met).toEqual([200])
})

test.concurrent('opens no connection while it replays, and asks for no name, hit, failure or miss', async () => {
  const failed = { failure: 'refused', code: 'ECONNREFUSED' } as const
  const exchanges = ['http', 'fetch', 'sdk'].flatMap((name) => [
    buildMarked(name, failed),
    buildMarked(name, 'old'),
  ])
  const options = { recordings: writeRecording(join(makeFolder(), 'all.json'), ...exchanges) }
  const wave = (['http', 'fetch', 'sdk'] as const).map((client) => mark(client, client))
  const waves = [wave, wave, wave, [{ client: 'raw' as const, text: 'no JSON' }]]
  const { report, tried } = await runTrapped({
    options,
    url: 'http://ecs.us-east-1.amazonaws.com/',
    waves,
  })
  const misses = [400, 400, 'NoRecordingMatched', 'NoRecordingMatched']
  expect(report.met).toEqual([
    'ECONNREFUSED',
    'ECONNREFUSED',
    200,
    200,
    200,
    'NoRecordingMatched',
    ...misses,
  ])
  expect(tried).toEqual([])
})

/** Another operation, other letters, another version, and a target that names no operation. */
const TARGETS = [
  'AmazonEC2ContainerServiceV20141113.RunTask',
  'amazonec2containerserviceV20141113.StartTask',
  'AmazonEC2ContainerServiceV20990101.StartTask',
  'AmazonEC2ContainerServiceV20141113',
]

test.concurrent('lets no request out whose target names ECS, while it replays', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const waves = [
    TARGETS.map((target) => ({
      client: 'fetch' as const,
      body: {},
      headers: { 'x-amz-target': target },
    })),
  ]
  const { met, report } = await runSession({
    options: { recordings: writeOne() },
    url: upstream.url,
    waves,
  })
  expect(met).toEqual(TARGETS.map(() => 400))
  expect(report).toMatchObject({ missed: TARGETS.length })
  expect(upstream.met).toHaveLength(0)
})

test.concurrent('leaves requests to other services alone', async () => {
  await using upstream = await startUpstream((_request, response) => answerJson(response, 200, {}))
  const waves = [
    [
      {
        client: 'fetch' as const,
        body: {},
        headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      },
    ],
  ]
  const { met } = await runSession({
    options: { recordings: writeOne() },
    url: upstream.url,
    waves,
  })
  expect(met).toEqual([200])
  expect(upstream.met).toHaveLength(1)
})

test.concurrent.each([
  'ecs.us-east-1.amazonaws.com',
  'ecs-fips.us-gov-west-1.amazonaws.com',
  'vpce-1a2b.ecs.cn-north-1.vpce.amazonaws.com.cn',
  'ecs.eu-central-1.api.aws',
])('answers %s from recordings, whatever the target', async (host) => {
  const waves = [[{ client: 'fetch' as const, body: {}, headers: { 'x-amz-target': 'none' } }]]
  const { met } = await runSession({
    options: { recordings: writeOne() },
    url: `https://${host}/`,
    waves,
  })
  expect(met).toEqual([400])
})

test.concurrent('replays by default, in CI too', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const plan = {
    options: { recordings: writeOne(), upstream: upstream.url },
    url: upstream.url,
    waves: [[mark('known')]],
  }
  expect((await runSession(plan)).report).toMatchObject({ mode: 'replay', replayed: 1 })
  expect((await runSession(plan, { CI: 'true' })).report).toMatchObject({
    mode: 'replay',
    replayed: 1,
  })
  expect((await runSession(plan, { CI: 'true', STARTTASK_MODE: '' })).report).toMatchObject({
    mode: 'replay',
    replayed: 1,
  })
  expect(upstream.met).toHaveLength(0)
})

test.concurrent('takes mode and upstream from variables, also in CI', async () => {
  await using upstream = await startUpstream((_request, response) =>
    answerNothing(response, 'live'),
  )
  const recordings = join(makeFolder(), 'all.json')
  const env = { CI: 'true', STARTTASK_MODE: 'record', STARTTASK_UPSTREAM: upstream.url }
  const { report } = await runSession(
    { options: { recordings }, url: upstream.url, waves: [[mark('new')]] },
    env,
  )
  expect(report).toMatchObject({ mode: 'record', recorded: 1 })
  expect(listRecorded(recordings)).toEqual(['new 200 live'])
})

test.concurrent.each(['missing.json', 'empty'])(
  'begins no replay where nothing is recorded, and says how to record (%s)',
  async (name) => {
    const recordings = join(makeFolder(), name)
    if (name === 'empty') mkdirSync(recordings)
    const { error, met } = await runSession(
      { options: { recordings }, url: UPSTREAM, waves: [[mark('known')]] },
      { CI: 'true' },
    )
    expect(met).toEqual([])
    expect(error?.code).toMatch(/^(not-found|recording-invalid)$/)
    expect(error?.message).toContain(
      `STARTTASK_MODE=record STARTTASK_RECORDINGS=${recordings} STARTTASK_UPSTREAM=URL`,
    )
  },
)

test.each(['replay', ...LIVE] as const)(
  'begins nothing in the mode %s on a file that is no recording',
  (mode) => {
    const recordings = join(makeFolder(), 'all.json')
    writeFileSync(recordings, '{"name":"a package"}')
    const begin = () => startSession({ recordings, mode, upstream: UPSTREAM })
    expect(begin).toThrow(expect.objectContaining({ code: 'recording-invalid' }))
  },
)

test.each([
  [{ mode: 'reply' }, 'Did you mean replay?'],
  [{ mode: 'playback' }, 'replay, record, record-missing, re-record, verify-live, off'],
  [{ mode: 'lockdown' }, 'Use replay'],
  [{ mode: 'off', record: true }, 'record'],
  [{ recordings: '' }, 'recordings'],
  [{ recordings: ['a.json'] }, 'recordings'],
  [{ mode: 'record', upstream: 'ecs.us-east-1.amazonaws.com' }, 'https'],
  [{ mode: 'record', upstream: 'https://user:word@ecs.us-east-1.amazonaws.com' }, 'https'],
  [{ mode: 'record', upstream: UPSTREAM, allow: ['ExecuteCommand'] }, 'ExecuteCommand'],
  [{ mode: 'record', upstream: UPSTREAM, allow: 'RunTask' }, 'allow'],
  [{ replay: { afterlast: 'repeat' } }, 'afterlast'],
])('refuses the options %j', (options, part) => {
  // what a caller without types may pass
  const begin = () => startSession({ recordings: writeOne(), ...options } as SessionOptions)
  expect(begin).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(part) }),
  )
})
