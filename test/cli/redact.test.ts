import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Exchange, Recording } from '../../src/protocol/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'
import { buildResponse, buildExchange, buildRecording } from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, type Folder, runStarttask } from './starttask.ts'

const KEY_ID = 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2'
/** Known to secretlint alone. */
const EXTERNAL_MODEL = 'shp' + 'at_' + 'ab12cd34ab12cd34ab12cd34ab12cd34'

function ask(startedBy: string): Exchange {
  return buildExchange(
    { taskDefinition: 'web:3', containerInstances: ['ci-1'], startedBy },
    buildResponse(200, { tasks: [], failures: [] }),
  )
}

/** A run with a key of the folder's own. */
function redact(folder: Folder, args: readonly string[]) {
  return runStarttask(['redact', ...args], {
    cwd: folder.path,
    env: { STARTTASK_KEY_FILE: join(folder.path, '.key') },
  })
}

test('takes secrets out of the provenance too', async () => {
  using folder = createFolder()
  const recording: Recording = {
    ...buildRecording(ask('me')),
    provenance: { note: `ran as ${KEY_ID}` },
  }
  const file = folder.write('one.json', recording)
  expect(await redact(folder, ['one.json'])).toMatchObject({
    code: 0,
    stderr: 'starttask: one.json: redacted 1 place\n',
  })
  expect(parseRecording(readFileSync(file, 'utf8')).provenance).toMatchObject({
    note: 'ran as (redacted)',
  })
})

test('says what still looks like a secret, and does not call the recording clean', async () => {
  using folder = createFolder()
  folder.write('one.json', buildRecording(ask(EXTERNAL_MODEL)))
  const { code, stdout, stderr } = await redact(folder, ['one.json'])
  expect(code).toBe(1)
  expect(stderr).toContain(
    'starttask: one.json #1 /request/body/startedBy: still looks like a secret (shopify: ',
  )
  expect(stderr).not.toContain('clean')
  expect(stdout + stderr).not.toContain(EXTERNAL_MODEL)
  folder.write('starttask.config.json', '{"redact":["/startedBy"]}')
  expect((await redact(folder, ['one.json'])).code).toBe(0)
  expect(await redact(folder, ['one.json', '--check'])).toMatchObject({
    code: 0,
    stderr: 'starttask: the recording is clean\n',
  })
})

test('writes through a link, and leaves the link', async () => {
  using folder = createFolder()
  const file = folder.write('one.json', buildRecording(ask(KEY_ID)))
  const link = join(folder.path, 'link.json')
  symlinkSync(file, link)
  await redact(folder, ['link.json'])
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(readFileSync(file, 'utf8')).not.toContain(KEY_ID)
})

test('a file from a folder above keeps its name in --out, and stays as it is itself', async () => {
  using folder = createFolder()
  const text = formatUnredacted(buildRecording(ask(KEY_ID)))
  const file = folder.write('one.json', text)
  mkdirSync(join(folder.path, 'in'))
  await runStarttask(['redact', '../one.json', '--out', 'clean'], {
    cwd: join(folder.path, 'in'),
    env: { STARTTASK_KEY_FILE: join(folder.path, '.key') },
  })
  expect(readFileSync(join(folder.path, 'in/clean/one.json'), 'utf8')).not.toContain(KEY_ID)
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect(existsSync(join(folder.path, 'in/one.json'))).toBe(false)
})

test("a folder's recordings keep their places in --out, those that are clean too", async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, 'all/deep'), { recursive: true })
  folder.write('all/deep/one.json', buildRecording(ask(KEY_ID)))
  const text = JSON.stringify(buildRecording(ask('me')))
  folder.write('all/two.json', text)
  expect((await redact(folder, ['all', '--out', 'clean'])).code).toBe(0)
  expect(readFileSync(join(folder.path, 'clean/deep/one.json'), 'utf8')).not.toContain(KEY_ID)
  expect(parseRecording(readFileSync(join(folder.path, 'clean/two.json'), 'utf8'))).toEqual(
    parseRecording(text),
  )
})

test('refuses to write two recordings to one place, before it writes any', async () => {
  using folder = createFolder()
  for (const name of ['a', 'b']) mkdirSync(join(folder.path, name))
  for (const name of ['a/x.json', 'b/x.json']) folder.write(name, buildRecording(ask(KEY_ID)))
  const { code, stderr } = await redact(folder, ['a/x.json', 'b/x.json', '--out', 'clean'])
  expect([code, stderr]).toEqual([
    2,
    'error: a/x.json and b/x.json would both become clean/x.json. Give each a folder of its own as --out.\n',
  ])
  expect(existsSync(join(folder.path, 'clean'))).toBe(false)
})

test('does not overwrite what is no recording', async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, 'clean'))
  folder.write('one.json', buildRecording(ask(KEY_ID)))
  const file = folder.write('clean/one.json', 'precious')
  expect((await redact(folder, ['one.json', '--out', 'clean'])).code).toBe(3)
  expect(readFileSync(file, 'utf8')).toBe('precious')
})

test('one file that is no recording does not hold up the others', async () => {
  using folder = createFolder()
  folder.write('a.json', '{"a":1}')
  const file = folder.write('b.json', buildRecording(ask(KEY_ID)))
  const { code, stderr } = await redact(folder, ['.'])
  expect(code).toBe(3)
  expect(stderr).toContain('error: a.json is no recording')
  expect(readFileSync(file, 'utf8')).not.toContain(KEY_ID)
})

test('prints one JSON document', async () => {
  using folder = createFolder()
  const text = formatUnredacted(buildRecording(ask(KEY_ID)))
  const file = folder.write('a.json', text)
  const { code, stdout } = await redact(folder, ['a.json', '--check', '--json'])
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    {
      schemaVersion: 1,
      checked: 1,
      changed: [{ path: 'a.json', places: 1 }],
      left: [],
      failed: [],
    },
  ])
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('keeps in clear what the configuration file keeps', async () => {
  using folder = createFolder()
  const exchange = buildExchange(
    {
      overrides: {
        containerOverrides: [{ name: 'web', environment: [{ name: 'LOG_LEVEL', value: 'debug' }] }],
      },
    },
    buildResponse(200, { tasks: [], failures: [] }),
  )
  const file = folder.write('a.json', buildRecording(exchange))
  folder.write(
    'starttask.config.json',
    '{"keep":["/overrides/containerOverrides/*/environment/*/value"]}',
  )
  expect((await redact(folder, ['a.json'])).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toContain('"debug"')
})

test('gives the same pseudonyms with the same key', async () => {
  using folder = createFolder()
  const arn = 'arn:aws:ecs:us-east-1:111122223333:cluster/prod'
  const [a, b] = ['a.json', 'b.json'].map((name) => folder.write(name, buildRecording(ask(arn))))
  await redact(folder, ['a.json'])
  await redact(folder, ['b.json'])
  const texts = [a, b].map((file) => readFileSync(String(file), 'utf8'))
  expect(texts[0]).toBe(texts[1])
  expect(texts[0]).not.toContain('111122223333')
})

test('a hostile file name neither steers the terminal nor looks like a line of the report', async () => {
  using folder = createFolder()
  const name = '\u001b[2J\u202e\nstarttask: all is clean.json'
  folder.write(name, buildRecording(ask(KEY_ID)))
  const { stdout, stderr } = await redact(folder, [name, '--json', '--check'])
  expect(findControls(stdout + stderr)).toEqual([])
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({ changed: [{ path: name }] })
})

test('ends with 3 where there is no recording', async () => {
  using folder = createFolder()
  expect((await redact(folder, ['none.json'])).code).toBe(3)
  expect((await redact(folder, ['.'])).code).toBe(3)
})
