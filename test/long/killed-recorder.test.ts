import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { START_TASK_TARGET } from '../../src/contract/index.ts'
import { isObject } from '../../src/protocol/index.ts'
import { loadStoredRecordings, parseRecording } from '../../src/recording/index.ts'
import { answerNothing, startUpstream, type Upstream } from '../recorder/upstream.ts'
import { HAS_PYTHON, scanPaths } from '../secrets/scanner.ts'

const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))

const SECRET = 'planted-value/' + 'Zx9+Qw8/Er7+Ty6/Ui5+O'
const KEY_ID = 'AS' + 'IA' + 'PLANTEDKEYID7XYZ'

/** Sends one request; resolves when the client has the response whole. */
async function sendTask(url: string, startedBy: string): Promise<void> {
  const environment = [{ name: 'TOKEN', value: SECRET }]
  const overrides = {
    containerOverrides: [{ name: 'app', environment, command: ['run', '--token', SECRET] }],
  }
  const body = JSON.stringify({
    taskDefinition: 'web',
    containerInstances: ['ci-a'],
    startedBy,
    overrides,
  })
  const authorization = `AWS4-HMAC-SHA256 Credential=${KEY_ID}/20261123/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=${'ab'.repeat(32)}`
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': START_TASK_TARGET,
    authorization,
  }
  const response = await fetch(url, { method: 'POST', headers, body })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
}

async function startRecorder(out: string, upstream: string) {
  const child = spawn(process.execPath, [bin, 'record', '--out', out, '--upstream', upstream], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [url] = await once(createInterface(child.stdout), 'line')
  return { child, url: String(url), ended: once(child, 'close') }
}

/** What was asked, as far as it can be read. */
function readMarks(path: string): unknown[] {
  const exchanges = loadStoredRecordings(path).flatMap(({ recording }) => recording.exchanges)
  return exchanges.map(({ request }) =>
    isObject(request.body) ? request.body['startedBy'] : undefined,
  )
}

/** Four clients send without pause until the recorder is killed, which is so many milliseconds after the first response; gives what was answered. */
async function killUnderLoad(out: string, upstream: Upstream, after: number): Promise<string[]> {
  const { child, url, ended } = await startRecorder(out, upstream.url)
  const answered: string[] = []
  const sendUntilKilled = async (name: string) => {
    for (let index = 0; ; index++) {
      await sendTask(url, `${name}-${index}`)
      answered.push(`${name}-${index}`)
      if (answered.length === 1) setTimeout(() => child.kill('SIGKILL'), after)
    }
  }
  await Promise.allSettled(['a', 'b', 'c', 'd'].map(sendUntilKilled))
  await ended
  return answered
}

test.each(['one file', 'a folder'])(
  'loses no exchange that a client had a response to, killed 100 times while it records into %s',
  async (layout) => {
    await using upstream = await startUpstream((_request, response) => answerNothing(response))
    const folder = mkdtempSync(join(tmpdir(), 'starttask-kill-'))
    const runs = Array.from({ length: 100 }, (_, index) => ({
      out: join(folder, String(index), layout === 'one file' ? 'all.json' : 'all'),
      after: Math.random() * 120,
    }))
    const killNext = async () => {
      for (let run = runs.shift(); run; run = runs.shift()) {
        const answered = await killUnderLoad(run.out, upstream, run.after)
        const read = new Set(readMarks(run.out))
        const lost = answered.filter((mark) => !read.has(mark))
        expect({ after: run.after, lost }).toEqual({ after: run.after, lost: [] })
      }
    }
    await Promise.all([killNext(), killNext(), killNext()])
    expect(
      HAS_PYTHON ? await scanPaths([folder], [SECRET, KEY_ID]) : { code: 0, found: [] },
    ).toEqual({ code: 0, found: [] })
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.name.endsWith('.json') && entry.isFile())
        parseRecording(readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    }
  },
)

test('puts what was left in place with starttask recover', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(mkdtempSync(join(tmpdir(), 'starttask-kill-')), 'all.json')
  const answered = await killUnderLoad(out, upstream, 50)
  const recovering = spawn(process.execPath, [bin, 'recover', out], { stdio: 'ignore' })
  expect(await once(recovering, 'close')).toEqual([0, null])
  const { exchanges } = parseRecording(readFileSync(out, 'utf8'))
  expect(exchanges.length).toBeGreaterThanOrEqual(answered.length)
  expect(readdirSync(dirname(out))).toEqual(['all.json'])
})

test('loses nothing and leaves nothing beside its file when it is asked to end', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(mkdtempSync(join(tmpdir(), 'starttask-kill-')), 'all.json')
  const { child, url, ended } = await startRecorder(out, upstream.url)
  const marks = Array.from({ length: 40 }, (_, index) => `job-${index}`)
  for (const mark of marks) await sendTask(url, mark)
  child.kill('SIGTERM')
  await ended
  expect(readMarks(out)).toEqual(marks)
  expect(readdirSync(dirname(out))).toEqual(['all.json'])
  expect(existsSync(out)).toBe(true)
})

test('says who holds the lock that it waits for in vain, and keeps what it has', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(mkdtempSync(join(tmpdir(), 'starttask-kill-')), 'all.json')
  const { startRecordingProxy } = await import('../../src/recorder/proxy.ts')
  const { holdLock } = await import('../../src/recording/index.ts')
  const proxy = await startRecordingProxy({ out, upstream: upstream.url })
  await sendTask(proxy.url, 'a')
  await holdLock(out, async () => {
    await expect(proxy.stop()).rejects.toMatchObject({
      code: 'lock-held',
      message: expect.stringContaining(String(process.pid)),
    })
  })
  expect(readMarks(out)).toEqual(['a'])
})
