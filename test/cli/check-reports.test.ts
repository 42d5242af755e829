import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'

import { buildInput } from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

const BIN = new URL('../../dist/cli/bin.js', import.meta.url).pathname
const BROKEN = JSON.stringify({ ...buildInput('a'), startedBy: 'job #7' })
/** It names no cluster: an info. */
const NOTED =
  '{"containerInstances":["a"],"taskDefinition":"web:1","group":"g","propagateTags":"NONE"}'

/** Ends what a shell has started, the shell being gone or not. */
function stopGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // all of it has ended
  }
}

test('tells infos in one line for each rule, with their number and the first place', async () => {
  using folder = createFolder()
  folder.write('a.ndjson', `${NOTED}\n`.repeat(3))
  const { code, stdout } = await runStarttask(['check', 'a.ndjson'], { cwd: folder.path })
  expect(code).toBe(0)
  expect(stdout).toBe(
    'info    request.cluster.default: 3 times, first at a.ndjson:1 /cluster\nchecked 3: 0 errors, 0 warnings, 3 infos\n',
  )
})

test('tells every info in full when it is told to', async () => {
  using folder = createFolder()
  folder.write('a.ndjson', `${NOTED}\n`.repeat(2))
  const { stdout } = await runStarttask(['check', '--verbose', 'a.ndjson'], { cwd: folder.path })
  expect(stdout).toMatch(
    /^info {4}a\.ndjson:1 \/cluster\n {8}.+\n {8}request\.cluster\.default; .+\ninfo {4}a\.ndjson:2 \/cluster\n/,
  )
})

test('tells errors file by file with a line between', async () => {
  using folder = createFolder()
  folder.write('a.ndjson', `${BROKEN}\n${BROKEN}\n`)
  folder.write('b.json', BROKEN)
  const { stdout } = await runStarttask(['check', 'a.ndjson', 'b.json'], { cwd: folder.path })
  const heads = stdout.split('\n').filter((line) => line === '' || line.startsWith('error'))
  expect(heads.slice(0, 4)).toEqual([
    'error   a.ndjson:1 /startedBy',
    'error   a.ndjson:2 /startedBy',
    '',
    'error   b.json /startedBy',
  ])
})

test('shows no colour where there is no terminal', async () => {
  using folder = createFolder()
  const { stdout } = await runStarttask(['check', folder.write('a.json', BROKEN)], {
    env: { NO_COLOR: '' },
  })
  expect(findControls(stdout)).toEqual([])
})

test('gives every finding in JSON, infos included', async () => {
  using folder = createFolder()
  const { stdout } = await runStarttask([
    'check',
    '--json',
    folder.write('a.ndjson', `${NOTED}\n${NOTED}\n`),
  ])
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    checked: 2,
    findings: [{ line: 1 }, { line: 2 }],
  })
})

test.each([
  ['--json', { schemaVersion: 1, checked: 200 }],
  ['--sarif', { runs: [{ invocations: [{ executionSuccessful: false }] }] }],
])(
  'ends a document of %s that it has begun when a later file says not what it is',
  async (form, ended) => {
    using folder = createFolder()
    const paths = [
      folder.write('a.ndjson', `${BROKEN}\n`.repeat(200)),
      folder.write('b.json', '{}'),
    ]
    const { code, stdout, stderr } = await runStarttask(['check', form, ...paths])
    expect([code, stderr]).toEqual([2, expect.stringContaining('b.json is neither')])
    expect(JSON.parse(stdout)).toMatchObject(ended)
  },
)

test.each([
  ['--json', '--sarif'],
  ['--json', '--github'],
  ['--sarif', '--github'],
])('refuses %s with %s', async (...forms) => {
  const { code, stdout, stderr } = await runStarttask(['check', 'x.json', ...forms])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('cannot be combined')
})

test.each([['plain'], ['--json'], ['--sarif'], ['--github']])(
  'stops reading without end when nobody reads %s on',
  async (form) => {
    const check = `yes "$2" | "$0" "$1" check - --ndjson ${form === 'plain' ? '' : form}`
    const script = `{ ${check}; echo "code $?" >&2; } | head -1`
    const child = spawn('sh', ['-c', script, process.execPath, BIN, BROKEN], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    onTestFinished(() => stopGroup(child))
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    expect([stdout.split('\n').length, stderr]).toEqual([2, 'code 1\n'])
  },
)

test('begins no workflow command with text of a file', async () => {
  using folder = createFolder()
  const hostile = { ...buildInput('a'), '::error::x': 1, '##[error]x': 1, 'a\n::error::x': 1 }
  folder.write('::add-mask::.json', JSON.stringify(hostile))
  const { stdout } = await runStarttask(['check', './::add-mask::.json'], { cwd: folder.path })
  expect(stdout).toContain('::error::x')
  expect(stdout.match(/^\s*::|##\[/gm)).toBeNull()
})
