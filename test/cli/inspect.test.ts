import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { formatUnredacted } from '../suites/unredacted.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
  REJECTED,
  STARTED,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

vi.setConfig({ testTimeout: 30_000 }) // each run of the command is a process, and many tests run at once

/** Text that steers a terminal, a workflow, Markdown and HTML. */
const HOSTILE =
  '\u001b[2J\u202e\n::error::planted\n##[error]planted <script>alert(1)</script> [a](javascript:1) | ../../x'

const NAME = '\u001b[2J::error::x\n##[error]y.json'

test('lists exchanges with outcome, reason and request', async () => {
  using folder = createFolder()
  folder.write('one.json', buildRecording(...OUTCOMES))
  const { code, stdout } = await runStarttask(['inspect', 'one.json'], { cwd: folder.path })
  expect(code).toBe(0)
  expect(stdout).toContain('one.json  2016-11-21T22:00:32.000Z, a test\n')
  expect(stdout).toMatch(/#1 +\+0\.000 s {2}started +200 1 task +web:3 on 1 instance/)
  expect(stdout).toMatch(/#2 .* partial +200 1 task, 1 failure: AGENT/)
  expect(stdout).toMatch(/#3 .* unplaced +200 no task, 1 failure: AGENT/)
  expect(stdout).toMatch(/#4 .* rejected +400 ClusterNotFoundException/)
})

test('numbers exchanges by file, and reads archives and folders in them', async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, 'all/deep'), { recursive: true })
  folder.write('all/one.json', buildRecording(STARTED))
  folder.write('all/deep/two.json', buildRecording(REJECTED, STARTED))
  folder.write('all/starttask.config.json', '{}')
  await runStarttask(['archive', 'all/one.json', '--out', 'all/many.ndjson.zst'], {
    cwd: folder.path,
  })
  const { code, stdout } = await runStarttask(['inspect', 'all', '--plain'], { cwd: folder.path })
  expect(code).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(lines.map((line) => line.split('\t').slice(0, 2).join('#'))).toEqual([
    'all/deep/two.json#1',
    'all/deep/two.json#2',
    'all/one.json#1',
    'all/many.ndjson.zst#1',
  ])
})

test.for([
  [[], [1, 2, 3, 4]],
  [
    ['--outcome', 'unplaced,rejected'],
    [3, 4],
  ],
  [
    ['--reason', 'agent'],
    [2, 3],
  ],
  [['--reason', 'ClusterNotFoundException'], [4]],
  [['--find', 'CLUSTER NOT'], [4]],
  [
    ['--find', 'failures'],
    [1, 2, 3],
  ],
  [
    ['--find', '1479765460.842'],
    [1, 2],
  ],
  [['--find', 'nowhere'], []],
] as const)('narrows the list, and counts what it looked at: %j', async ([args, shown]) => {
  using folder = createFolder()
  folder.write('one.json', buildRecording(...OUTCOMES))
  const { code, stdout, stderr } = await runStarttask(['inspect', 'one.json', '--json', ...args], {
    cwd: folder.path,
  })
  const { checked, exchanges } = JSON.parse(stdout)
  expect([code, checked, exchanges.map((one: { exchange: number }) => one.exchange)]).toEqual([
    0,
    4,
    shown,
  ])
  expect(stderr).toBe(shown.length === 0 ? 'starttask: no exchange fits\n' : '')
})

test('a reason also fits by what stands before its colon', async () => {
  using folder = createFolder()
  const fail = (reason: string) =>
    buildExchange(
      buildInput('i'),
      buildResponse(200, { tasks: [], failures: [{ arn: 'a', reason }] }),
    )
  folder.write('one.json', buildRecording(fail('RESOURCES'), fail('RESOURCE:CPU'), REJECTED))
  const list = async (reason: string) =>
    (
      await runStarttask(['inspect', 'one.json', '--plain', '--reason', reason], {
        cwd: folder.path,
      })
    ).stdout.match(/(?<=\t)\d+(?=\t0\tStartTask)/g)
  expect(await list('resource')).toEqual(['2'])
  expect(await list('cpu')).toBeNull()
})

test('shows one exchange in full, with findings that say their rule and source', async () => {
  using folder = createFolder()
  folder.write(
    'one.json',
    buildRecording(
      STARTED,
      buildExchange(
        { ...buildInput('i'), startedBy: 'x'.repeat(37) },
        buildResponse(200, { tasks: 7 }),
      ),
    ),
  )
  const { code, stdout } = await runStarttask(['inspect', 'one.json#2'], { cwd: folder.path })
  expect(code).toBe(0)
  expect(stdout).toContain('one.json #2  StartTask unreadable: 200 unreadable\n')
  expect(stdout).toContain(`    "startedBy": "${'x'.repeat(37)}"`)
  expect(stdout).toContain('\nresponse 200\n')
  expect(stdout).toMatch(
    /error {4}\/request\/body\/startedBy: .*36.*\n {11}request\.startedBy\.maxLength; /,
  )
  expect(stdout).toMatch(
    /error {4}\/response\/body\/tasks: .*\n {11}response\.tasks\.type; API page/,
  )
})

test('gives one exchange as a JSON document', async () => {
  using folder = createFolder()
  folder.write('one.json', buildRecording(STARTED, REJECTED))
  const { stdout } = await runStarttask(['inspect', 'one.json', '--exchange', '2', '--json'], {
    cwd: folder.path,
  })
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    file: 'one.json',
    exchange: 2,
    outcome: 'rejected',
    reasons: ['ClusterNotFoundException'],
    provenance: { source: 'a test' },
    words: { response: '400 ClusterNotFoundException', request: 'web:3 on 1 instance' },
    request: REJECTED.request,
    response: REJECTED.response,
    findings: expect.arrayContaining([
      expect.objectContaining({ rule: 'request.cluster.default', source: expect.any(String) }),
    ]),
  })
})

test('the configuration file decides how severe a finding is', async () => {
  using folder = createFolder()
  folder.write('one.json', buildRecording(STARTED))
  folder.write('starttask.config.json', '{"severity":{"request.cluster.default":"error"}}')
  const { stdout } = await runStarttask(['inspect', 'one.json', '--json'], { cwd: folder.path })
  expect(JSON.parse(stdout).exchanges[0].findings.error).toBe(1)
})

test('shows where two exchanges differ, and whether their requests count as the same', async () => {
  using folder = createFolder()
  const again = buildExchange(
    { ...buildInput('started'), cluster: 'default' },
    buildResponse(200, { tasks: [] }),
  )
  folder.write('one.json', buildRecording(STARTED, again))
  const { code, stdout } = await runStarttask(['inspect', 'one.json', '--diff', '1', '2'], {
    cwd: folder.path,
  })
  expect(code).toBe(0)
  expect(stdout).toContain(
    'one.json #1 and one.json #2: 3 differences; the requests count as the same\n',
  )
  expect(stdout).toContain('  added    /request/body/cluster  "default"\n')
  expect(stdout).toContain('  missing  /response/body/failures  []\n')
  expect(stdout).toMatch(/ {2}missing {2}\/response\/body\/tasks\/0 {2}\{"clusterArn":/)
})

test('compares exchanges of two files, and says it in JSON', async () => {
  using folder = createFolder()
  folder.write('a.json', buildRecording(STARTED))
  folder.write('b.json', buildRecording(STARTED, REJECTED))
  const run = await runStarttask(['inspect', '--diff', 'a.json', 'b.json#2', '--json'], {
    cwd: folder.path,
  })
  const document = JSON.parse(run.stdout)
  expect(document).toMatchObject({
    schemaVersion: 1,
    one: { file: 'a.json', exchange: 1 },
    other: { file: 'b.json', exchange: 2 },
    isSameRequest: false,
  })
  expect(document.differences).toContainEqual({
    pointer: '/response/status',
    kind: 'changed',
    one: 200,
    other: 400,
  })
})

test('equal exchanges have no difference', async () => {
  using folder = createFolder()
  folder.write('a.json', buildRecording(STARTED, { ...STARTED, startedAtMs: 9 }))
  const { stdout } = await runStarttask(['inspect', 'a.json', '--diff', '1', '2'], {
    cwd: folder.path,
  })
  expect(stdout).toBe('a.json #1 and a.json #2: 0 differences; the requests count as the same\n')
})

test.for([
  [['one.json', '--diff', '1'], '--diff takes two exchanges, and got 1'],
  [['--diff', '1', '2', 'one.json'], '--diff takes two exchanges, and got 3'],
  [['one.json', '--diff', '1', '9'], 'one.json has exchanges 1 to 4, and no exchange 9'],
  [['one.json', '--exchange', 'x'], '--exchange is "x"'],
  [['one.json', '--exchange', '0'], 'no exchange 0'],
  [['one.json', '--exchange', '1', '--diff', '1', '2'], '--diff and --exchange exclude each other'],
  [['.', '--exchange', '1'], 'holds several recordings'],
  [['--diff', 'one.json', 'two.json'], 'one.json has several exchanges'],
  [['--diff', '1', '2'], 'of which recording?'],
  [[], 'No recording is named'],
  [['one.json', '--outcome', 'fine'], 'There is no outcome "fine"'],
] as const)('ends with 2 and says what is wrong: %j', async ([args, message]) => {
  using folder = createFolder()
  folder.write('one.json', buildRecording(...OUTCOMES))
  folder.write('two.json', buildRecording(STARTED))
  const { code, stdout, stderr } = await runStarttask(['inspect', ...args], { cwd: folder.path })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})

test('ends with 3 where there is nothing to read', async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, 'empty'))
  for (const path of ['none.json', 'empty']) {
    const { code, stderr } = await runStarttask(['inspect', path], { cwd: folder.path })
    expect([code, stderr]).toEqual([3, expect.stringContaining(path)])
  }
})

test('one file of a folder that cannot be read does not hold up the others', async () => {
  using folder = createFolder()
  folder.write('a.json', '{')
  folder.write('b.json', buildRecording(STARTED))
  const { code, stdout, stderr } = await runStarttask(['inspect', '.'], { cwd: folder.path })
  expect(code).toBe(3)
  expect(stdout).toContain('b.json')
  expect(stderr).toMatch(/damaged +a\.json: /)
})

test('a damaged line of an archive is told, and the rest is listed', async () => {
  using folder = createFolder()
  folder.write('many.ndjson', `${JSON.stringify(STARTED)}\n{"cut\n${JSON.stringify(REJECTED)}\n`)
  const { code, stdout, stderr } = await runStarttask(['inspect', 'many.ndjson', '--plain'], {
    cwd: folder.path,
  })
  expect(code).toBe(3)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[4]),
  ).toEqual(['started', 'rejected'])
  expect(stderr).toMatch(/damaged +many\.ndjson: line 2, byte \d+: /)
})

test('shows responses that are no JSON, and no responses', async () => {
  using folder = createFolder()
  const html = buildResponse(502, null, {
    bodyText: '<html>\n::error::planted\n</html>',
    headers: { 'content-type': 'text/html' },
  })
  const bytes = buildResponse(200, null, { bodyBase64: 'AAEC' })
  folder.write(
    'one.json',
    buildRecording(
      buildExchange(buildInput('i'), html),
      buildExchange(buildInput('i'), bytes),
      buildExchange(buildInput('i'), buildResponse(200, null)),
      buildExchange(buildInput('i'), { failure: 'reset', code: 'ECONNRESET' }),
    ),
  )
  const show = async (number: number) =>
    (await runStarttask(['inspect', `one.json#${number}`], { cwd: folder.path })).stdout
  expect(await show(1)).toContain('  <html>\n  \\u003a:error::planted\n  </html>\n')
  expect(await show(2)).toContain('  (base64) AAEC\n')
  expect(await show(3)).toContain('  (empty)\n')
  expect(await show(4)).toContain('StartTask failed: no response: reset\n')
  expect(await show(4)).toContain('no response\n  reset (ECONNRESET)\n')
})

test.for([
  [NAME],
  [NAME, '--plain'],
  [NAME, '--json'],
  [`${NAME}#1`],
  [`${NAME}#1`, '--json'],
  [NAME, '--diff', '1', '2'],
  [NAME, '--diff', '1', '2', '--json'],
  [`${NAME}x`],
])('hostile text of recordings and hostile file names steer nothing: %j', async (args) => {
  using folder = createFolder()
  const failures = [{ arn: HOSTILE, reason: HOSTILE, [HOSTILE]: HOSTILE }]
  const request = { ...buildInput(HOSTILE), taskDefinition: HOSTILE, [HOSTILE]: HOSTILE }
  const hostile = {
    ...buildExchange(request, buildResponse(200, { failures })),
    invocation: HOSTILE,
  }
  const provenance = { source: HOSTILE, client: HOSTILE, [HOSTILE]: HOSTILE }
  folder.write(NAME, { ...buildRecording(hostile, STARTED), provenance })
  const { stdout, stderr } = await runStarttask(['inspect', ...args], { cwd: folder.path })
  expect((stdout + stderr).length).toBeGreaterThan(20)
  expect(findControls(stdout + stderr)).toEqual([])
  for (const line of (stdout + stderr).split('\n'))
    expect(line).not.toMatch(/^\s*::|##\[error\]planted/)
})

test('says what a recording tells besides exchanges', async () => {
  using folder = createFolder()
  const changes = [
    { atMs: 0, task: { taskArn: 'a' } },
    { atMs: 1, task: { taskArn: 'a' } },
  ]
  folder.write('both.json', { ...buildRecording(STARTED), taskStateChanges: changes })
  folder.write('tasks.json', { ...buildRecording(), taskStateChanges: changes.slice(0, 1) })
  folder.write('void.json', buildRecording())
  const { code, stdout, stderr } = await runStarttask(['inspect', '.'], { cwd: folder.path })
  expect(code).toBe(0)
  expect(stdout).toContain('both.json  2016-11-21T22:00:32.000Z, a test, 2 task state changes\n')
  expect(stderr).toBe(
    'starttask: tasks.json has no exchange, and 1 task state change: starttask incident timeline shows them\nstarttask: void.json has no exchange\n',
  )
})

test('a reader that goes away is no error', async () => {
  using folder = createFolder()
  writeFileSync(join(folder.path, 'many.ndjson'), `${JSON.stringify(STARTED)}\n`.repeat(3000))
  const script = `node "$BIN" inspect many.ndjson --plain | head -1; echo "codes $?"`
  const bin = new URL('../../dist/cli/bin.js', import.meta.url).pathname
  const { spawnSync } = await import('node:child_process')
  const run = spawnSync('sh', ['-c', script.replace('node', `"${process.execPath}"`)], {
    cwd: folder.path,
    env: { ...process.env, BIN: bin },
    encoding: 'utf8',
  })
  expect(run.stderr).toBe('')
  expect(run.stdout).toMatch(/^many\.ndjson\t1\t.*\ncodes 0\n$/)
})

test('a file whose name ends in a number sign and digits is that file', async () => {
  using folder = createFolder()
  folder.write('odd#2', formatUnredacted(buildRecording(STARTED)))
  const { stdout } = await runStarttask(['inspect', 'odd#2', '--plain'], { cwd: folder.path })
  expect(stdout).toMatch(
    /^odd#2\t1\t0\tStartTask\tstarted\t200 1 task\tweb:3 on 1 instance\t0\t0\n$/,
  )
})
