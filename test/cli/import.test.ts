import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { parseRecording } from '../../src/recording/index.ts'
import { cutGzip, makeRecord } from '../formats/importing.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

const FILE = (...records: object[]) => JSON.stringify({ Records: records })

test('imports a folder as CloudTrail lays it out, in the order of time, redacted, and says what was not told', async () => {
  using folder = createFolder()
  const day = join(folder.path, 'AWSLogs/123456789012/CloudTrail/us-east-1/2026/11/24')
  mkdirSync(day, { recursive: true })
  const late = makeRecord({ eventTime: '2026-11-24T10:05:00Z', requestParameters: { taskDefinition: 'late', containerInstances: ['i-1'] } })
  writeFileSync(join(day, 'a.json.gz'), gzipSync(FILE(late)))
  writeFileSync(join(day, 'b.json.gz'), gzipSync(FILE(makeRecord())))
  const out = join(folder.path, 'incident.json')
  const { code, stderr } = await runStarttask(['import', 'cloudtrail', join(folder.path, 'AWSLogs'), '--out', out])
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^starttask: 2 exchanges of 2 files in .*\n {2}not told {3}CloudTrail keeps no status/),
  ])
  const { recordedAt, exchanges, provenance } = parseRecording(readFileSync(out, 'utf8'))
  expect([recordedAt, exchanges.map(({ startedAtMs }) => startedAtMs), provenance['source']]).toEqual([
    '2026-11-24T10:00:00.000Z',
    [0, 300_000],
    'imported from cloudtrail',
  ])
  expect(readFileSync(out, 'utf8')).not.toContain('123456789012')
})

test('plays what it imported', async () => {
  using folder = createFolder()
  const log = folder.write('trail.json', FILE(makeRecord()))
  const out = join(folder.path, 'incident.json')
  await runStarttask(['import', 'cloudtrail', log, '--out', out])
  const request = folder.write('request.json', '{"containerInstances":["i-1"],"taskDefinition":"web:1"}')
  expect(await runStarttask(['explain', request, out])).toMatchObject({ code: 0 })
})

test('imports what is whole of a file that is cut off, says where, and fails', async () => {
  using folder = createFolder()
  const records = Array.from({ length: 500 }, (_, index) => makeRecord({ eventID: `e-${index}`, requestID: crypto.randomUUID() }))
  const log = join(folder.path, 'cut.json.gz')
  writeFileSync(log, cutGzip(FILE(...records).replaceAll('},{"eventVersion"', '},\n{"eventVersion"'), 0.6))
  const out = join(folder.path, 'incident.ndjson')
  const { code, stdout } = await runStarttask(['import', 'cloudtrail', log, '--out', out, '--json'])
  const { exchanges, findings } = JSON.parse(stdout)
  expect([code, exchanges > 100 && exchanges < 500]).toEqual([1, true])
  expect(findings).toContainEqual(expect.objectContaining({ file: log, rule: 'import.cut', severity: 'error' }))
  expect((await runStarttask(['check', out, '--json'])).stdout).toContain(`"checked": ${exchanges}`)
})

test('writes nothing where nothing is found', async () => {
  using folder = createFolder()
  const log = folder.write('trail.json', '{"Records":[]}')
  const out = join(folder.path, 'incident.json')
  expect(await runStarttask(['import', 'cloudtrail', log, '--out', out])).toMatchObject({
    code: 1,
    stderr: `starttask: no StartTask was found in ${log}; nothing was written\n`,
  })
  expect(existsSync(out)).toBe(false)
})

test.each([
  [['import', 'pcap', 'x', '--out', 'o.json'], 2, 'There is no format "pcap".'],
  [['import', 'har', 'nowhere.har', '--out', 'o.json'], 3, 'nowhere.har does not exist.'],
  [['import', 'har', 'package.json', '--out', 'o.txt'], 2, '--out is o.txt.'],
  [['import', 'har', 'package.json', '--out', 'package.json'], 2, 'package.json is there already, and is not overwritten.'],
  [['import', 'har', 'package.json', '--out', 'o.json', '--allow', 'ExecuteCommand'], 2, 'ExecuteCommand is never recorded'],
])('refuses %j', async (args, code, message) => {
  using folder = createFolder()
  folder.write('package.json', '{}')
  expect(await runStarttask(args, { cwd: folder.path })).toMatchObject({ code, stderr: expect.stringContaining(`error: ${message}`) })
})

test('makes hostile text safe to print, and takes no path from it', async () => {
  using folder = createFolder()
  const hostile = '../../\u001b[31m<script>\n::error::'
  const record = makeRecord({
    eventID: hostile,
    eventVersion: hostile,
    errorCode: hostile,
    errorMessage: hostile,
    requestID: hostile,
    requestParameters: null,
  })
  const log = folder.write('trail.json', FILE(record))
  const out = join(folder.path, 'incident.json')
  const { code, stderr } = await runStarttask(['import', 'cloudtrail', log, '--out', out])
  expect([code, findControls(stderr), /^::/m.test(stderr)]).toEqual([0, [], false])
  expect(parseRecording(readFileSync(out, 'utf8')).exchanges).toHaveLength(1)
})
