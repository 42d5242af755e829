import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { START_TASK_TARGET } from '../../src/contract/index.ts'
import { startProvider } from '../../src/provider/server.ts'
import { parseRecording } from '../../src/recording/index.ts'

const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))

const sendTask = async (url: string, startedBy: string): Promise<number> => {
  const body = JSON.stringify({ taskDefinition: 'hello_world', containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'], startedBy })
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': START_TASK_TARGET }
  const response = await fetch(url, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return response.status
}

/** Starts `starttask record`, sends `count` requests, and ends it by a signal without waiting. */
const recordAndKill = async (count: number, signal: NodeJS.Signals) => {
  await using provider = await startProvider({})
  const out = join(mkdtempSync(join(tmpdir(), 'starttask-kill-')), 'killed.json')
  const child = spawn(process.execPath, [bin, 'record', '--out', out, '--upstream', provider.url], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [url] = await once(createInterface(child.stdout), 'line')
  for (let index = 0; index < count; index++) await sendTask(url, `job-${index}`)
  const ended = once(child, 'close')
  child.kill(signal)
  await ended
  return { out, recording: parseRecording(readFileSync(out, 'utf8')) }
}

test('leaves a whole recording when the recorder is killed', async () => {
  for (const count of [1, 7, 40]) {
    const { recording } = await recordAndKill(count, 'SIGKILL')
    expect(recording.exchanges.length).toBeGreaterThan(0)
  }
})

test('loses nothing when the recorder is asked to end', async () => {
  const { recording } = await recordAndKill(40, 'SIGTERM')
  expect(recording.exchanges.map(({ request }) => JSON.stringify(request.body).match(/job-\d+/)?.[0])).toEqual(
    Array.from({ length: 40 }, (_, index) => `job-${index}`),
  )
})

test('leaves no temporary file when the recorder is asked to end', async () => {
  const { out } = await recordAndKill(5, 'SIGTERM')
  expect(readdirSync(join(out, '..'))).toEqual(['killed.json'])
})
