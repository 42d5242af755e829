import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { buildInput } from '../replayer/recorded-exchanges.ts'
import { createFolder, runStarttask } from './starttask.ts'

const SOUND = JSON.stringify(buildInput('a'))
const BROKEN = JSON.stringify({ ...buildInput('a'), startedBy: 'job #7' })
const PRETTY = JSON.stringify({ ...buildInput('a'), startedBy: 'job #7' }, undefined, 2)

/** What is found that is no info, as `LINE RULE`. */
const checkAll = async (args: string[], input?: string) => {
  const { code, stdout, stderr } = await runStarttask(
    ['check', '--json', ...args],
    input === undefined ? {} : { input },
  )
  const {
    checked,
    findings,
  }: {
    checked: number
    findings: { severity: string; line?: number; rule: string; message: string }[]
  } = JSON.parse(stdout)
  const told = findings.filter(({ severity }) => severity !== 'info')
  return {
    code,
    checked,
    found: told.map(({ line, rule }) => `${line ?? '-'} ${rule}`),
    messages: told.map(({ message }) => message),
    stderr,
  }
}

const writeBytes = (path: string, ...parts: (string | Uint8Array)[]) => {
  writeFileSync(path, Buffer.concat(parts.map((part) => Buffer.from(part))))
  return path
}

test.each([
  ['line feeds', `${SOUND}\n${BROKEN}\n`],
  ['carriage returns too', `${SOUND}\r\n${BROKEN}\r\n`],
  ['no line feed at the end', `${SOUND}\n${BROKEN}`],
  ['a byte order mark', `\ufeff${SOUND}\n${BROKEN}\n`],
])('reads lines with %s', async (_what, content) => {
  using folder = createFolder()
  const { checked, found, stderr } = await checkAll([folder.write('x.ndjson', content)])
  expect({ checked, found, stderr }).toEqual({
    checked: 2,
    found: ['2 request.startedBy.pattern'],
    stderr: '',
  })
})

test('counts empty lines and passes over them', async () => {
  using folder = createFolder()
  const { checked, found } = await checkAll([folder.write('x.ndjson', `\n \t\r\n${BROKEN}\n\n`)])
  expect([checked, found]).toEqual([1, ['3 request.startedBy.pattern']])
})

test('finds nothing to check in an empty file of lines', async () => {
  using folder = createFolder()
  expect(await checkAll([folder.write('x.ndjson', '')])).toMatchObject({
    code: 0,
    checked: 0,
    found: [],
  })
})

test('reports a line that is no UTF-8 and checks the next one', async () => {
  using folder = createFolder()
  const path = writeBytes(
    join(folder.path, 'x.ndjson'),
    '"',
    Uint8Array.of(0xc3, 0x28),
    `"\n${BROKEN}\n`,
  )
  expect(await checkAll([path])).toMatchObject({
    checked: 2,
    found: ['1 file.not-json', '2 request.startedBy.pattern'],
  })
})

test('says that a last line without a line feed may be cut short', async () => {
  using folder = createFolder()
  const { found, messages } = await checkAll([
    folder.write('x.ndjson', `{"a\n${SOUND.slice(0, 20)}`),
  ])
  expect(found).toEqual(['1 file.not-json', '2 file.not-json'])
  expect(messages.map((message) => message.includes('cut short'))).toEqual([false, true])
})

test('reports a line that is too long and checks the next one', async () => {
  using folder = createFolder()
  const long = JSON.stringify({ taskDefinition: 'x'.repeat(4 * 1024 * 1024) })
  const path = folder.write('x.ndjson', `${SOUND}\n${long}\n${BROKEN}\n`)
  for (const args of [[path], [path, '--as', 'request']])
    expect(await checkAll(args)).toMatchObject({
      checked: 3,
      found: ['2 file.too-large', '3 request.startedBy.pattern'],
    })
})

test('holds nothing of a line that is longer than any may be', { timeout: 60_000 }, async () => {
  using folder = createFolder()
  const path = join(folder.path, 'x.ndjson')
  execFileSync('sh', [
    '-c',
    `{ head -c 200000000 /dev/zero | tr '\\0' x; echo; echo "$1"; } > "$0"`,
    path,
    BROKEN,
  ])
  const { stdout } = await runStarttask(['check', path], {
    env: { NODE_OPTIONS: '--max-old-space-size=64' },
  })
  expect(stdout).toContain('file.too-large')
  expect(stdout).toMatch(/checked 2: 2 errors/)
})

test(
  'reports a whole file that is too large and checks the rest',
  { timeout: 60_000 },
  async () => {
    using folder = createFolder()
    const path = join(folder.path, 'large.json')
    execFileSync('sh', ['-c', `head -c 70000000 /dev/zero | tr '\\0' 1 > "$0"`, path])
    expect(await checkAll([path, folder.write('x.json', BROKEN)])).toMatchObject({
      checked: 2,
      found: ['- file.too-large', '- request.startedBy.pattern'],
    })
  },
)

test('checks files of lines in a folder beside the others', async () => {
  using folder = createFolder()
  folder.write('a.json', PRETTY)
  folder.write('b.ndjson', `${SOUND}\n${BROKEN}\n`)
  folder.write('c.jsonl', BROKEN)
  folder.write('d.txt', 'no JSON')
  expect(await checkAll([folder.path])).toMatchObject({
    checked: 4,
    found: [
      '- request.startedBy.pattern',
      '2 request.startedBy.pattern',
      '1 request.startedBy.pattern',
    ],
  })
})

test('ends with 3 for a folder without anything to check', async () => {
  using folder = createFolder()
  folder.write('x.txt', '')
  expect(await runStarttask(['check', folder.path])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('no .json or .ndjson file'),
  })
})

test('checks nothing when one of the paths does not exist', async () => {
  using folder = createFolder()
  expect(await runStarttask(['check', folder.write('x.json', BROKEN), 'none.json'])).toMatchObject({
    code: 3,
    stdout: '',
  })
})

test.each([
  ['one document over several lines', PRETTY, 1, ['- request.startedBy.pattern']],
  ['one document on one line', `\n${BROKEN}\n\n`, 1, ['- request.startedBy.pattern']],
  ['documents one a line', `\n${SOUND}\n\n${BROKEN}\n`, 2, ['4 request.startedBy.pattern']],
  ['a document with more behind it', `${PRETTY}\n${PRETTY}`, 1, ['- file.not-json']],
])('reads %s from standard input', async (_what, input, checked, found) => {
  expect(await checkAll(['-', '--as', 'request'], input)).toMatchObject({ checked, found })
})

test('reads standard input as lines when it is told so, though the first is broken', async () => {
  expect(await checkAll(['-', '--ndjson'], `{\n${BROKEN}\n`)).toMatchObject({
    checked: 2,
    found: ['1 file.not-json', '2 request.startedBy.pattern'],
  })
})

test('sees lines in a file whose name says nothing', async () => {
  using folder = createFolder()
  expect(await checkAll([folder.write('requests.log', `${SOUND}\n${BROKEN}\n`)])).toMatchObject({
    found: ['2 request.startedBy.pattern'],
  })
})

test('goes on after a line that says not what it is', async () => {
  using folder = createFolder()
  const { code, checked, found } = await checkAll([
    folder.write('x.ndjson', `${BROKEN}\n{}\n[]\n${BROKEN}\n`),
  ])
  expect({ code, checked }).toEqual({ code: 1, checked: 4 })
  expect(found).toEqual([
    '1 request.startedBy.pattern',
    '2 file.unrecognised',
    '3 file.unrecognised',
    '4 request.startedBy.pattern',
  ])
})

test('says that a form of the Query protocol is one', async () => {
  using folder = createFolder()
  const { code, found, messages } = await checkAll([
    folder.write('x.txt', 'Action=StartTask&Version=2014-11-13&cluster=a'),
    '--as',
    'request',
  ])
  expect({ code, found }).toEqual({ code: 1, found: ['- file.not-json'] })
  expect(messages[0]).toContain(
    'It is a form of the old Query protocol; AWS JSON 1.1 alone is recorded, replayed and checked.',
  )
})

test('says that what begins as a map of CBOR may be one', async () => {
  using folder = createFolder()
  const bytes = new Uint8Array([0xbf, 0x67, ...Buffer.from('cluster'), 0x61, 0xff])
  const { code, messages } = await checkAll([
    writeBytes(join(folder.path, 'x.bin'), bytes),
    '--as',
    'request',
  ])
  expect(code).toBe(1)
  expect(messages[0]).toContain('It may be CBOR, of RPC v2')
})

test('says nothing of other protocols where text is no JSON for another reason', async () => {
  using folder = createFolder()
  const { messages } = await checkAll([
    folder.write('x.txt', '{"taskDefinition":"Action=StartTask'),
    '--as',
    'request',
  ])
  expect(messages[0]).not.toMatch(/Query|CBOR/)
})
