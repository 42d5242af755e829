import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Exchange } from '../../src/protocol/index.ts'
import { formatRecording, parseRecording, redactExchange } from '../../src/recording/index.ts'
import { buildAnswer, buildExchange, buildInput, buildRecording, REJECTED, STARTED } from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, type Folder, runStarttask } from './starttask.ts'

const KEY_ID = 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2'
const RECORDING = buildRecording(redactExchange(STARTED), redactExchange(REJECTED))
const TEXT = formatRecording(RECORDING)

/** A run with a key of the folder's own. */
function format(folder: Folder, args: readonly string[], command = 'format') {
  return runStarttask([command, ...args], { cwd: folder.path, env: { STARTTASK_KEY_FILE: join(folder.path, '.key') } })
}

function turnMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnMembers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, turnMembers(member)]),
  )
}

test.for([
  ['a byte order mark', `\ufeff${TEXT}`, 'byte order mark'],
  ['line ends of Windows', TEXT.replaceAll('\n', '\r\n'), 'line ends'],
  [
    'commas that nothing follows',
    TEXT.replace('"MISSING"', '"MISSING",').replaceAll(/(?<=[\]}"\w])\n( *)([\]}])/g, ',\n$1$2'),
    'trailing comma (line ',
  ],
  ['the order of members', JSON.stringify(turnMembers(RECORDING)), 'order of members'],
  ['spacing', JSON.stringify(JSON.parse(TEXT)), 'spacing'],
  ['a missing line feed at the end', TEXT.trimEnd(), 'spacing'],
  ['the form of numbers', TEXT.replace('1479765460.842', '1479765460.8420e0').replace('"version": 1,', '"version": 1.0,'), 'spacing'],
  [
    'a member that stands twice with one value',
    TEXT.replace('"elapsedMs": 5,', '"elapsedMs": 5, "elapsedMs": 5.0,'),
    'repeated member (line 12)',
  ],
  ['names of headers', TEXT.replaceAll('"x-amz-target"', '"X-Amz-Target"'), 'header name'],
])('mends %s, and says so', async ([, text = '', told]) => {
  using folder = createFolder()
  const file = folder.write('a.json', text)
  const check = await format(folder, ['a.json', '--check'])
  expect([check.code, check.stderr]).toEqual([1, expect.stringContaining(`starttask: a.json: would mend ${told}`)])
  expect(readFileSync(file, 'utf8')).toBe(text)
  const { code, stderr } = await format(folder, ['a.json'])
  expect([code, stderr]).toEqual([0, expect.stringContaining(`starttask: a.json: mended ${told}`)])
  expect(readFileSync(file, 'utf8')).toBe(TEXT)
  expect(await format(folder, ['a.json', '--check'])).toMatchObject({ code: 0, stderr: 'starttask: the recording has its form\n' })
})

test('leaves a recording that has its form alone', async () => {
  using folder = createFolder()
  const file = folder.write('a.json', TEXT)
  const before = statSync(file, { bigint: true })
  expect((await format(folder, ['a.json'])).code).toBe(0)
  expect(statSync(file, { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs })
})

test('quotes, brackets and commas within texts are no form', async () => {
  using folder = createFolder()
  const odd = 'a\\",]} {[ \\\\" , ]'
  const file = folder.write(
    'a.json',
    formatRecording(buildRecording(buildExchange(buildInput(odd), buildAnswer(200, { tasks: [] })))).trimEnd(),
  )
  expect((await format(folder, ['a.json'])).stderr).toBe('starttask: a.json: mended spacing\n')
  expect(parseRecording(readFileSync(file, 'utf8')).exchanges[0]?.request.body).toEqual(buildInput(odd))
})

test('digits that a double does not hold stay', async () => {
  using folder = createFolder()
  const file = folder.write('a.json', TEXT.replace('1479765460.842', '1479765460.84200000000000001').trimEnd())
  await format(folder, ['a.json'])
  expect(readFileSync(file, 'utf8')).toContain('"createdAt": 1479765460.84200000000000001,')
})

test('attempts of one invocation get their order, and nothing else moves', async () => {
  using folder = createFolder()
  const attempt = (exchange: Exchange, invocation: string, number: number) => ({ ...exchange, invocation, attempt: number })
  const [a1, b1, a2] = [attempt(REJECTED, 'a', 1), { ...REJECTED, startedAtMs: 900 }, attempt(redactExchange(STARTED), 'a', 2)]
  const file = folder.write('a.json', buildRecording(a2, b1, a1))
  const { stderr } = await format(folder, ['a.json'])
  expect(stderr).toBe('starttask: a.json: mended attempts out of order\n')
  expect(readFileSync(file, 'utf8')).toBe(formatRecording(buildRecording(a1, b1, a2)))
})

test.for([
  [
    'what git leaves of a merge',
    TEXT.replace('\n', '\n<<<<<<< HEAD\n'),
    'a.json line 2: a merge was not settled: <<<<<<< is what git left',
  ],
  ['the last mark alone', `${TEXT}>>>>>>> theirs\n`, `a.json line ${TEXT.split('\n').length}: a merge was not settled`],
  ['a missing comma', TEXT.replace('"version": 1,', '"version": 1'), 'a.json line 4 column 3: from here on it is not JSON'],
  ['a text that is cut', TEXT.slice(0, TEXT.indexOf('"recordedAt"')), 'a.json ends before the { of line 1 is closed'],
  ['a string that is cut', TEXT.slice(0, TEXT.indexOf('recordedAt')), 'a.json ends before the { of line 1 is closed'],
  ['an empty text', ' \n', 'a.json is empty'],
  [
    'a member that stands twice with two values',
    TEXT.replace('"elapsedMs": 5,', '"elapsedMs": 5,\n"elapsedMs": 6,'),
    'the member "elapsedMs" stands twice with two values, in line 12 and in line 13',
  ],
  [
    'a header that stands twice with two values',
    TEXT.replace('"x-amz-target"', '"X-AMZ-TARGET": "other", "x-amz-target"'),
    'the header "x-amz-target" twice with two values',
  ],
  [
    'a newer format version',
    TEXT.replace('"version": 1', '"version": 2'),
    'made by a newer starttask-harness; this one knows versions up to 1',
  ],
  ['a version that nobody wrote', TEXT.replace('"version": 1', '"version": 0'), 'which no release of starttask-harness wrote'],
  [
    'a recording that breaks its format',
    TEXT.replace('"status": 200', '"status": 20'),
    'breaks the recording format, at /exchanges/0/answer/status',
  ],
  ['what is no recording', '{"a":1}', 'a.json is no recording'],
  ['nesting without an end', '['.repeat(200), 'nested deeper than 100 levels'],
])('refuses %s, says where, and writes nothing', async ([, text = '', message = '']) => {
  using folder = createFolder()
  const file = folder.write('a.json', text)
  const { code, stderr } = await format(folder, ['a.json'])
  expect([code, stderr]).toEqual([3, expect.stringContaining(message)])
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('refuses bytes that are no text', async () => {
  using folder = createFolder()
  const bytes = Buffer.from(TEXT.replace('web:3', 'w\u00e4b:3'), 'latin1')
  const file = folder.write('a.json', '')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(file, bytes)
  const { code, stderr } = await format(folder, ['a.json'])
  expect([code, stderr]).toEqual([3, expect.stringContaining('a.json: The bytes are not UTF-8 text')])
  expect(readFileSync(file)).toEqual(bytes)
})

test('one file that cannot be read does not hold up the others', async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, 'all/deep'), { recursive: true })
  folder.write('all/a.json', '{')
  folder.write('all/starttask.rules.json', '{}')
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
  expect([code, stderr]).toEqual([1, expect.stringContaining('a.json: not written, for redaction takes something out of it (one place)')])
  expect(stderr).not.toContain(KEY_ID)
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect((await format(folder, ['a.json'], 'redact')).code).toBe(0)
  expect(readFileSync(file, 'utf8')).not.toContain(KEY_ID)
  expect((await format(folder, ['a.json', '--check'])).code).toBe(0)
})

test('what the rules file keeps is no secret', async () => {
  using folder = createFolder()
  const environment = [{ name: 'LOG_LEVEL', value: 'debugging' }]
  const exchange = buildExchange(
    { ...buildInput('i'), overrides: { containerOverrides: [{ name: 'web', environment }] } },
    buildAnswer(200, { tasks: [] }),
  )
  folder.write('a.json', formatRecording(buildRecording(exchange)).trimEnd())
  expect((await format(folder, ['a.json', '--check'])).stderr).toContain('not written')
  folder.write('starttask.rules.json', '{"keep":["/overrides/containerOverrides/*/environment/*/value"]}')
  expect((await format(folder, ['a.json'])).code).toBe(0)
  expect(parseRecording(readFileSync(join(folder.path, 'a.json'), 'utf8')).exchanges).toHaveLength(1)
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
  expect(await format(folder, ['many.ndjson'])).toMatchObject({ code: 2, stderr: expect.stringContaining('is an archive') })
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
