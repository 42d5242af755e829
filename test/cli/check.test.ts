import { expect, test } from 'vitest'

import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

const SOUND = JSON.stringify(buildInput('a'))
const BROKEN = JSON.stringify({ containerInstances: ['a'], taskDefinition: 7 })
/** A task whose cpu is a number: the documentation says a string. */
const DEPARTED = buildExchange(
  buildInput('a'),
  buildResponse(200, { tasks: [{ cpu: 256 }], failures: [] }),
)

async function checkAsJson(args: string[], input?: string) {
  const { code, stdout, stderr } = await runStarttask(
    ['check', '--json', ...args],
    input === undefined ? {} : { input },
  )
  const document: { findings: { severity: string }[] } = JSON.parse(stdout)
  return { code, stderr, document }
}

/** As `checkAsJson`, without the infos that most requests have. */
async function checkSerious(args: string[], input?: string) {
  const { document, ...run } = await checkAsJson(args, input)
  return {
    ...run,
    document: {
      ...document,
      findings: document.findings.filter(({ severity }) => severity !== 'info'),
    },
  }
}

test.each([
  ['a request', 'request.json', SOUND],
  ['a response', 'response.json', '{"tasks":[],"failures":[]}'],
  ['requests, one a line', 'requests.ndjson', `${SOUND}\n\n${SOUND}\n`],
])('finds nothing in %s that conforms', async (_what, name, content) => {
  using folder = createFolder()
  const { code, document, stderr } = await checkSerious([folder.write(name, content)])
  expect(document).toEqual({
    schemaVersion: 1,
    checked: content.split('\n').filter(Boolean).length,
    findings: [],
  })
  expect([code, stderr]).toEqual([0, ''])
})

test('takes what stands after -- as files', async () => {
  using folder = createFolder()
  const { document } = await checkAsJson([
    folder.write('a.json', SOUND),
    '--',
    folder.write('b.json', SOUND),
  ])
  expect(document).toMatchObject({ checked: 2 })
})

test('finds nothing in recordings that conform', async () => {
  using folder = createFolder()
  folder.write('a.json', buildRecording(...OUTCOMES))
  const { code, document } = await checkSerious([folder.path])
  expect([code, document]).toMatchObject([0, { checked: OUTCOMES.length, findings: [] }])
})

test('names the file, the line and the place of a finding in a body', async () => {
  using folder = createFolder()
  const path = folder.write('bodies.ndjson', `${SOUND}\n${BROKEN}\n`)
  const { code, document } = await checkSerious([path])
  expect(code).toBe(1)
  expect(document).toMatchObject({
    checked: 2,
    findings: [{ file: path, line: 2, pointer: '/taskDefinition', severity: 'error' }],
  })
})

test('names the exchange and the side of a finding in a recording', async () => {
  using folder = createFolder()
  const path = folder.write(
    'r.json',
    buildRecording(
      ...OUTCOMES,
      DEPARTED,
      buildExchange(
        { containerInstances: ['a'] },
        buildResponse(400, { __type: 'ClientException' }),
      ),
    ),
  )
  const { code, document } = await checkAsJson([path])
  expect(code).toBe(1)
  expect(document).toMatchObject({
    findings: expect.arrayContaining([
      expect.objectContaining({
        file: path,
        exchange: 5,
        side: 'response',
        pointer: expect.stringContaining('/tasks/0/cpu'),
      }),
      expect.objectContaining({
        file: path,
        exchange: 6,
        side: 'request',
        pointer: expect.stringContaining('/taskDefinition'),
      }),
    ]),
  })
})

test('reads standard input as what it is told', async () => {
  const { code, document } = await checkSerious(['-', '--as', 'request'], BROKEN)
  expect([code, document]).toMatchObject([
    1,
    { checked: 1, findings: [{ file: '-', pointer: '/taskDefinition' }] },
  ])
})

test('checks as told, whatever it looks like', async () => {
  using folder = createFolder()
  const { code, document } = await checkAsJson([
    '--as',
    'request',
    folder.write('response.json', '{"tasks":[],"failures":[]}'),
  ])
  expect(code).toBe(1)
  expect(JSON.stringify(document)).toContain('/taskDefinition')
})

test('tells a person each finding with its place, rule and source, and counts them', async () => {
  using folder = createFolder()
  const path = folder.write('request.json', BROKEN)
  const { code, stdout, stderr } = await runStarttask(['check', path])
  expect(code).toBe(1)
  const said = stdout + stderr
  expect(said).toMatch(new RegExp(`^error +${path} /taskDefinition\\n +.+\\n`))
  expect(said).toMatch(/checked 1: 1 errors?, 0 warnings, \d+ infos\n$/)
})

test('asks what a body is that says nothing of it', async () => {
  using folder = createFolder()
  const { code, stdout, stderr } = await runStarttask(['check', folder.write('x.json', '{}')])
  expect([code, stdout, stderr]).toEqual([
    2,
    '',
    expect.stringContaining('--as request|response|recording'),
  ])
})

test.each([
  ['a file that is no JSON', 'x.json', '{"tasks":', 'file.not-json', 'is not JSON'],
  ['a line that is no JSON', 'x.ndjson', `{\n${SOUND}`, 'file.not-json', 'x.ndjson:1'],
  [
    'a recording of another version',
    'x.json',
    '{"format":"starttask-recording","version":7}',
    'file.recording-version',
    'format version 7; this package reads version 1',
  ],
  ['a body too deep', 'x.json', '['.repeat(101), 'file.too-deep', 'deeper than 100 levels'],
])('reports %s, says why, and checks the rest', async (_what, name, content, rule, reason) => {
  using folder = createFolder()
  const { code, document } = await checkSerious([
    folder.write(name, content),
    folder.write('sound.json', SOUND),
  ])
  expect(code).toBe(1)
  expect(document).toMatchObject({
    checked: name === 'x.ndjson' ? 3 : 2,
    findings: [{ rule, severity: 'error', message: expect.stringContaining(reason) }],
  })
})

test('ends with 3 for a path that does not exist', async () => {
  expect(await runStarttask(['check', 'no-such-file.json'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('no-such-file.json does not exist'),
  })
})

const STEERING = '\u001b[2J\u001b]0;title\u0007\u009b31m\u202egnp\r\u0000\u200b\u2028'

test('lets no text of a recording steer the terminal', async () => {
  using folder = createFolder()
  const response = buildResponse(200, {
    tasks: STEERING,
    failures: [{ reason: 7, [STEERING]: 1 }],
    [STEERING]: STEERING,
  })
  const path = folder.write(
    'r.json',
    buildRecording(buildExchange({ taskDefinition: STEERING, [STEERING]: 1 }, response)),
  )
  const { code, stdout, stderr } = await runStarttask(['check', path])
  expect(code).toBe(1)
  expect(findControls(stdout + stderr)).toEqual([])
  expect(stdout + stderr).toContain('\\u001b')
})

async function checkSteeringAsJson(steering: string): Promise<string> {
  using folder = createFolder()
  const request = { ...buildInput('a'), cluster: 7, [steering]: 1 }
  const path = folder.write(
    'r.json',
    buildRecording(buildExchange(request, buildResponse(200, { tasks: [], failures: [] }))),
  )
  const { stdout, stderr } = await runStarttask(['check', '--json', path])
  expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(steering).slice(1, -1))
  return stdout + stderr
}

test('lets no text of a recording steer the terminal in JSON, which still says it', async () => {
  expect(findControls(await checkSteeringAsJson('\u001b[2J\u001b]0;title\u0007\r\u0000'))).toEqual(
    [],
  )
})

test('lets no C1 or bidirectional control of a recording reach the terminal in JSON', async () => {
  expect(findControls(await checkSteeringAsJson('\u009b31m\u202egnp\u200b\u2028\u007f'))).toEqual(
    [],
  )
})

test('lets no text of a broken recording steer the terminal', async () => {
  using folder = createFolder()
  const path = folder.write(
    'r.json',
    `{"format":"starttask-recording","version":1,"recordedAt":${JSON.stringify(STEERING)},${JSON.stringify(STEERING)}:1}`,
  )
  const { code, stdout, stderr } = await runStarttask(['check', path])
  expect([code, findControls(stdout + stderr)]).toEqual([1, []])
})
