import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { buildInput } from '../replayer/recorded-exchanges.ts'
import { createFolder, runStarttask } from './starttask.ts'

const REQUEST = { ...buildInput('a'), startedBy: 'job #7' }
const NOTED =
  '{"containerInstances":["a"],"taskDefinition":"web:1","group":"g","propagateTags":"NONE"}'

/** What the runner makes of its log: the documented escapes undone. */
const readCommands = (log: string) =>
  [...log.matchAll(/^::(\w+) (.*?)::(.*)$/gm)].map(
    ([, command, properties = '', message = '']) => ({
      command,
      ...Object.fromEntries(
        properties.split(',').map((property) => property.split('=').map(unescape)),
      ),
      message: unescape(message),
    }),
  )
const unescape = (text: string) =>
  text
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%')

test('annotates the line of a JSON file on which the finding stands', async () => {
  using folder = createFolder()
  folder.write('a.json', JSON.stringify(REQUEST, undefined, 2))
  const { code, stdout } = await runStarttask(['check', '--github', 'a.json'], { cwd: folder.path })
  const line =
    JSON.stringify(REQUEST, undefined, 2)
      .split('\n')
      .findIndex((text) => text.includes('startedBy')) + 1
  expect(code).toBe(1)
  expect(readCommands(stdout)[0]).toMatchObject({
    command: 'error',
    file: 'a.json',
    line: String(line),
    title: 'request.startedBy.pattern',
    message: expect.stringContaining('startedBy is "job #7"'),
  })
  expect(stdout).toMatch(/\nchecked 1: 1 error, /)
})

test('annotates the line of a file of lines', async () => {
  using folder = createFolder()
  folder.write('a.ndjson', `${NOTED}\n${JSON.stringify(REQUEST)}\n`)
  const { stdout } = await runStarttask(['check', '--github', 'a.ndjson'], { cwd: folder.path })
  expect(readCommands(stdout)[0]).toMatchObject({ command: 'error', file: 'a.ndjson', line: '2' })
})

test('makes one notice of all infos of a rule', async () => {
  using folder = createFolder()
  folder.write('a.ndjson', `${NOTED}\n${NOTED}\n`)
  const { stdout } = await runStarttask(['check', '--github', 'a.ndjson'], { cwd: folder.path })
  expect(readCommands(stdout)).toMatchObject([
    {
      command: 'notice',
      line: '1',
      title: 'request.cluster.default',
      message: expect.stringMatching(/^2 times/),
    },
  ])
})

test('escapes what would end a property or a line', async () => {
  using folder = createFolder()
  const name = 'a,b:c%0A\n::error::.json'
  folder.write(name, JSON.stringify({ ...buildInput('a'), 'x\r\n::error::%0A': 1 }))
  const { stdout } = await runStarttask(['check', '--github', name], { cwd: folder.path })
  expect(stdout).toMatch(/^::error file=a%2Cb%3Ac%250A%0A%3A%3Aerror%3A%3A\.json,line=1,/)
  expect(stdout.match(/^::error/gm)).toHaveLength(1)
})

test('makes annotations beside the plain report in GitHub Actions, from the root of the checkout', async () => {
  using folder = createFolder()
  const inner = join(folder.path, 'inner')
  mkdirSync(inner)
  writeFileSync(join(inner, 'a.json'), JSON.stringify(REQUEST))
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder.path }
  const { stdout } = await runStarttask(['check', 'a.json'], { cwd: inner, env })
  expect(stdout).toMatch(/^error {3}a\.json \/startedBy\n/)
  expect(readCommands(stdout)[0]).toMatchObject({ command: 'error', file: 'inner/a.json' })
  expect(stdout).toMatch(/checked 1: .*\n$/)
})

test('makes no annotation in GitHub Actions where JSON is asked for', async () => {
  using folder = createFolder()
  const { stdout } = await runStarttask(
    ['check', '--json', folder.write('a.json', JSON.stringify(REQUEST))],
    {
      env: { GITHUB_ACTIONS: 'true' },
    },
  )
  expect(JSON.parse(stdout)).toMatchObject({ checked: 1 })
})

test('names no file for standard input', async () => {
  const { stdout } = await runStarttask(['check', '--github', '-'], {
    input: JSON.stringify(REQUEST),
  })
  expect(stdout).toMatch(/^::error line=1,title=/)
})
