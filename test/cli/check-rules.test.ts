import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, type Folder, runStarttask } from './starttask.ts'

const BROKEN = JSON.stringify({ ...buildInput('a'), startedBy: 'job #7' })
const OFF = '{"severity":{"request.startedBy.pattern":"off"}}'

const checkErrors = async (folder: Folder, args: string[], cwd = folder.path) => {
  const { code, stdout, stderr } = await runStarttask(['check', '--json', ...args], { cwd })
  if (stdout === '') return { code, rules: [], stderr }
  const { findings }: { findings: { rule: string; severity: string }[] } = JSON.parse(stdout)
  return {
    code,
    rules: findings
      .filter(({ severity }) => severity !== 'info')
      .map(({ rule, severity }) => `${severity} ${rule}`),
    stderr,
  }
}

test('ends with 0 when the configuration file makes the only error a warning', async () => {
  using folder = createFolder()
  folder.write('starttask.config.json', '{"severity":{"request.startedBy.pattern":"warning"}}')
  folder.write('request.json', BROKEN)
  expect(await checkErrors(folder, ['request.json'])).toEqual({
    code: 0,
    rules: ['warning request.startedBy.pattern'],
    stderr: '',
  })
})

test('ends with 1 when the configuration file makes an info an error', async () => {
  using folder = createFolder()
  folder.write('starttask.config.json', '{"severity":{"request.cluster.default":"error"}}')
  folder.write('request.json', '{"containerInstances":["a"],"taskDefinition":"web:1"}')
  expect(await checkErrors(folder, ['request.json'])).toMatchObject({
    code: 1,
    rules: ['error request.cluster.default'],
  })
})

test('finds the configuration file in a folder above the working directory', async () => {
  using folder = createFolder()
  folder.write('starttask.config.json', OFF)
  const inner = join(folder.path, 'deep/down')
  mkdirSync(inner, { recursive: true })
  expect(await checkErrors(folder, [folder.write('request.json', BROKEN)], inner)).toMatchObject({
    code: 0,
    rules: [],
  })
})

test('reads the configuration file that is named', async () => {
  using folder = createFolder()
  folder.write('request.json', BROKEN)
  expect(
    await checkErrors(folder, ['request.json', '--config', folder.write('own.json', OFF)]),
  ).toMatchObject({ code: 0, rules: [] })
})

test('checks nothing under a configuration file that names an unknown rule', async () => {
  using folder = createFolder()
  folder.write('starttask.config.json', '{"severity":{"request.startedBy.patern":"off"}}')
  folder.write('request.json', BROKEN)
  const { code, rules, stderr } = await checkErrors(folder, ['request.json'])
  expect([code, rules]).toEqual([2, []])
  expect(stderr).toContain('Did you mean request.startedBy.pattern')
})

test('ends with 3 when the named configuration file is not there', async () => {
  using folder = createFolder()
  folder.write('request.json', BROKEN)
  expect(await checkErrors(folder, ['request.json', '--config', 'none.json'])).toMatchObject({
    code: 3,
  })
})

test('drops the finding of a file that is no JSON when that rule is off', async () => {
  using folder = createFolder()
  folder.write('starttask.config.json', '{"severity":{"file.not-json":"off"}}')
  folder.write('x.json', '{')
  expect(await checkErrors(folder, ['x.json'])).toMatchObject({ code: 0, rules: [] })
})

test('leaves info what a rejected request breaks, whatever severity its rule has', async () => {
  using folder = createFolder()
  folder.write('starttask.config.json', '{"severity":{"request.startedBy.pattern":"error"}}')
  const rejected = buildExchange(
    { ...buildInput('a'), startedBy: 'job #7' },
    buildResponse(400, { __type: 'ClientException' }),
  )
  folder.write('r.json', buildRecording(rejected))
  expect(await checkErrors(folder, ['r.json'])).toMatchObject({ code: 0, rules: [] })
})

test('does not take the configuration file for something to check', async () => {
  using folder = createFolder()
  folder.write('starttask.config.json', OFF)
  folder.write('request.json', BROKEN)
  expect(await checkErrors(folder, ['.'])).toMatchObject({ code: 0, stderr: '' })
})
