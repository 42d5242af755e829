import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { describe, expect, test, vi } from 'vitest'

import { checkExchange } from '../../src/contract/index.ts'
import { isObject } from '../../src/protocol/index.ts'
import { startProvider } from '../../src/provider/index.ts'
import { createReplayer } from '../../src/replayer/engine/index.ts'
import type { Sending } from '../recorder/children/sending.ts'
import {
  describeExchanges,
  listNames,
  makeFolder,
  readRecording,
  RECORDERS,
} from '../recorder/recorders.ts'
import {
  answerJson,
  answerNothing,
  type AnswerRequest,
  type MetRequest,
  startUpstream,
} from '../recorder/upstream.ts'

function ask(startedBy: string, more: object = {}): Sending {
  return {
    client: 'fetch',
    body: { taskDefinition: 'web', containerInstances: ['ci-a'], startedBy, ...more },
  }
}

function readMark({ body }: Pick<MetRequest, 'body'>): string {
  const { startedBy } = JSON.parse(body)
  return String(startedBy)
}

/** Answers with what the request is marked by. */
const responseMark: AnswerRequest = (request, response) =>
  answerNothing(response, readMark(request))

/** Each exchange's mark, in the request and in the response: `a a`. */
function readMarks(path: string): string[] {
  return readRecording(path).exchanges.map(({ request, response }) => {
    const asked = isObject(request.body) ? request.body['startedBy'] : undefined
    const [failure]: unknown[] =
      'body' in response && isObject(response.body) && Array.isArray(response.body['failures'])
        ? response.body['failures']
        : []
    return `${String(asked)} ${isObject(failure) ? String(failure['arn']) : 'no response'}`
  })
}

async function findClosedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Each test waits for child processes. */
vi.setConfig({ testTimeout: 20_000 })

describe.concurrent.each(RECORDERS)('recording $name', ({ record }) => {
  const makeOut = () => join(makeFolder(), 'all.json')

  test('records what an SDK client starts, as the contract has it', async () => {
    await using provider = await startProvider()
    const out = makeOut()
    const started = {
      client: 'sdk',
      body: {
        taskDefinition: 'hello_world',
        containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
      },
    } as const
    const rejected = { client: 'sdk', body: { taskDefinition: 'none' } } as const
    const report = await record({
      out,
      url: provider.url,
      waves: [[started], [rejected]],
      note: 'by a test',
    })
    expect(report).toEqual({ met: [200, 'ClientException'], stopped: { written: [out], lost: 0 } })
    const recording = readRecording(out)
    expect(recording.provenance).toMatchObject({
      client: expect.stringContaining('aws-sdk-js/'),
      note: 'by a test',
    })
    expect(
      recording.exchanges.flatMap(checkExchange).filter(({ severity }) => severity === 'error'),
    ).toEqual([])
    expect(describeExchanges(out)).toEqual([
      'invocation-1 attempt 1 200',
      'invocation-2 attempt 1 400',
    ])
  })

  test('sends each attempt once and tells the attempts of an invocation', async () => {
    await using upstream = await startUpstream((_request, response, count) => {
      if (count < 2) answerJson(response, 503, { __type: 'ServerException', message: 'later' })
      else answerNothing(response)
    })
    const out = makeOut()
    const report = await record({
      out,
      url: upstream.url,
      waves: [[{ client: 'sdk', body: {} }], [{ client: 'sdk', body: {} }]],
    })
    expect(report.met).toEqual([200, 200])
    expect(upstream.met).toHaveLength(4)
    expect(describeExchanges(out)).toEqual([
      'invocation-1 attempt 1 503',
      'invocation-1 attempt 2 503',
      'invocation-1 attempt 3 200',
      'invocation-2 attempt 1 200',
    ])
  })

  test('sends each attempt once when the service resets the connection', async () => {
    await using upstream = await startUpstream((_request, response) =>
      response.socket?.resetAndDestroy(),
    )
    const out = makeOut()
    await record({
      out,
      url: upstream.url,
      waves: [[{ client: 'sdk', body: {} }], [ask('a')], [{ ...ask('b'), client: 'http' }]],
    })
    expect(upstream.met).toHaveLength(5)
    expect(describeExchanges(out)).toEqual([
      'invocation-1 attempt 1 reset ECONNRESET',
      'invocation-1 attempt 2 reset ECONNRESET',
      'invocation-1 attempt 3 reset ECONNRESET',
      'reset ECONNRESET',
      'reset ECONNRESET',
    ])
  })

  test('records a connection that is refused', async () => {
    const out = makeOut()
    const url = `http://127.0.0.1:${await findClosedPort()}`
    await record({ out, url, waves: [[ask('a')], [{ ...ask('b'), client: 'http' }]] })
    expect(describeExchanges(out)).toEqual(['refused ECONNREFUSED', 'refused ECONNREFUSED'])
  })

  test('records a response that is cut', async () => {
    await using upstream = await startUpstream((_request, response) => {
      response
        .writeHead(200, { 'content-length': 1000 })
        .write('{"tasks":', () => response.socket?.destroy())
    })
    const out = makeOut()
    await record({ out, url: upstream.url, waves: [[ask('a')], [{ ...ask('b'), client: 'http' }]] })
    expect(describeExchanges(out)).toEqual(['truncated ECONNRESET', 'truncated ECONNRESET'])
  })

  test('tells which request failed when others are in flight', async () => {
    const held: [MetRequest, Parameters<AnswerRequest>[1]][] = []
    await using upstream = await startUpstream((request, response) => {
      held.push([request, response])
      if (held.length < 6) return
      for (const [met, heldResponse] of held) {
        if (['b', 'e'].includes(readMark(met))) heldResponse.socket?.resetAndDestroy()
        else answerNothing(heldResponse, readMark(met))
      }
    })
    const out = makeOut()
    const wave = ['a', 'b', 'c']
      .map((mark) => ask(mark))
      .concat(['d', 'e', 'f'].map((mark): Sending => ({ ...ask(mark), client: 'http' })))
    expect((await record({ out, url: upstream.url, waves: [wave] })).stopped?.lost).toBe(0)
    expect(readMarks(out).toSorted()).toEqual([
      'a a',
      'b no response',
      'c c',
      'd d',
      'e no response',
      'f f',
    ])
  })

  test('loses none of fifty requests at once and keeps them in the order of their start', async () => {
    const held: (() => void)[] = []
    await using upstream = await startUpstream((request, response) => {
      held.push(() => answerNothing(response, readMark(request)))
      if (held.length === 50) for (const respond of held.toReversed()) respond()
    })
    const out = makeOut()
    const marks = Array.from({ length: 50 }, (_, index) => `m${String(index).padStart(2, '0')}`)
    const report = await record({ out, url: upstream.url, waves: [marks.map((mark) => ask(mark))] })
    expect(report).toEqual({ met: marks.map(() => 200), stopped: { written: [out], lost: 0 } })
    expect(readMarks(out).toSorted()).toEqual(marks.map((mark) => `${mark} ${mark}`))
    const starts = readRecording(out).exchanges.map(({ startedAtMs }) => startedAtMs)
    expect(starts).toEqual(starts.toSorted((one, other) => one - other))
  })

  test('writes the same file when it records the same thing again, and another one for another response', async () => {
    let reason = 'AGENT'
    await using upstream = await startUpstream((_request, response) =>
      answerJson(response, 200, { tasks: [], failures: [{ reason }] }),
    )
    const out = makeOut()
    const recordAgain = async () => {
      await record({ out, url: upstream.url, waves: [[ask('a')], [ask('b')]] })
      return readFileSync(out, 'utf8')
    }
    const first = await recordAgain()
    expect(await recordAgain()).toBe(first)
    reason = 'MISSING'
    expect(await recordAgain()).not.toBe(first)
  })

  test('writes the same file when the provider mints other ids', async () => {
    const out = makeOut()
    const recordSeed = async (seed: number) => {
      await using provider = await startProvider({ seed })
      const body = {
        taskDefinition: 'hello_world',
        containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
      }
      await record({ out, url: provider.url, waves: [[{ client: 'fetch', body }]] })
      return readFileSync(out, 'utf8')
    }
    const first = await recordSeed(1)
    expect(await recordSeed(2)).toBe(first)
  })

  test.each(['{"format":"something-else"}', '<<<<<<< ours'])(
    'refuses a file that holds %j before anything is sent',
    async (content) => {
      await using upstream = await startUpstream(responseMark)
      const out = makeOut()
      writeFileSync(out, content)
      const report = await record({ out, url: upstream.url, waves: [[ask('a')]] })
      expect(report.error).toMatch(/^(recording-invalid|not-json)$/)
      expect(upstream.met).toEqual([])
      expect(readFileSync(out, 'utf8')).toBe(content)
    },
  )

  test('refuses a folder with a damaged recording of its own before anything is sent', async () => {
    await using upstream = await startUpstream(responseMark)
    const out = makeFolder()
    const path = join(out, 'start-task-web-0123abcd.json')
    writeFileSync(path, '<<<<<<< ours')
    expect((await record({ out, url: upstream.url, waves: [[ask('a')]] })).error).toBe('not-json')
    expect(upstream.met).toEqual([])
    expect(readFileSync(path, 'utf8')).toBe('<<<<<<< ours')
  })

  test('leaves other files of a folder alone', async () => {
    await using upstream = await startUpstream(responseMark)
    const out = makeFolder()
    writeFileSync(join(out, 'package.json'), '{}')
    const report = await record({ out, url: upstream.url, waves: [[ask('a')]] })
    expect(report.stopped?.written).toHaveLength(1)
    expect(readFileSync(join(out, 'package.json'), 'utf8')).toBe('{}')
  })

  test('puts equal requests in one file of a folder, different ones in others, under stable names', async () => {
    await using upstream = await startUpstream(responseMark)
    const recordAgain = async () => {
      const out = join(makeFolder(), 'not', 'yet', 'there')
      const waves = [
        [ask('a')],
        [ask('a', { cluster: 'default' })],
        [ask('b')],
        [ask('a', { taskDefinition: 'arn:aws:ecs:us-east-1:312345678901:task-definition/job:7' })],
      ]
      await record({ out, url: upstream.url, waves })
      return Object.fromEntries(
        listNames(out).map((name) => [name, readMarks(join(out, name)).length]),
      )
    }
    const counts = await recordAgain()
    expect(Object.keys(counts)).toEqual([
      expect.stringMatching(/^start-task-job-7-[0-9a-f]{8}\.json$/),
      expect.stringMatching(/^start-task-web-[0-9a-f]{8}\.json$/),
      expect.stringMatching(/^start-task-web-[0-9a-f]{8}\.json$/),
    ])
    expect(Object.values(counts).toSorted((one, other) => one - other)).toEqual([1, 1, 2])
    expect(await recordAgain()).toEqual(counts)
  })

  test('stays inside its folder whatever the task definition is called', async () => {
    await using upstream = await startUpstream(responseMark)
    const folder = makeFolder()
    const names = [
      '../../escaped',
      '/etc/absolute',
      'nul\0byte',
      'x'.repeat(5000),
      '..',
      '.',
      '',
      'con',
      'a\nb',
      '\u202Etxt',
      'C:\\x',
      '%2e%2e%2f',
      '-rf',
    ]
    const report = await record({
      out: join(folder, 'deep'),
      url: upstream.url,
      waves: [names.map((name) => ask('a', { taskDefinition: name }))],
    })
    expect(report.stopped).toMatchObject({ lost: 0 })
    expect(listNames(folder)).toEqual(['deep'])
    const written = listNames(join(folder, 'deep'))
    expect(written).toHaveLength(names.length)
    for (const name of written) expect(name).toMatch(/^start-task-[A-Za-z0-9_-]{1,80}\.json$/)
  })

  test('refuses a place that cannot be written before the first request', async () => {
    await using upstream = await startUpstream(responseMark)
    const folder = makeFolder()
    writeFileSync(join(folder, 'file'), 'a file')
    const report = await record({
      out: join(folder, 'file', 'all.json'),
      url: upstream.url,
      waves: [[ask('a')], [ask('b')]],
    })
    expect(report).toEqual({ met: [], error: 'write-failed' })
    expect(listNames(folder)).toEqual(['file'])
  })

  test('answers its client and leaves nothing but its journal when the last step of writing fails', async () => {
    const folder = makeFolder()
    const out = join(folder, 'all.json')
    await using upstream = await startUpstream((request, response) => {
      mkdirSync(out) // while the recorder runs, so that it can no longer put a file there
      responseMark(request, response, 0)
    })
    expect(await record({ out, url: upstream.url, waves: [[ask('a')]] })).toEqual({
      met: [200],
      error: 'write-failed',
    })
    expect(readdirSync(folder, { recursive: true }).map(String).toSorted()).toEqual([
      expect.stringMatching(/^\.all\.json\.[\w-]+\.journal$/),
      'all.json',
    ])
  })

  test('writes the other files of a folder when one cannot be written', async () => {
    await using upstream = await startUpstream(responseMark)
    const [probe, out] = [join(makeFolder(), 'probe'), join(makeFolder(), 'all')]
    await record({ out: probe, url: upstream.url, waves: [[ask('a')], [ask('b')]] })
    const [blocked = '', other = ''] = listNames(probe)
    await using blocking = await startUpstream((request, response, count) => {
      if (count === 0) mkdirSync(join(out, blocked), { recursive: true })
      responseMark(request, response, count)
    })
    const report = await record({ out, url: blocking.url, waves: [[ask('a')], [ask('b')]] })
    expect(report.error).not.toBeUndefined()
    expect(readMarks(join(out, other))).toHaveLength(1)
  })

  test('records a response without its body when that is too long, and one that is no text by its bytes', async () => {
    const responses: AnswerRequest[] = [
      (_request, response) => void response.writeHead(200).end('x'.repeat(4 * 1024 * 1024 + 1)),
      (_request, response) => void response.writeHead(200).end(Buffer.from([0xff, 0xfe, 0x00])),
      (_request, response) => void response.writeHead(204).end(),
    ]
    await using upstream = await startUpstream((request, response, count) =>
      responses[count]?.(request, response, count),
    )
    const out = makeOut()
    await record({ out, url: upstream.url, waves: [[ask('a')], [ask('b')], [ask('c')]] })
    expect(readRecording(out).exchanges.map(({ response }) => response)).toMatchObject([
      { status: 200, body: null, bodyText: expect.stringContaining('not kept') },
      { status: 200, body: null, bodyBase64: '//4A' },
      { status: 204, body: null },
    ])
  })

  test.each([
    [
      'a member twice',
      '{"tasks":[],"failures":[{"reason":"A","reason":"B"}]}',
      { failures: [{ reason: 'B' }], tasks: [] },
    ],
    [
      'a number beyond 2^53',
      '{"tasks":[{"version":9007199254740993}]}',
      { tasks: [{ version: expect.anything() }] },
    ],
    [
      'a number beyond every double',
      '{"tasks":[{"version":1e400}]}',
      { tasks: [{ version: expect.anything() }] },
    ],
    ['half a surrogate pair', '{"tasks":[{"group":"\\ud800"}]}', { tasks: [{ group: '\ud800' }] }],
    ['a byte order mark', '\ufeff{"tasks":[]}', null],
  ])('replays exactly what came: %s', async (_case, text, parsed) => {
    await using upstream = await startUpstream(
      (_request, response) => void response.writeHead(200).end(text),
    )
    const out = makeOut()
    await record({ out, url: upstream.url, waves: [[ask('a')]] })
    const [exchange] = readRecording(out).exchanges
    const response = exchange && 'body' in exchange.response ? exchange.response : undefined
    const served = await createReplayer(out).respond({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' },
      body: JSON.stringify(exchange?.request.body),
    })
    expect('body' in served ? String(served.body) : served).toBe(text)
    expect(response?.body).toEqual(parsed)
  })

  test('records a packed response as what was packed', async () => {
    const packed = gzipSync('{"tasks":[],"failures":[]}')
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/x-amz-json-1.1' }
    await using upstream = await startUpstream(
      (_request, response) => void response.writeHead(200, headers).end(packed),
    )
    const out = makeOut()
    await record({ out, url: upstream.url, waves: [[ask('a')], [{ ...ask('b'), client: 'http' }]] })
    expect(readRecording(out).exchanges.map(({ response }) => response)).toMatchObject([
      { body: { tasks: [], failures: [] } },
      { body: { tasks: [], failures: [] } },
    ])
  })

  test('records when the headers of a response came, and when all of it was there', async () => {
    await using upstream = await startUpstream((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .write('{"tasks":[],')
      setTimeout(() => response.end('"failures":[]}'), 60)
    })
    const out = makeOut()
    await record({ out, url: upstream.url, waves: [[ask('a')]] })
    const [{ headersMs = Number.NaN, elapsedMs = Number.NaN } = { headersMs: Number.NaN }] =
      readRecording(out).exchanges
    expect(elapsedMs - headersMs).toBeGreaterThanOrEqual(30)
  })

  test('records nothing of another service, whatever its operation is called', async () => {
    await using upstream = await startUpstream((_request, response) => answerNothing(response))
    const out = makeOut()
    const foreign = {
      ...ask('a'),
      headers: { 'x-amz-target': 'AWSSecurityTokenServiceV20110615.StartTask' },
    }
    await record({ out, url: upstream.url, waves: [[foreign], [ask('b')]] })
    expect(readMarks(out)).toEqual(['b ci-a'])
  })
})
