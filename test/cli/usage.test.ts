import { existsSync } from 'node:fs'

import { expect, test } from 'vitest'

import manifest from '../../package.json' with { type: 'json' }
import { runStarttask } from './starttask.ts'

const COMMANDS = ['demo', 'record', 'replay', 'check', 'provider', 'drift']

test.each(COMMANDS)('ends the help of %s with examples', async (command) => {
  const { code, stdout, stderr } = await runStarttask([command, '--help'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(
    new RegExp(
      `^Usage: starttask ${command} [^]*\\n\\nExamples:\\n(?: {2}.*starttask ${command}.*\\n)+$`,
    ),
  )
})

test('shows in the help of a command no examples but its own', async () => {
  const { stdout } = await runStarttask(['record', '--help'])
  expect(stdout.match(/^Examples:/gm)).toHaveLength(1)
})

test('ends its help with examples', async () => {
  expect(await runStarttask(['--help'])).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/\n\nExamples:\n(?: {2}starttask.*\n)+$/),
  })
})

test('prints its version alone', async () => {
  expect(await runStarttask(['--version'])).toEqual({
    code: 0,
    signal: null,
    stdout: `${manifest.version}\n`,
    stderr: '',
  })
})

test.each([
  { args: ['replya', 'x'], says: 'Did you mean replay?' },
  { args: ['chek'], says: 'Did you mean check?' },
  { args: ['replay', '--prot', '1', 'x'], says: 'Did you mean --port?' },
  { args: ['check', '--jsn', 'x'], says: 'Did you mean --json or --as?' },
  { args: ['replay'], says: 'The argument <path> is missing.' },
  { args: ['check'], says: 'The argument <path> is missing.' },
  { args: ['record'], says: 'Pass --out PATH.' },
  { args: ['record', '--out', 'x.json'], says: 'No upstream' },
  {
    args: ['record', '--out', 'x.json', '--upstream', 'ftp://x'],
    says: 'http or https URL is needed',
  },
  {
    args: ['record', '--out', 'x.json', '--upstream', 'http://ecs.us-east-1.amazonaws.com'],
    says: 'https alone',
  },
  { args: ['replay', 'x', '--port', '99999'], says: 'a number from 0 to 65535 is needed' },
  {
    args: ['replay', 'x', '--after-last', 'again'],
    says: 'Use one of refuse, repeat, restart',
  },
  {
    args: ['check', 'x', '--as', 'task'],
    says: 'Use one of request, response, recording',
  },
  { args: ['provider', '--seed', 'x'], says: 'seed' },
])('ends with 2 and the remedy for $args', async ({ args, says }) => {
  const { code, stdout, stderr } = await runStarttask(args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(says)
  expect(stderr).not.toMatch(/\n\s+at /)
})

const OLD_NODE = '/usr/bin/node'

test.skipIf(!existsSync(OLD_NODE))(
  'says in one line that Node.js is too old, where it is',
  async ({ skip }) => {
    const { code, stdout, stderr } = await runStarttask(['--version'], { node: OLD_NODE })
    if (code === 0) skip(`${OLD_NODE} is new enough`)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(
      /^starttask-harness needs Node\.js 22\.20\.0 or newer; this is \d+\.\d+\.\d+\.\n$/,
    )
  },
)
