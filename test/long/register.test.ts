import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { answerNothing, startUpstream, type Upstream } from '../recorder/upstream.ts'
import {
  buildMarked,
  listRecorded,
  makeFolder,
  PRELOADED_TREE,
  runChild,
  runPreloaded,
  writeRecording,
} from '../session/sessions.ts'

vi.setConfig({ testTimeout: 120_000 })

function startLive(): Promise<Upstream> {
  return startUpstream((_request, response) => answerNothing(response, 'live'))
}

function writeKnown(): string {
  return writeRecording(
    join(makeFolder(), 'all.json'),
    buildMarked('known', 'old'),
    buildMarked('other', 'old'),
  )
}

const THREE = 'begun\na 200\nb 200\nc 200\n'

test.concurrent.each([
  ['', 0, ''],
  ['exit', 3, ''],
  ['throw', 1, 'the app failed'],
])('records an app that ends so: "%s", and keeps its exit code', async (end, code, told) => {
  await using upstream = await startLive()
  const recordings = join(makeFolder(), 'all.json')
  const env = {
    STARTTASK_MODE: 'record',
    STARTTASK_RECORDINGS: recordings,
    STARTTASK_UPSTREAM: upstream.url,
  }
  const ended = await runPreloaded('app.ts', [upstream.url, end, 'a', 'b', 'c'], env)
  expect(ended).toMatchObject({ code, stdout: THREE })
  expect(ended.stderr).toContain(told)
  expect(ended.stderr).toContain(`starttask: recorded 3 exchanges in ${recordings}\n`)
  expect(listRecorded(recordings)).toEqual(['a 200 live', 'b 200 live', 'c 200 live'])
})

test.concurrent('replays to an app, keeps its exit code and says in one line what happened', async () => {
  await using upstream = await startLive()
  const recordings = writeKnown()
  const ended = await runPreloaded('app.ts', [upstream.url, 'exit', 'known', 'missed'], {
    STARTTASK_RECORDINGS: recordings,
  })
  expect(ended).toEqual({
    code: 3,
    stdout: 'begun\nknown 200\nmissed 400\n',
    stderr: `starttask: replayed 1 exchange of ${recordings}; 1 unused; 1 request was not recorded\n`,
  })
  expect(upstream.met).toHaveLength(0)
})

test.concurrent('says nothing when it shall be quiet', async () => {
  const env = { STARTTASK_RECORDINGS: writeKnown(), STARTTASK_QUIET: '1' }
  expect(await runPreloaded('app.ts', ['http://service.invalid', '', 'known'], env)).toEqual({
    code: 0,
    stdout: 'begun\nknown 200\n',
    stderr: '',
  })
})

test.concurrent.each(['app-of-requires.cjs', 'app-with-worker.ts'])('records %s', async (app) => {
  await using upstream = await startLive()
  const recordings = makeFolder()
  const env = {
    STARTTASK_MODE: 'record-missing',
    STARTTASK_OUT: recordings,
    STARTTASK_UPSTREAM: upstream.url,
  }
  const args = app.endsWith('.cjs') ? [upstream.url, 'a'] : [upstream.url, 'exit', 'a']
  const ended = await runPreloaded(app, args, env)
  expect(ended).toMatchObject({ code: 0 })
  expect(listRecorded(recordings)).toEqual(['a 200 live'])
})

test.concurrent.each(['all.json', 'folder'])(
  'records every process of a tree in one place (%s)',
  async (name) => {
    await using upstream = await startLive()
    const recordings = join(makeFolder(), name)
    const env = {
      ...PRELOADED_TREE,
      STARTTASK_MODE: 'record',
      STARTTASK_RECORDINGS: recordings,
      STARTTASK_UPSTREAM: upstream.url,
    }
    const ended = await runChild('app-tree.ts', [upstream.url, 'exit'], env)
    expect(ended).toEqual({
      code: 0,
      stdout: '',
      stderr: `starttask: recorded 0 exchanges in ${recordings}\n`,
    })
    expect(upstream.met).toHaveLength(8)
    const marks = ['a1', 'a2', 'b1', 'b2', 'c1', 'same', 'same', 'same']
    expect(listRecorded(recordings)).toEqual(marks.map((mark) => `${mark} 200 live`))
  },
)

test.concurrent('re-records by a tree: what no process recorded again is gone, and the rest is there once', async () => {
  await using upstream = await startLive()
  const recordings = writeRecording(
    join(makeFolder(), 'all.json'),
    buildMarked('a1', 'old'),
    buildMarked('gone', 'old'),
  )
  const env = {
    ...PRELOADED_TREE,
    STARTTASK_MODE: 're-record',
    STARTTASK_RECORDINGS: recordings,
    STARTTASK_UPSTREAM: upstream.url,
  }
  await runChild('app-tree.ts', [upstream.url, ''], env)
  const marks = ['a1', 'a2', 'b1', 'b2', 'c1', 'same', 'same', 'same']
  expect(listRecorded(recordings)).toEqual(marks.map((mark) => `${mark} 200 live`))
})

test.concurrent('means the same place in children that run in another folder', async () => {
  const folder = makeFolder()
  writeRecording(
    join(folder, 'all.json'),
    ...['a1', 'a2', 'b1', 'b2', 'c1', 'same'].map((name) => buildMarked(name, 'old')),
  )
  const env = { ...PRELOADED_TREE, STARTTASK_RECORDINGS: 'all.json' }
  const ended = await runChild('app-tree.ts', ['http://service.invalid', ''], env, [], folder)
  expect(ended.stderr).toBe(
    `starttask: replayed 0 exchanges of ${join(folder, 'all.json')}; 6 unused\n`,
  )
})

test.concurrent.each([
  ['as recorded', 'old', 0, 'no difference'],
  ['otherwise', 'MISSING', 1, '#1 /response/body/failures/0/reason: recorded MISSING, live AGENT'],
  ['nowhere', undefined, 1, '1 request was not recorded'],
])('ends the check of a live service that answers %s', async (_how, recorded, code, told) => {
  await using upstream = await startLive()
  const missing = {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: { tasks: [], failures: [{ arn: 'a', reason: 'MISSING' }] },
  }
  const exchange = buildMarked(
    recorded === undefined ? 'other' : 'a',
    recorded === 'MISSING' ? missing : 'old',
  )
  const recordings = writeRecording(join(makeFolder(), 'all.json'), exchange)
  const env = {
    STARTTASK_MODE: 'verify-live',
    STARTTASK_RECORDINGS: recordings,
    STARTTASK_UPSTREAM: upstream.url,
  }
  const ended = await runPreloaded('app.ts', [upstream.url, '', 'a'], env)
  expect(ended).toMatchObject({ code, stdout: 'begun\na 200\n' })
  expect(ended.stderr).toContain(told)
  expect(listRecorded(recordings)).toHaveLength(1)
})

test.concurrent('checks the last response before a process that exits at once', async () => {
  await using upstream = await startLive()
  const rejected = { status: 400, headers: {}, body: { __type: 'ClusterNotFoundException' } }
  const recordings = writeRecording(join(makeFolder(), 'all.json'), buildMarked('a', rejected))
  const env = {
    STARTTASK_MODE: 'verify-live',
    STARTTASK_RECORDINGS: recordings,
    STARTTASK_UPSTREAM: upstream.url,
  }
  const ended = await runPreloaded('app-of-requires.cjs', [upstream.url, 'a'], env)
  expect(ended).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('/response: recorded rejected, live unplaced'),
  })
})

/** Set-ups with which an app would run other than its user means. */
const WRONG: Record<string, NodeJS.ProcessEnv> = {
  'no recordings named': {},
  'no recordings there': { STARTTASK_RECORDINGS: '/nowhere/all.json', CI: 'true' },
  'an unknown mode': { STARTTASK_MODE: 'live' },
  'no place to record': { STARTTASK_MODE: 'record', STARTTASK_UPSTREAM: 'http://127.0.0.1:1' },
  'no upstream': { STARTTASK_MODE: 'record', STARTTASK_OUT: '/tmp/all.json' },
  'an operation that is never recorded': {
    STARTTASK_MODE: 'record',
    STARTTASK_OUT: '/tmp/all.json',
    STARTTASK_UPSTREAM: 'http://127.0.0.1:1',
    STARTTASK_ALLOW: 'RunTask, ExecuteCommand',
  },
  'a configuration file that is not there': {
    STARTTASK_MODE: 'record',
    STARTTASK_OUT: '/tmp/all.json',
    STARTTASK_UPSTREAM: 'http://127.0.0.1:1',
    STARTTASK_CONFIG: '/nowhere/rules.json',
  },
}

test.concurrent.each(Object.entries(WRONG))(
  'ends with 2 before the app begins: %s',
  async (_what, env) => {
    const ended = await runPreloaded('app.ts', ['http://127.0.0.1:1', '', 'a'], env)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^starttask: \S.*\n {2}(place|remedy)|^starttask: .*Leave it out/)
    expect(ended.stderr).not.toContain('    at ')
  },
)

test.concurrent('does nothing at all when it is off', async () => {
  await using upstream = await startLive()
  const ended = await runPreloaded('app.ts', [upstream.url, 'exit', 'a'], { STARTTASK_MODE: 'off' })
  expect(ended).toEqual({ code: 3, stdout: 'begun\na 200\n', stderr: '' })
  expect(upstream.met).toHaveLength(1)
})
