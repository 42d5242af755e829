import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { isObject, type Recording } from '../../src/protocol/index.ts'
import { loadRecordings, loadStoredRecordings } from '../../src/recording/index.ts'
import { finishJournals, startRecordingProxy } from '../../src/recorder/index.ts'
import { sendOne } from './children/sending.ts'
import { listNames, makeFolder, readRecording, runScript } from './recorders.ts'
import { answerJson, answerNothing, startUpstream } from './upstream.ts'

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' }

const send = (url: string, mark: string) =>
  sendOne(url, { client: 'http', body: { startedBy: mark } }, CREDENTIALS)

/** What was asked, in order: each request's mark. */
const readMarks = (recording: Recording): string[] =>
  recording.exchanges.map(({ request }) =>
    isObject(request.body) ? String(request.body['startedBy']) : 'no mark',
  )

const readAllMarks = (path: string): string[] =>
  loadStoredRecordings(path).flatMap(({ recording }) => readMarks(recording))

/** Records one request after the other by a recorder of its own. */
async function recordMarks(out: string, upstream: string, marks: readonly string[]): Promise<void> {
  await using proxy = await startRecordingProxy({ out, upstream })
  for (const mark of marks) await send(proxy.url, mark)
}

/** A number that no process has: pids end at 2^22. */
const DEAD = 4_194_304 + 7

/** Makes what a recorder leaves that is killed after these requests: its journal, of a process that is gone. */
async function leaveJournal(
  folder: string,
  name: string,
  upstream: string,
  marks: readonly string[],
  cut = '',
): Promise<string> {
  const out = join(makeFolder(), name)
  const proxy = await startRecordingProxy({ out, upstream })
  for (const mark of marks) await send(proxy.url, mark)
  const [journal = ''] = readdirSync(join(out, '..')).filter((file) => file.endsWith('.journal'))
  const text = readFileSync(join(out, '..', journal), 'utf8').replace(
    `"pid":${process.pid}`,
    `"pid":${DEAD}`,
  )
  await proxy.stop()
  const path = join(folder, journal)
  writeFileSync(path, text + cut)
  return path
}

test('has an exchange in its journal, readable, before the client has the response', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(makeFolder(), 'all.json')
  await using proxy = await startRecordingProxy({ out, upstream: upstream.url })
  for (const mark of ['a', 'b', 'c']) {
    await send(proxy.url, mark)
    expect(readAllMarks(out).at(-1)).toBe(mark)
  }
  expect(existsSync(out)).toBe(false)
})

test('keeps what was recorded before of another request', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(makeFolder(), 'all.json')
  await recordMarks(out, upstream.url, ['a', 'b'])
  await recordMarks(out, upstream.url, ['c'])
  expect(readMarks(readRecording(out))).toEqual(['a', 'b', 'c'])
})

test('replaces what was recorded before of the same request, in its place', async () => {
  await using upstream = await startUpstream(({ body }, response, count) =>
    answerJson(response, 200, {
      tasks: [],
      failures: [{ reason: count > 2 ? 'AGENT' : 'MISSING', arn: body }],
    }),
  )
  const out = join(makeFolder(), 'all.json')
  await recordMarks(out, upstream.url, ['a', 'b', 'c'])
  await recordMarks(out, upstream.url, ['b'])
  const recording = readRecording(out)
  expect(readMarks(recording)).toEqual(['a', 'b', 'c'])
  expect(
    recording.exchanges.map(({ response }) => JSON.stringify(response).match(/AGENT|MISSING/)?.[0]),
  ).toEqual(['MISSING', 'AGENT', 'MISSING'])
})

test('replaces a request that differs in a place alone that the team ignores', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const folder = makeFolder()
  const [out, config] = [join(folder, 'all.json'), join(folder, 'config.json')]
  writeFileSync(config, JSON.stringify({ match: { ignore: ['/startedBy'] } }))
  for (const mark of ['a', 'b']) {
    await using proxy = await startRecordingProxy({ out, upstream: upstream.url, config })
    await send(proxy.url, mark)
  }
  expect(readMarks(readRecording(out))).toEqual(['b'])
})

test('keeps requests apart whose bodies are no text', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(makeFolder(), 'all')
  const record = async (bodies: number[][]) => {
    await using proxy = await startRecordingProxy({ out, upstream: upstream.url })
    const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }
    for (const body of bodies)
      await (
        await fetch(proxy.url, { method: 'POST', headers, body: new Uint8Array(body) })
      ).arrayBuffer()
  }
  const bodies = [[255, 1], [255, 2], []]
  await record(bodies)
  await record([[255, 1]])
  expect(listNames(out)).toHaveLength(bodies.length)
})

test('writes no secret that a note holds', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(makeFolder(), 'all.json')
  await using proxy = await startRecordingProxy({
    out,
    upstream: upstream.url,
    note: 'run with --password=' + 'open-sesame-7',
  })
  await send(proxy.url, 'a')
  await proxy.stop()
  expect(readRecording(out).provenance['note']).toBe('run with --password=(redacted)')
})

test('leaves the file byte for byte when a part of it is recorded again and says the same', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(makeFolder(), 'all.json')
  await recordMarks(out, upstream.url, ['a', 'b', 'c'])
  const before = readFileSync(out, 'utf8')
  await recordMarks(out, upstream.url, ['b'])
  expect(readFileSync(out, 'utf8')).toBe(before)
})

test.each(['all.json', 'all'])(
  'loses nothing when two recorders write to %s at once',
  async (name) => {
    await using upstream = await startUpstream((_request, response) => answerNothing(response))
    const out = join(makeFolder(), name)
    await recordMarks(out, upstream.url, ['old', 'both'])
    const one = await startRecordingProxy({ out, upstream: upstream.url })
    const other = await startRecordingProxy({ out, upstream: upstream.url })
    const marks = ['both', ...Array.from({ length: 20 }, (_, index) => `job-${index}`)]
    await Promise.all(marks.flatMap((mark) => [send(one.url, mark), send(other.url, mark)]))
    await Promise.all([one.stop(), other.stop()])
    const expected = [...marks, ...marks, 'old'].toSorted()
    expect(readAllMarks(out).toSorted()).toEqual(expected)
    expect(
      listNames(name === 'all' ? out : join(out, '..')).filter((file) => file.startsWith('.')),
    ).toEqual([])
  },
)

test('numbers the invocations of two recorders apart', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(makeFolder(), 'all.json')
  const one = await startRecordingProxy({ out, upstream: upstream.url })
  const other = await startRecordingProxy({ out, upstream: upstream.url })
  for (const { url } of [one, other])
    await sendOne(
      url,
      { client: 'http', body: {}, headers: { 'amz-sdk-invocation-id': 'x' } },
      CREDENTIALS,
    )
  await one.stop()
  await other.stop()
  const { exchanges } = readRecording(out)
  expect(exchanges.map(({ attempt }) => attempt)).toEqual([1, 1])
  expect(new Set(exchanges.map(({ invocation }) => invocation)).size).toBe(2)
})

test('reads what a killed recorder left, without the line that was cut', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const folder = makeFolder()
  await leaveJournal(
    folder,
    'all.json',
    upstream.url,
    ['a', 'b'],
    '{"place":2,"client":"x","exchan',
  )
  expect(readAllMarks(join(folder, 'all.json'))).toEqual(['a', 'b'])
  expect(readAllMarks(folder)).toEqual(['a', 'b'])
})

test('puts in place what a killed recorder left, when the next one ends', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const folder = makeFolder()
  await leaveJournal(folder, 'all.json', upstream.url, ['a', 'b'])
  await recordMarks(join(folder, 'all.json'), upstream.url, ['c'])
  expect(readMarks(readRecording(join(folder, 'all.json'))).toSorted()).toEqual(['a', 'b', 'c'])
  expect(listNames(folder)).toEqual(['all.json'])
})

test('puts nothing in place twice when it was killed between two steps', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const folder = makeFolder()
  const out = join(folder, 'all.json')
  const journal = await leaveJournal(folder, 'all.json', upstream.url, ['a', 'b'])
  const text = readFileSync(journal, 'utf8')
  await finishJournals(out, undefined)
  writeFileSync(journal, `${text}{"placing":"all.json"}\n`) // as it was between the two steps
  expect(readAllMarks(out)).toEqual(['a', 'b'])
  await finishJournals(out, undefined)
  expect(readMarks(readRecording(out))).toEqual(['a', 'b'])
  expect(listNames(folder)).toEqual(['all.json'])
})

test('leaves the journal of a recorder that runs alone', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(makeFolder(), 'all.json')
  await using running = await startRecordingProxy({ out, upstream: upstream.url })
  await send(running.url, 'a')
  expect(await finishJournals(out, undefined)).toMatchObject({ recovered: 0 })
  await running.stop()
  expect(readMarks(readRecording(out))).toEqual(['a'])
})

test('says what it cannot read of what was left, and leaves it', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const folder = makeFolder()
  const journal = await leaveJournal(folder, 'all.json', upstream.url, ['a'])
  appendFileSync(journal, '{"place":1,"client":"x","exchange":{"operation":1}}\n')
  expect(await finishJournals(join(folder, 'all.json'), undefined)).toMatchObject({
    unreadable: [expect.stringContaining(journal)],
  })
  expect(existsSync(journal)).toBe(true)
  await expect(loadRecordings(folder)).rejects.toThrow(journal)
})

test('takes away the lock of a process that is gone', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const folder = makeFolder()
  writeFileSync(join(folder, '.all.json.lock'), JSON.stringify({ pid: DEAD, host: hostname() }))
  await recordMarks(join(folder, 'all.json'), upstream.url, ['a'])
  expect(listNames(folder)).toEqual(['all.json'])
})

test('answers its clients on a full disk, tells what is lost, and keeps what was whole', async () => {
  await using upstream = await startUpstream((_request, response) => answerNothing(response))
  const out = join(makeFolder(), 'all.json')
  const waves = Array.from({ length: 30 }, (_, index) => [
    { client: 'http' as const, body: { startedBy: `job-${index}` } },
  ])
  const plan = { out, url: upstream.url, waves }
  const ended = await runScript('record-by-proxy.ts', plan, { fileBlocks: 8 })
  const report: { met: number[]; error: string } = JSON.parse(ended.stdout)
  expect(report.met).toEqual(waves.map(() => 200))
  expect(report.error).toBe('write-failed')
  const kept = readAllMarks(out)
  expect(kept.length).toBeGreaterThan(2)
  expect(kept).toEqual(waves.slice(0, kept.length).map((_, index) => `job-${index}`))
})
