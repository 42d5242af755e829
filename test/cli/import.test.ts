import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { parseRecording } from '../../src/recording/index.ts'
import { cutGzip, makeRecord, makeTaskEvent } from '../formats/importing.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

const FILE = (...records: object[]) => JSON.stringify({ Records: records })

test('imports a folder as CloudTrail lays it out, in the order of time, redacted, and says what was not told', async () => {
  using folder = createFolder()
  const day = join(folder.path, 'AWSLogs/123456789012/CloudTrail/us-east-1/2026/11/24')
  mkdirSync(day, { recursive: true })
  const late = makeRecord({
    eventTime: '2026-11-24T10:05:00Z',
    requestParameters: { taskDefinition: 'late', containerInstances: ['i-1'] },
  })
  writeFileSync(join(day, 'a.json.gz'), gzipSync(FILE(late)))
  writeFileSync(join(day, 'b.json.gz'), gzipSync(FILE(makeRecord())))
  const out = join(folder.path, 'incident.json')
  const { code, stderr } = await runStarttask([
    'import',
    'cloudtrail',
    join(folder.path, 'AWSLogs'),
    '--out',
    out,
  ])
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(
      /^starttask: 2 exchanges of 2 files in .*\n {2}not told {3}CloudTrail keeps no status/,
    ),
  ])
  const { recordedAt, exchanges, provenance } = parseRecording(readFileSync(out, 'utf8'))
  expect([
    recordedAt,
    exchanges.map(({ startedAtMs }) => startedAtMs),
    provenance['source'],
  ]).toEqual(['2026-11-24T10:00:00.000Z', [0, 300_000], 'imported from cloudtrail'])
  expect(readFileSync(out, 'utf8')).not.toContain('123456789012')
})

test('plays what it imported', async () => {
  using folder = createFolder()
  const log = folder.write('trail.json', FILE(makeRecord()))
  const out = join(folder.path, 'incident.json')
  await runStarttask(['import', 'cloudtrail', log, '--out', out])
  const request = folder.write(
    'request.json',
    '{"containerInstances":["i-1"],"taskDefinition":"web:1"}',
  )
  expect(await runStarttask(['explain', request, out])).toMatchObject({ code: 0 })
})

test('imports what is whole of a file that is cut off, says where, and fails', async () => {
  using folder = createFolder()
  const records = Array.from({ length: 500 }, (_, index) =>
    makeRecord({ eventID: `e-${index}`, requestID: crypto.randomUUID() }),
  )
  const log = join(folder.path, 'cut.json.gz')
  writeFileSync(
    log,
    cutGzip(FILE(...records).replaceAll('},{"eventVersion"', '},\n{"eventVersion"'), 0.6),
  )
  const out = join(folder.path, 'incident.ndjson')
  const { code, stdout } = await runStarttask(['import', 'cloudtrail', log, '--out', out, '--json'])
  const { exchanges, findings } = JSON.parse(stdout)
  expect([code, exchanges > 100 && exchanges < 500]).toEqual([1, true])
  expect(findings).toContainEqual(
    expect.objectContaining({ file: log, rule: 'import.cut', severity: 'error' }),
  )
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
  [['import', 'pcap', 'x', '--out', 'o.json'], 2, 'Unknown format: "pcap".'],
  [['import', 'har', 'nowhere.har', '--out', 'o.json'], 3, 'nowhere.har does not exist.'],
  [['import', 'har', 'package.json', '--out', 'o.txt'], 2, '--out is o.txt.'],
  [
    ['import', 'har', 'package.json', '--out', 'package.json'],
    2,
    'package.json is there already, and is not overwritten.',
  ],
  [
    ['import', 'har', 'package.json', '--out', 'o.json', '--allow', 'ExecuteCommand'],
    2,
    'ExecuteCommand is never recorded',
  ],
])('refuses %j', async (args, code, message) => {
  using folder = createFolder()
  folder.write('package.json', '{}')
  expect(await runStarttask(args, { cwd: folder.path })).toMatchObject({
    code,
    stderr: expect.stringContaining(`error: ${message}`),
  })
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

test('imports what became of tasks beside the calls, redacted, and again without a change', async () => {
  using folder = createFolder()
  const secret = ['hunter', '2hunter2'].join('')
  const overrides = {
    containerOverrides: [{ name: 'main', environment: [{ name: 'DB_PASSWORD', value: secret }] }],
  }
  const call = {
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ecs',
    detail: makeRecord(),
  }
  const log = folder.write(
    'events.ndjson',
    [makeTaskEvent({ overrides }), call].map((event) => JSON.stringify(event)).join('\n'),
  )
  const out = join(folder.path, 'tasks.json')
  const { code, stderr } = await runStarttask(['import', 'eventbridge', log, '--out', out])
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/starttask: 1 exchange and 1 task state change of 1 file in /),
  ])
  const text = readFileSync(out, 'utf8')
  const { recordedAt, taskStateChanges, exchanges } = parseRecording(text)
  expect([recordedAt, taskStateChanges?.map(({ atMs }) => atMs), exchanges.length]).toEqual([
    '2026-11-24T10:00:00.000Z',
    [3540],
    1,
  ])
  expect([text.includes(secret), text.includes('123456789012')]).toEqual([false, false])
  expect((await runStarttask(['redact', out, '--check'])).code).toBe(0)
  expect((await runStarttask(['scan', out])).code).toBe(0)
  expect((await runStarttask(['incident', 'timeline', out])).stdout).toMatch(
    /1 invocation, 1 attempt, 1 task state change/,
  )
})

test('leaves task state changes out of an archive, and says so', async () => {
  using folder = createFolder()
  const call = {
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ecs',
    detail: makeRecord(),
  }
  const log = folder.write('events.json', JSON.stringify([makeTaskEvent(), call]))
  const { code, stderr } = await runStarttask([
    'import',
    'eventbridge',
    log,
    '--out',
    join(folder.path, 'all.ndjson'),
  ])
  expect([code, stderr]).toEqual([1, expect.stringContaining('an archive holds exchanges alone')])
})

test('tells where records go back in time, and puts them in order', async () => {
  using folder = createFolder()
  const times = ['10:00:05', '10:00:01', '10:00:03', '10:00:02']
  const log = folder.write(
    'trail.ndjson',
    times
      .map((time) => JSON.stringify(makeRecord({ eventTime: `2026-11-24T${time}Z` })))
      .join('\n'),
  )
  const out = join(folder.path, 'incident.json')
  const { findings } = JSON.parse(
    (await runStarttask(['import', 'cloudtrail', log, '--out', out, '--json'])).stdout,
  )
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'import.order',
      severity: 'info',
      file: log,
      line: 2,
      message: expect.stringMatching(/^2 records are earlier/),
    }),
  ])
  expect(
    parseRecording(readFileSync(out, 'utf8')).exchanges.map(({ startedAtMs }) => startedAtMs),
  ).toEqual([0, 1000, 2000, 4000])
})

test('exports definitions of nock that import as they were', async () => {
  using folder = createFolder()
  const [nock, again] = [join(folder.path, 'nock.json'), join(folder.path, 'again.json')]
  const sample = 'recordings/unplaced/provider-agent-disconnected.json'
  const scope = ['--scope', 'https://ecs.us-east-1.amazonaws.com']
  expect(
    await runStarttask(['export', 'nock', sample, '--out', nock, ...scope], { cwd: process.cwd() }),
  ).toMatchObject({ code: 0 })
  expect(await runStarttask(['import', 'nock', nock, '--out', again])).toMatchObject({ code: 0 })
  const [before, after] = [sample, again].map(
    (path) => parseRecording(readFileSync(path, 'utf8')).exchanges[0],
  )
  expect([after?.request.body, after?.response]).toEqual([before?.request.body, before?.response])
})

test('names what an export leaves out, and fails', async () => {
  using folder = createFolder()
  const exchange = {
    operation: 'StartTask',
    startedAtMs: 0,
    request: { headers: {}, body: {} },
    response: { failure: 'refused' },
  }
  const recording = {
    format: 'starttask-recording',
    version: 1,
    recordedAt: '2026-11-24T10:00:00.000Z',
    provenance: {},
    exchanges: [exchange],
  }
  const path = folder.write('a.json', JSON.stringify(recording))
  const wiremock = await runStarttask([
    'export',
    'wiremock',
    path,
    '--out',
    join(folder.path, 'w.json'),
  ])
  const nock = await runStarttask([
    'export',
    'nock',
    path,
    '--out',
    join(folder.path, 'n.json'),
    '--scope',
    'https://e.example',
    '--json',
  ])
  expect([wiremock.code, wiremock.stderr]).toEqual([
    1,
    expect.stringContaining('#1: WireMock cannot refuse a connection'),
  ])
  expect([nock.code, JSON.parse(nock.stdout).findings]).toEqual([
    1,
    [expect.objectContaining({ exchange: 1 })],
  ])
})

test.each([
  [
    'an unknown format',
    ['export', 'postman', 'x.json', '--out', 'y.json'],
    2,
    'har, nock, wiremock',
  ],
  [
    'a file that is there',
    ['export', 'har', 'package.json', '--out', 'package.json'],
    2,
    'is not overwritten',
  ],
  ['a path that is not', ['export', 'har', 'nowhere.json', '--out', 'y.json'], 3, 'does not exist'],
])('says what is wrong with an export: %s', async (_what, args, code, message) => {
  expect(await runStarttask(args, { cwd: process.cwd() })).toMatchObject({
    code,
    stderr: expect.stringContaining(message),
  })
})

const HOSTILE = '\u001b[2J\u0007<script>\n::error::owned ../../etc/passwd'
test.each([
  [
    'cloudtrail',
    [
      makeRecord({
        eventID: HOSTILE,
        eventVersion: HOSTILE,
        errorCode: HOSTILE,
        errorMessage: HOSTILE,
        requestID: HOSTILE,
      }),
    ],
  ],
  [
    'eventbridge',
    [
      makeTaskEvent({ lastStatus: HOSTILE, stoppedReason: HOSTILE, [HOSTILE]: HOSTILE }),
      { ...makeTaskEvent(), version: HOSTILE },
    ],
  ],
  [
    'har',
    { log: { entries: [{ request: { method: HOSTILE }, startedDateTime: HOSTILE }, HOSTILE] } },
  ],
  ['nock', [{ scope: HOSTILE }, { [HOSTILE]: HOSTILE }]],
  [
    'wiremock',
    {
      request: {
        method: 'POST',
        headers: { 'X-Amz-Target': { equalTo: 'AmazonEC2ContainerServiceV20141113.StartTask' } },
      },
      response: { bodyFileName: HOSTILE },
    },
  ],
  [
    'sdk-log',
    {
      clientName: 'ECSClient',
      commandName: 'StartTaskCommand',
      input: HOSTILE,
      error: { name: HOSTILE },
    },
  ],
])(
  'lets hostile text of %s do nothing: to the terminal, to a report, to a path',
  async (format, value) => {
    using folder = createFolder()
    const log = folder.write('hostile.json', JSON.stringify(value))
    for (const more of [[], ['--json']]) {
      const { code, stdout, stderr } = await runStarttask([
        'import',
        format,
        log,
        '--out',
        join(folder.path, `out${more.length}.json`),
        ...more,
      ])
      expect([
        [0, 1].includes(code ?? -1),
        findControls(stdout + stderr),
        /^::/m.test(stdout + stderr),
      ]).toEqual([true, [], false])
    }
  },
)
