import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'

import { expect, inject, test } from 'vitest'

import { formatUnredacted } from '../suites/unredacted.ts'
import { makeExchanges, openReplayer } from '../archive/archived.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  STARTED,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, runStarttask } from './starttask.ts'

const { zstd } = inject('programs')
const LINES = makeExchanges(2000).map((exchange) => `${JSON.stringify(exchange)}\n`)

test('makes an archive of recordings, which plays as they do', async () => {
  using folder = createFolder()
  folder.write('one.json', buildRecording(...makeExchanges(3)))
  folder.write('two.json', buildRecording(STARTED))
  const out = join(folder.path, 'out', 'all.ndjson.zst')
  const { code, stdout, stderr } = await runStarttask(['archive', folder.path, '--out', out])
  expect([code, stdout]).toEqual([0, ''])
  expect(stderr).toBe(`starttask: 4 exchanges in ${out}, ${statSync(out).size} bytes\n`)
  expect(await openReplayer(out).ask('instance-2')).toBe('answer-2')
})

test('makes an archive of what gzip compressed', async () => {
  using folder = createFolder()
  const plain = folder.write('log.ndjson', LINES.join(''))
  execFileSync('gzip', [plain])
  const out = join(folder.path, 'all.ndjson')
  const { code, stdout } = await runStarttask(['archive', `${plain}.gz`, '--out', out, '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    out,
    exchanges: 2000,
    bytes: statSync(out).size,
    findings: [],
  })
  expect(await openReplayer(out).ask('instance-1999')).toBe('answer-1999')
})

test.skipIf(!zstd)(
  'makes an archive of what zstd compressed, in one frame and in several',
  async () => {
    using folder = createFolder()
    const [first, second] = [
      folder.write('a.ndjson', LINES.slice(0, 1500).join('')),
      folder.write('b.ndjson', LINES.slice(1500).join('')),
    ]
    for (const plain of [first, second]) execFileSync('zstd', ['-q', '--rm', plain])
    const both = join(folder.path, 'both.ndjson.zst')
    writeFileSync(
      both,
      Buffer.concat([readFileSync(`${first}.zst`), readFileSync(`${second}.zst`)]),
    )
    const out = join(folder.path, 'all.ndjson')
    for (const [path, exchanges] of [
      [`${first}.zst`, 1500],
      [both, 2000],
    ] as const) {
      const { code, stdout } = await runStarttask(['archive', path, '--out', out, '--json'])
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { exchanges, findings: [] }])
    }
    expect(await openReplayer(out).ask('instance-1999')).toBe('answer-1999')
  },
)

test('keeps what is whole of a gzip that was cut off, names the place, and fails', async () => {
  using folder = createFolder()
  const plain = folder.write('log.ndjson', LINES.join(''))
  execFileSync('gzip', [plain])
  truncateSync(`${plain}.gz`, Math.floor(statSync(`${plain}.gz`).size / 2))
  const out = join(folder.path, 'all.ndjson')
  const { code, stderr } = await runStarttask(['archive', `${plain}.gz`, '--out', out])
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /left out +\S+log\.ndjson\.gz, line \d+, byte \d+: what follows cannot be read: unexpected end of file/,
  )
  expect(await openReplayer(out).ask('instance-0')).toBe('answer-0')
})

test('names each line that is no exchange, and keeps the others', async () => {
  using folder = createFolder()
  const plain = folder.write(
    'log.ndjson',
    [LINES[0], '{"level":"info"}\n', '{half\n', LINES[1]].join(''),
  )
  const out = join(folder.path, 'all.ndjson')
  const { code, stderr } = await runStarttask(['archive', plain, '--out', out])
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /log\.ndjson, line 2, byte \d+: the line is no exchange: [^]*line 3, byte \d+: [^]*starttask: 2 exchanges in/,
  )
})

test('redacts what was not', async () => {
  using folder = createFolder()
  const secret = ['AKIA', 'ABCDEFGH', 'IJKLMNOP'].join('')
  const leaky = buildExchange(
    { ...buildInput('a'), startedBy: secret },
    buildResponse(400, { __type: 'ClientException', message: secret }),
  )
  const out = join(folder.path, 'all.ndjson')
  await runStarttask([
    'archive',
    folder.write('leaky.ndjson', `${JSON.stringify(leaky)}\n`),
    '--out',
    out,
  ])
  expect(readFileSync(out, 'utf8')).not.toContain(secret)
})

test('refuses a name that is no archive’s, and paths without exchanges, and leaves nothing behind', async () => {
  using folder = createFolder()
  const path = folder.write('one.json', formatUnredacted(buildRecording(STARTED)))
  expect(
    await runStarttask(['archive', path, '--out', join(folder.path, 'all.json')]),
  ).toMatchObject({ code: 2 })
  const out = join(folder.path, 'all.ndjson')
  const { code, stderr } = await runStarttask([
    'archive',
    folder.write('empty.ndjson', ''),
    '--out',
    out,
  ])
  expect([code, stderr]).toEqual([3, expect.stringContaining('No exchange was found in')])
  expect([existsSync(out), existsSync(`${out}.tmp`)]).toEqual([false, false])
})

test.each(['all.ndjson', 'all.ndjson.zst'])(
  'checks the exchanges of %s against the contract, and names the line',
  async (name) => {
    using folder = createFolder()
    const wrong = buildExchange(
      { ...buildInput('a'), startedBy: 'x'.repeat(40) },
      buildResponse(200, { tasks: [], failures: [] }),
    )
    const out = join(folder.path, name)
    const lines = folder.write('lines.ndjson', [LINES[0], `${JSON.stringify(wrong)}\n`].join(''))
    await runStarttask(['archive', lines, '--out', out])
    const { code, stdout } = await runStarttask(['check', out])
    expect(code).toBe(1)
    expect(stdout).toMatch(
      new RegExp(`${name}:3 .*/startedBy[^]*request\\.startedBy\\.maxLength[^]*checked 2: 1 error`),
    )
  },
)

test('finds a secret in what zstd compressed', async () => {
  using folder = createFolder()
  const secret = ['AKIA', 'ABCDEFGH', 'IJKLMNOP'].join('')
  const path = folder.write('leaky.ndjson.zst', '')
  writeFileSync(
    path,
    Buffer.concat([
      zstdCompressSync(Buffer.from(LINES[0] ?? '')),
      zstdCompressSync(Buffer.from(`{"a":"${secret}"}\n`)),
    ]),
  )
  const { code, stdout } = await runStarttask(['scan', path])
  expect([code, stdout]).toEqual([1, `${path} line 2 /a: AWS key id\n`])
})

test('explains from an archive, and refuses to prune one with the way to do it', async () => {
  using folder = createFolder()
  const out = join(folder.path, 'all.ndjson')
  await runStarttask([
    'archive',
    folder.write('lines.ndjson', LINES.slice(0, 3).join('')),
    '--out',
    out,
  ])
  const explained = await runStarttask(['explain', '-', out], {
    input: JSON.stringify(buildInput('instance-2')),
  })
  expect([explained.code, explained.stdout]).toEqual([0, expect.stringContaining(`${out} #3`)])
  const pruned = await runStarttask(['prune', out, '--usage', folder.path])
  expect([pruned.code, pruned.stderr]).toEqual([
    2,
    expect.stringContaining(`make it anew: starttask archive PATH --out ${out}`),
  ])
})

test('says that a file is not there, and writes nothing', async () => {
  using folder = createFolder()
  const out = join(folder.path, 'all.ndjson')
  const { code, stderr } = await runStarttask([
    'archive',
    join(folder.path, 'none.ndjson'),
    '--out',
    out,
  ])
  expect([code, stderr, existsSync(out)]).toEqual([
    3,
    expect.stringMatching(/^error: \S+none\.ndjson does not exist/),
    false,
  ])
})
