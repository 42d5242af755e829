import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import type { Command } from '../../src/cli/program/command.ts'
import { loadCommands } from '../../src/cli/program/registry.ts'
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

/** The commands in the help of a program or group, by their headings. */
const listGroups = (help: string): Map<string, string[]> =>
  new Map(
    [
      ...help.matchAll(/^(?!Usage|Options|Arguments|Examples)([A-Z][\w -]+):\n((?: {2}.*\n)+)/gm),
    ].map(([, heading = '', lines = '']) => [
      heading,
      [...lines.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name),
    ]),
  )

const listCommands = (help: string): string[] =>
  [...listGroups(help).values()].flat().filter((name) => name !== 'help')

/** Every command as data, with its path. */
const listDescriptions = async (): Promise<{ path: string; command: Command }[]> => {
  const listFrom = (above: string, command: Command): { path: string; command: Command }[] => {
    const path = `${above} ${command.name}`.trimStart()
    return [{ path, command }, ...command.commands.flatMap((below) => listFrom(path, below))]
  }
  const listed = await loadCommands(undefined)
  return listed.flatMap(({ command }) => listFrom('', command))
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

test.for(onPage)('ends its help with examples of itself: $line', ({ names, line, help }) => {
  const [usage = '', examples = ''] = help.split('\n\nExamples:\n')
  expect(usage).toMatch(new RegExp(`^Usage: ${line} `))
  expect(examples.split('\n').length).toBeGreaterThan(0)
  for (const example of examples.split('\n'))
    expect(example).toContain(names.length === 0 ? 'starttask ' : line)
})

test('lists commands in groups', async () => {
  const { stdout } = await runStarttask(['--help'])
  expect(Object.fromEntries(listGroups(stdout))).toEqual({
    'Set-up': ['demo', 'init', 'doctor', 'completion', 'help'],
    Everyday: ['record', 'replay', 'provider', 'explain'],
    Recordings: [
      'inspect',
      'compose',
      'format',
      'prune',
      'propose',
      'recover',
      'archive',
      'redact',
      'scan',
    ],
    Contract: ['check', 'coverage', 'drift', 'pact'],
    Incidents: ['incident'],
    'Other tools': ['import', 'export'],
  })
})

const VERBS =
  /^(?:Add|Analyse|Check|Combine|Compare|Compose|Explain|Export|Find|Finish|Format|Import|List|Print|Propose|Publish|Query|Record|Redact|Remove|Report|Run|Search|Serve|Show|Store|Verify|Write)\b/

test('describes every command with a verb and at most 60 characters', async () => {
  const described = (await listDescriptions()).map(({ command }) => command)
  expect(described.length).toBeGreaterThan(25)
  for (const { summary } of described) {
    expect(summary).toMatch(VERBS)
    expect(summary).not.toMatch(/\.$/)
    expect(summary.length).toBeLessThanOrEqual(60)
  }
})

test('shows no default that is an empty list or false', () => {
  expect(page).not.toMatch(/\(default: (?:\[|false)/)
})

test.for(['import', 'export'])('lists the formats of %s that it understands', async (name) => {
  const described = (await listDescriptions()).find(({ path }) => path === name)
  const { stderr } = await runStarttask([name, 'x', 'a.json', '--out', 'b.json'])
  expect(stderr).toContain(described?.command.arguments[0]?.choices?.join(', '))
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
  expect(stderr).toMatch(new RegExp(`\\n  remedy     Did you mean ${meant}(?: or .*)?\\?\n$`))
})

test('shows its help, and fails, when nothing is asked', async () => {
  const [{ code, stdout, stderr }, help] = [await runStarttask([]), await runStarttask(['--help'])]
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: help.stdout })
})

test('makes an argument safe to print that somebody else has chosen', async () => {
  const { stderr } = await runStarttask(['check', '--a\u001b[31m\u202e'])
  expect(stderr).toMatch(/^error: Unknown option: "--a\\u001b\[31m\\u202e"\./)
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
