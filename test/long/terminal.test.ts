import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { buildInput } from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, runStarttask } from '../cli/starttask.ts'
import { HAS_TERMINAL, runOnTerminal } from '../cli/terminals.ts'

const SAMPLE = readFileSync(
  fileURLToPath(new URL('../../recordings/started/page-sample.json', import.meta.url)),
  'utf8',
)
const { exchanges }: { exchanges: { startedAtMs: number }[] } = JSON.parse(SAMPLE)
const [exchange] = exchanges

const LINE = '\r\u001b[K'
const TASK_STATE = {
  'detail-type': 'ECS Task State Change',
  source: 'aws.ecs',
  time: '2026-11-26T00:00:00Z',
  detail: {
    taskArn: 'arn:aws:ecs:us-east-1:012345678910:task/default/fdf2c302',
    lastStatus: 'PENDING',
    desiredStatus: 'RUNNING',
  },
}

/** Input that takes each command more than the half second in which nothing is shown, even on a fast machine. */
const JOBS = [
  {
    command: 'check',
    args: ['check', 'in.ndjson', '--as', 'request'],
    line: (n: number) => ({ ...buildInput('a'), startedBy: `job ${n}` }),
    count: 50_000,
  },
  {
    command: 'archive',
    args: ['archive', 'in.ndjson', '--out', 'out.ndjson'],
    line: (n: number) => ({ ...exchange, startedAtMs: n }),
    count: 20_000,
  },
  {
    command: 'import',
    args: ['import', 'eventbridge', 'in.ndjson', '--out', 'out.json'],
    line: (n: number) => ({ ...TASK_STATE, detail: { ...TASK_STATE.detail, version: n } }),
    count: 80_000,
  },
]

const prepare = (folder: { path: string }, { line, count }: (typeof JOBS)[number]) => {
  const lines: string[] = []
  for (let number = 0; number < count; number++) lines.push(JSON.stringify(line(number)))
  writeFileSync(join(folder.path, 'in.ndjson'), `${lines.join('\n')}\n`)
}

test.for(JOBS)(
  'shows how far it is on a terminal, and takes the line away: $command',
  async (job, { skip }) => {
    if (!HAS_TERMINAL) skip('script of util-linux is not installed')
    using folder = createFolder()
    prepare(folder, job)
    const { output } = await runOnTerminal(folder.path, [...job.args, '>', 'out.txt'])
    const lines = output.split(LINE).slice(1)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines[0]).toMatch(/\d+ (?:checked|exchanges)|file 1 of 1, \d+\.\d MB read, \d+ found/)
    expect(lines.at(-1)).not.toMatch(/\d+ checked, |exchanges; file|MB read/)
  },
)

test.for(JOBS)('shows nothing of it off a terminal: $command', async (job) => {
  using folder = createFolder()
  prepare(folder, job)
  const { stdout, stderr } = await runStarttask(job.args, { cwd: folder.path })
  expect(findControls(stdout + stderr)).toEqual([])
})

test.for([
  ['NO_COLOR', { NO_COLOR: '1' }, false],
  ['a dumb terminal', { TERM: 'dumb' }, false],
  ['a terminal', {}, true],
] as const)(
  'colours for a terminal that wants it alone: %s',
  async ([, env, isColoured], { skip }) => {
    if (!HAS_TERMINAL) skip('script of util-linux is not installed')
    using folder = createFolder()
    folder.write('a.json', JSON.stringify({ ...buildInput('a'), startedBy: 'job #7' }))
    const { code, output } = await runOnTerminal(folder.path, ['check', 'a.json'], { env })
    expect(code).toBe(1)
    expect(output.includes('\u001b[')).toBe(isColoured)
  },
)

test('counts exchanges on a terminal while it records', { timeout: 60_000 }, async ({ skip }) => {
  if (!HAS_TERMINAL) skip('script of util-linux is not installed')
  using folder = createFolder()
  const args = ['record', '--out', 'a.json', '--upstream', 'http://127.0.0.1:1']
  const { code, output } = await runOnTerminal(folder.path, args, {
    keys: { after: '0 exchanges', type: '\u0003' },
  })
  expect(code).toBe(130)
  expect(output).toContain(`${LINE}0 exchanges`)
  expect(output).toContain('nothing was recorded')
})
