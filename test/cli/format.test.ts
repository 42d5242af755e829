import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { parseRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'
import { redactExchange } from '../../src/redaction/index.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  REJECTED,
  STARTED,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, type Folder, runStarttask } from './starttask.ts'

vi.setConfig({ testTimeout: 30_000 }) // each run of the command is a process, and many tests run at once

const KEY_ID = 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2'
const RECORDING = buildRecording(redactExchange(STARTED), redactExchange(REJECTED))
const TEXT = formatUnredacted(RECORDING)

/** A run with a key of the folder's own. */
function format(folder: Folder, args: readonly string[], command = 'format') {
  return runStarttask([command, ...args], {
    cwd: folder.path,
    env: { STARTTASK_KEY_FILE: join(folder.path, '.key') },
  })
}

test('mends a recording, says what, and finds nothing the next time', async () => {
  using folder = createFolder()
  const text =
    `\ufeff${TEXT.replace('"elapsedMs": 5,\n', '"elapsedMs": 5,\n"elapsedMs": 5.0,\n')}`.replaceAll(
      '"x-amz-target"',
      '"X-Amz-Target"',
    )
  const file = folder.write('a.json', text.replaceAll('\n', '\r\n'))
  const told = 'byte order mark; repeated member (line 13); line ends; header name'
  expect(await format(folder, ['a.json', '--check'])).toMatchObject({
    code: 1,
    stderr: `starttask: a.json: would mend ${told}\n`,
  })
  expect(readFileSync(file, 'utf8')).toBe(text.replaceAll('\n', '\r\n'))
  expect(await format(folder, ['a.json'])).toMatchObject({
    code: 0,
    stderr: `starttask: a.json: mended ${told}\n`,
  })
  expect(readFileSync(file, 'utf8')).toBe(TEXT)
  expect(await format(folder, ['a.json', '--check'])).toMatchObject({
    code: 0,
    stderr: 'starttask: the recording has its form\n',
  })
})

test('refuses what it cannot mend without choosing, says where, and writes nothing', async () => {
  using folder = createFolder()
  const text = TEXT.replace('\n', '\n<<<<<<< HEAD\n')
  const file = folder.write('a.json', text)
  const { code, stderr } = await format(folder, ['a.json'])
  expect([code, stderr]).toEqual([
    3,
    'error: a.json line 2: a merge was not settled: <<<<<<< is a conflict marker of git.\n  remedy     Keep one side, remove the conflict markers, and format again.\n',
  ])
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('leaves a recording that has its form alone', async () => {
  using folder = createFolder()
  const file = folder.write('a.json', TEXT)
  const before = statSync(file, { bigint: true })
  expect((await format(folder, ['a.json'])).code).toBe(0)
  expect(statSync(file, { bigint: true })).toMatchObject({
    ino: before.ino,
    mtimeNs: before.mtimeNs,
  })
})

test('refuses bytes that are no text', async () => {
  using folder = createFolder()
  const bytes = Buffer.from(TEXT.replace('web:3', 'w\u00e4b:3'), 'latin1')
  const file = folder.write('a.json', '')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(file, bytes)
  const { code, stderr } = await format(folder, ['a.json'])
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining('a.json: The bytes are not UTF-8 text'),
  ])
  expect(readFileSync(file)).toEqual(bytes)
})

test('one file that cannot be read does not hold up the others', async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, 'all/deep'), { recursive: true })
  folder.write('all/a.json', '{')
  folder.write('all/starttask.config.json', '{}')
  const file = folder.write('all/deep/b.json', TEXT.trimEnd())
  const { code, stdout, stderr } = await format(folder, ['all', '--json'])
  expect(code).toBe(3)
  expect(stderr).toContain('error: all/a.json ends before the { of line 1 is closed')
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    checked: 1,
    changed: [{ path: 'all/deep/b.json', mends: [{ kind: 'spacing', lines: [] }] }],
    secret: [],
    failed: [{ path: 'all/a.json', reason: expect.stringContaining('all/a.json') }],
  })
  expect(readFileSync(file, 'utf8')).toBe(TEXT)
})

test('does not write what redaction would take out, which redact then does', async () => {
  using folder = createFolder()
  const text = `\ufeff${TEXT.replace('"started"', `"${KEY_ID}"`)}`
  const file = folder.write('a.json', text)
  const { code, stderr } = await format(folder, ['a.json'])
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining(
      'a.json: not written, for redaction takes something out of it (1 place)',
    ),
  ])
  expect(stderr).not.toContain(KEY_ID)
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect((await format(folder, ['a.json'], 'redact')).code).toBe(0)
  expect(readFileSync(file, 'utf8')).not.toContain(KEY_ID)
  expect((await format(folder, ['a.json', '--check'])).code).toBe(0)
})

test('what the configuration file keeps is no secret', async () => {
  using folder = createFolder()
  const environment = [{ name: 'LOG_LEVEL', value: 'debugging' }]
  const exchange = buildExchange(
    { ...buildInput('i'), overrides: { containerOverrides: [{ name: 'web', environment }] } },
    buildResponse(200, { tasks: [] }),
  )
  folder.write('a.json', formatUnredacted(buildRecording(exchange)).trimEnd())
  expect((await format(folder, ['a.json', '--check'])).stderr).toContain('not written')
  folder.write(
    'starttask.config.json',
    '{"keep":["/overrides/containerOverrides/*/environment/*/value"]}',
  )
  expect((await format(folder, ['a.json'])).code).toBe(0)
  expect(parseRecording(readFileSync(join(folder.path, 'a.json'), 'utf8')).exchanges).toHaveLength(
    1,
  )
})

test('writes through a link, and leaves the link', async () => {
  using folder = createFolder()
  const file = folder.write('a.json', TEXT.trimEnd())
  symlinkSync(file, join(folder.path, 'link.json'))
  expect((await format(folder, ['link.json'])).code).toBe(0)
  expect(lstatSync(join(folder.path, 'link.json')).isSymbolicLink()).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe(TEXT)
})

test('refuses archives, and paths that name nothing', async () => {
  using folder = createFolder()
  folder.write('many.ndjson', '')
  expect(await format(folder, ['many.ndjson'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is an archive'),
  })
  expect((await format(folder, ['none.json'])).code).toBe(3)
})

test('hostile names and members reach no terminal', async () => {
  using folder = createFolder()
  const name = '\u001b[2J\u202e\n::error::x.json'
  const member = JSON.stringify('\u001b[2J\n::error::planted')
  folder.write(name, TEXT.replace('"elapsedMs": 5,', `"elapsedMs": 5, ${member}: 1, ${member}: 2,`))
  folder.write(`2${name}`, TEXT.trimEnd())
  for (const args of [['.', '--check'], ['.', '--json'], [name]]) {
    const { stdout, stderr } = await format(folder, args)
    expect(findControls(stdout + stderr)).toEqual([])
    for (const line of (stdout + stderr).split('\n')) expect(line).not.toMatch(/^\s*::/)
  }
})
