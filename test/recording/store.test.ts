import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Exchange } from '../../src/protocol/index.ts'
import { createRedaction, type RedactedRecording } from '../../src/redaction/index.ts'
import {
  loadRecordings,
  openRecordingFile,
  readRedactedRecording,
  saveRecording,
} from '../../src/recording/index.ts'
import {
  asRedactedProvenance,
  asRedactedRecording,
  formatUnredacted,
} from '../suites/unredacted.ts'

const TASK_ID = '11111111-1111-4111-8111-111111111111'
const OTHER_TASK_ID = '22222222-2222-4222-8222-222222222222'

interface Told {
  recordedAt?: string
  taskId?: string
  createdAt?: number | string
  containerInstance?: string
  lastStatus?: string
}

const tell = (
  {
    recordedAt,
    taskId = TASK_ID,
    createdAt = 1,
    containerInstance = 'ci-a',
    lastStatus = 'PENDING',
  }: Told,
  redaction = createRedaction(),
): RedactedRecording => {
  const exchange: Exchange = {
    operation: 'StartTask',
    startedAtMs: 3,
    request: {
      headers: {},
      body: { containerInstances: [containerInstance], taskDefinition: 'web' },
    },
    response: {
      status: 200,
      headers: { 'x-amzn-requestid': taskId },
      body: {
        failures: [],
        tasks: [
          {
            taskArn: `arn:aws:ecs:us-east-1:312345678901:task/default/${taskId}`,
            createdAt,
            lastStatus,
          },
        ],
      },
    },
  }
  return {
    format: 'starttask-recording',
    version: 1,
    recordedAt: recordedAt ?? '2026-11-23T12:00:00.000Z',
    provenance: asRedactedProvenance({}),
    exchanges: [redaction.redactExchange(exchange)],
  }
}

const makeFile = (): string =>
  join(mkdtempSync(join(tmpdir(), 'starttask-store-')), 'deep', 'one.json')

const saveTwice = (
  first: RedactedRecording,
  second: RedactedRecording,
): { before: string; after: string } => {
  const path = makeFile()
  openRecordingFile(path).save(first)
  const before = readFileSync(path, 'utf8')
  openRecordingFile(path).save(second)
  return { before, after: readFileSync(path, 'utf8') }
}

test('leaves the file as it is when only ids, times and moments differ', () => {
  const again = tell({
    recordedAt: '2026-11-24T00:00:00.000Z',
    taskId: OTHER_TASK_ID,
    createdAt: 2,
  })
  const { before, after } = saveTwice(tell({}), again)
  expect(after).toBe(before)
})

test('leaves the file as it is when it is recorded again with another key', () => {
  const [first, second] = [1, 2].map((byte) =>
    tell({}, createRedaction({ key: new Uint8Array(32).fill(byte) })),
  )
  if (!first || !second) throw new Error('Nothing was recorded.')
  expect(formatUnredacted(second)).not.toBe(formatUnredacted(first))
  const { before, after } = saveTwice(first, second)
  expect(after).toBe(before)
})

test('writes anew when a response says something else', () => {
  const { after } = saveTwice(tell({}), tell({ lastStatus: 'RUNNING' }))
  expect(after).toContain('RUNNING')
})

test('writes anew when a time changes its type', () => {
  const { after } = saveTwice(tell({}), tell({ createdAt: '2026-11-23T12:00:00Z' }))
  expect(after).toContain('2026-11-23T12:00:00Z')
})

test('writes again if a request names another id, although new ids of responses do not count', () => {
  const { after } = saveTwice(
    tell({ containerInstance: TASK_ID }),
    tell({ containerInstance: OTHER_TASK_ID }),
  )
  expect(after).toContain(OTHER_TASK_ID)
})

test('puts the file that was there back when a longer save turned out the same', () => {
  const path = makeFile()
  const two = tell({})
  two.exchanges.push(...tell({ containerInstance: 'ci-b' }).exchanges)
  openRecordingFile(path).save(two)
  const before = readFileSync(path, 'utf8')
  const file = openRecordingFile(path)
  file.save({ ...tell({ taskId: OTHER_TASK_ID }) })
  file.save(two)
  expect(readFileSync(path, 'utf8')).toBe(before)
})

test('leaves no temporary file behind', () => {
  const path = makeFile()
  openRecordingFile(path).save(tell({}))
  expect(readdirSync(join(path, '..'))).toEqual(['one.json'])
})

test('refuses to write over a file that is no recording', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'starttask-store-')), 'notes.json')
  writeFileSync(path, '{"mine":true}')
  expect(() => openRecordingFile(path)).toThrow(/is no recording/)
})

test('redacts a recording that is read to be written again, unless redaction made it', () => {
  const path = makeFile()
  const unredacted = { ...tell({}), provenance: {} }
  const [exchange] = unredacted.exchanges
  if (!exchange) throw new Error('It holds an exchange.')
  const request = { headers: {}, body: { startedBy: 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2' } }
  openRecordingFile(path).save(
    asRedactedRecording({ ...unredacted, exchanges: [{ ...exchange, request }] }),
  )
  const read = readRedactedRecording(path, createRedaction)
  expect(JSON.stringify(read)).not.toContain('QYLPMN5HHHFPZAM2')
  expect(readRedactedRecording(join(path, 'none.json'), createRedaction)).toBeUndefined()
})

test('refuses a recording that is larger than it may be', () => {
  const path = makeFile()
  expect(() => saveRecording(path, tell({}), { maxBytes: 100 })).toThrow(
    expect.objectContaining({
      code: 'too-large',
      remedy: expect.stringContaining('one.ndjson.zst'),
    }),
  )
  expect(existsSync(path)).toBe(false)
})

test('says which path cannot be written', () => {
  const blocked = join(mkdtempSync(join(tmpdir(), 'starttask-store-')), 'file')
  writeFileSync(blocked, '')
  const path = join(blocked, 'one.json')
  expect(() => openRecordingFile(path).save(tell({}))).toThrow(/Cannot write .*one\.json/)
})

test('loads a folder at any depth, in path order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-store-'))
  openRecordingFile(join(folder, 'b.json')).save(tell({ containerInstance: 'from-b' }))
  openRecordingFile(join(folder, 'a', 'z.json')).save(tell({ containerInstance: 'from-z' }))
  const loaded = await loadRecordings(folder)
  expect(loaded.map((recording) => formatUnredacted(recording).match(/from-./)?.[0])).toEqual([
    'from-z',
    'from-b',
  ])
})

test('names the path that does not exist', async () => {
  await expect(loadRecordings('no/such/path.json')).rejects.toThrow(
    /no\/such\/path\.json does not exist/,
  )
})

test('says that a folder holds no recording', async () => {
  await expect(loadRecordings(mkdtempSync(join(tmpdir(), 'starttask-store-')))).rejects.toThrow(
    /without recordings/,
  )
})
