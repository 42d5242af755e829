import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { runStarttask } from './starttask.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}docs/cli.md`, 'utf8')

/** The help of each command, as docs/cli.md has it: its heading, and the block below. */
const onPage = [...page.matchAll(/^## starttask ?(.*)\n\n```text\n([\s\S]*?)\n```$/gm)].map(
  ([, line = '', help = '']) => ({
    names: line.split(' ').filter(Boolean),
    line: `starttask ${line}`.trim(),
    help,
  }),
)

const listCommands = (help: string): string[] => {
  const [, commands = ''] = help.split(/^Commands:\n/m)
  return [...commands.matchAll(/^ {2}([a-z]+)/gm)].flatMap(([, name = '']) =>
    name === 'help' ? [] : [name],
  )
}

/** Every command that the program itself lists, and those below them. */
const listAll = async (names: readonly string[] = []): Promise<string[]> => {
  const { stdout } = await runStarttask([...names, '--help'])
  const below = await Promise.all(listCommands(stdout).map((name) => listAll([...names, name])))
  return [['starttask', ...names].join(' '), ...below.flat()]
}

test(
  'lists every command on the page, and no other (npm run page:cli)',
  { timeout: 60_000 },
  async () => {
    const all = await listAll()
    expect(all.length).toBeGreaterThan(20)
    expect(onPage.map(({ line }) => line)).toEqual(all)
  },
)

test.for(onPage)(
  'tells on the page what help says: $line (npm run page:cli)',
  async ({ names, help }) => {
    const { code, stdout, stderr } = await runStarttask([...names, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.trimEnd()).toBe(help)
  },
)

test.for(onPage)('opens its help with examples of itself: $line', ({ names, line, help }) => {
  const [heading, ...rest] = help.split('\n')
  const examples = rest.slice(0, rest.indexOf(''))
  expect(heading).toBe('Examples:')
  expect(examples.length).toBeGreaterThan(0)
  for (const example of examples)
    expect(example).toContain(names.length === 0 ? 'starttask ' : line)
  expect(help).toContain(`\nUsage: ${line} `)
})

test('says the same for help COMMAND', async () => {
  const [help, option] = [
    await runStarttask(['help', 'check']),
    await runStarttask(['check', '--help']),
  ]
  expect(help).toEqual(option)
})

test.for([
  [['chekc', 'a.json'], 'check'],
  [['replya', 'a.json'], 'replay'],
  [['check', 'a.json', '--jsn'], '--json'],
  [['pact', 'verfy', 'a.json'], 'verify'],
  [['incident', 'timelin', 'a.json'], 'timeline'],
] as const)('suggests what may have been meant: %j', async ([args, meant]) => {
  const { code, stdout, stderr } = await runStarttask(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`(Did you mean ${meant}?)`)
})

test('shows its help, and fails, when nothing is asked', async () => {
  const [{ code, stdout, stderr }, help] = [await runStarttask([]), await runStarttask(['--help'])]
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: help.stdout })
})

test('makes an argument safe to print that somebody else has chosen', async () => {
  const { stderr } = await runStarttask(['check', '--a\u001b[31m\u202e'])
  expect(stderr).toMatch(/^error: unknown option '--a\\u001b\[31m\\u202e'/)
})

test('has --json wherever a command reads, and --plain wherever it prints records', () => {
  const has = (option: string) =>
    onPage
      .filter(({ help }) => help.includes(`  ${option} `))
      .map(({ line }) => line.replace('starttask ', ''))
  const printing = [
    'check',
    'scan',
    'explain',
    'propose',
    'coverage',
    'drift',
    'pact check',
    'pact verify',
    'incident timeline',
    'doctor',
  ]
  expect(has('--plain')).toEqual(expect.arrayContaining(printing))
  expect(has('--json')).toEqual(
    expect.arrayContaining([
      ...printing,
      'prune',
      'redact',
      'import',
      'export',
      'archive',
      'replay',
      'init',
      'pact write',
    ]),
  )
})
