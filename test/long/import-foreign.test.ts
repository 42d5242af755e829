import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { chromium } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'

import { startMoto } from '../../scripts/recordings/moto.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { createFolder, runStarttask } from '../cli/starttask.ts'

const SAMPLE = fileURLToPath(new URL('../../recordings/started/page-sample.json', import.meta.url))
const INPUT = {
  taskDefinition: 'hello_world',
  containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
}
const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'
/** As a signed request has it: moto tells services by it. */
const KEY = ['AKIA', 'IOSFODNN7EXAMPLE'].join('')
const SIGNED = `AWS4-HMAC-SHA256 Credential=${KEY}/20261124/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=${'0a'.repeat(32)}`
const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET }

describe.skipIf(!inject('programs').java)('with WireMock (needs java)', () => {
  test("imports what WireMock's recorder kept, in the order of its scenario, and plays it", async () => {
    using folder = createFolder()
    await using upstream = await startReplayServer(SAMPLE, {
      faults: [{ on: 1, fault: 'ServerException' }],
    })
    await using wiremock = await startWireMock(folder.path)
    const recording = {
      targetBaseUrl: upstream.url,
      captureHeaders: { 'X-Amz-Target': {}, 'Content-Type': {} },
      requestBodyPattern: { matcher: 'equalToJson' },
    }
    await post(`${wiremock.url}/__admin/recordings/start`, {
      ...recording,
      repeatsAsScenarios: true,
      persist: true,
    })
    const responses = [await ask(wiremock.url), await ask(wiremock.url)]
    await post(`${wiremock.url}/__admin/recordings/stop`, {})
    expect(readdirSync(join(folder.path, 'mappings'))).toHaveLength(2)
    const out = join(folder.path, 'incident.json')
    expect(
      await runStarttask(['import', 'wiremock', join(folder.path, 'mappings'), '--out', out]),
    ).toMatchObject({ code: 0 })
    const { exchanges } = parseRecording(readFileSync(out, 'utf8'))
    expect(
      exchanges.map(({ operation, request, response }) => [
        operation,
        request.body,
        'status' in response && response.status,
      ]),
    ).toEqual([
      ['StartTask', INPUT, 500],
      ['StartTask', INPUT, 200],
    ])
    await using replay = await startReplayServer(out)
    expect([await ask(replay.url), await ask(replay.url)]).toEqual(responses)
  }, 120_000)

  test('exports mappings from which WireMock answers the SDK as it was recorded: the error, then the task', async () => {
    using folder = createFolder()
    const incident = fileURLToPath(
      new URL('../../recordings/incidents/server-error-task-started.json', import.meta.url),
    )
    mkdirSync(join(folder.path, 'mappings'))
    expect(
      await runStarttask([
        'export',
        'wiremock',
        incident,
        '--out',
        join(folder.path, 'mappings/incident.json'),
      ]),
    ).toMatchObject({
      code: 0,
    })
    const { exchanges } = parseRecording(readFileSync(incident, 'utf8'))
    const body = exchanges[0]?.request.body
    await using wiremock = await startWireMock(folder.path)
    const client = new ECSClient({
      region: 'us-east-1',
      endpoint: wiremock.url,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    })
    const { tasks, $metadata } = await client.send(new StartTaskCommand(body as typeof INPUT))
    client.destroy()
    const second = exchanges[1]?.response
    const recorded = second && 'body' in second ? JSON.parse(JSON.stringify(second.body)) : {}
    expect([tasks?.map(({ taskArn }) => taskArn), $metadata.attempts]).toEqual([
      [recorded.tasks[0].taskArn],
      2,
    ])
  }, 120_000)
})

test.skipIf(!inject('programs').chromium)(
  'imports an HTTP archive that a browser wrote (needs chromium)',
  async () => {
    using folder = createFolder()
    await using moto = await startMoto()
    const { instanceArns } = await moto.setUp()
    const body = JSON.stringify({
      taskDefinition: 'hello_world',
      containerInstances: [instanceArns[0]?.split('/').at(-1)],
    })
    const har = join(folder.path, 'session.har')
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox'],
    })
    try {
      const context = await browser.newContext({ recordHar: { path: har } })
      const page = await context.newPage()
      await page.goto(`${moto.url}/moto-api/`)
      const send = `fetch('/', ${JSON.stringify({ method: 'POST', headers: { ...HEADERS, authorization: SIGNED }, body })}).then((response) => response.text())`
      const told = await page.evaluate<string>(send)
      await page.evaluate(
        `fetch('http://127.0.0.1:9/', ${JSON.stringify({ method: 'POST', headers: HEADERS, body })}).catch(() => '')`,
      )
      await context.close()
      const out = join(folder.path, 'session.json')
      expect(await runStarttask(['import', 'har', har, '--out', out])).toMatchObject({ code: 0 })
      const [exchange] = parseRecording(readFileSync(out, 'utf8')).exchanges
      expect(exchange?.request.body).toEqual(JSON.parse(body))
      const { tasks } = JSON.parse(told)
      expect(exchange?.response).toMatchObject({
        status: 200,
        body: {
          failures: [],
          tasks: [{ desiredStatus: tasks[0].desiredStatus, lastStatus: tasks[0].lastStatus }],
        },
      })
      expect(exchange?.elapsedMs).toBeGreaterThan(0)
      expect([
        readFileSync(har, 'utf8').includes(KEY),
        readFileSync(out, 'utf8').includes(KEY),
      ]).toEqual([true, false])
    } finally {
      await browser.close()
    }
  },
  120_000,
)

/** WireMock that keeps its mappings in a folder, until it is disposed of. */
async function startWireMock(root: string): Promise<AsyncDisposable & { url: string }> {
  const require = createRequire(import.meta.url)
  const build = join(dirname(require.resolve('wiremock/package.json')), 'build')
  const jar = readdirSync(build).find((name) => name.endsWith('.jar')) ?? ''
  const port = await findFreePort()
  const child: ChildProcess = spawn(
    'java',
    [
      '-jar',
      join(build, jar),
      '--port',
      `${port}`,
      '--bind-address',
      '127.0.0.1',
      '--root-dir',
      root,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const ended = once(child, 'close')
  const url = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline && child.exitCode === null) {
    const answered = await fetch(`${url}/__admin/mappings`, {
      signal: AbortSignal.timeout(2000),
    }).catch(() => undefined)
    if (answered?.ok) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('There is no free port.')),
      )
    })
  })
}

async function ask(url: string): Promise<[number, unknown]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(INPUT),
  })
  return [response.status, await response.json()]
}

async function post(url: string, body: object): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
}
