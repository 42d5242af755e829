import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'

import { expect, inject, test } from 'vitest'

import { formatUnredacted } from '../suites/unredacted.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
} from '../replayer/recorded-exchanges.ts'
import {
  collectWarnings,
  makeExchange,
  makeExchanges,
  makeFolder,
  openReplayer,
  writeArchive,
} from './archived.ts'

const { zstd } = inject('programs')
const NAMES = ['all.ndjson', 'all.ndjson.zst'] as const

function findIndex(folder: string): string {
  const [name = 'none'] = readdirSync(folder).filter((file) => file.endsWith('.index'))
  return join(folder, name)
}

test.each(NAMES)('plays what is in %s, each request by its own response', async (name) => {
  const path = writeArchive(join(makeFolder(), name), makeExchanges(3000))
  const { ask } = openReplayer(path)
  expect(
    await Promise.all(['instance-0', 'instance-1234', 'instance-2999'].map((one) => ask(one))),
  ).toEqual(['answer-0', 'answer-1234', 'answer-2999'])
  expect(await ask('instance-3000')).toMatch(
    /^NoRecordingMatched: .*all\.ndjson.*, 3000 exchanges/s,
  )
})

test.each(NAMES)('plays %s by the index that an earlier opening left', async (name) => {
  const folder = makeFolder()
  const path = writeArchive(join(folder, name), makeExchanges(100))
  openReplayer(path)
  const made = statSync(findIndex(folder)).mtimeMs
  expect(await openReplayer(path).ask('instance-99')).toBe('answer-99')
  expect(statSync(findIndex(folder)).mtimeMs).toBe(made)
})

test('plays equal requests in recorded order, and attempts with their invocation', async () => {
  const retried = [
    buildExchange(
      buildInput('b'),
      buildResponse(503, { __type: 'ServiceUnavailable', message: 'later' }),
    ),
    makeExchange('b', 'after a retry'),
  ].map((exchange) => ({ ...exchange, invocation: 'one' }))
  const path = writeArchive(join(makeFolder(), 'all.ndjson'), [
    makeExchange('a', 'first'),
    ...retried,
    makeExchange('a', 'second'),
  ])
  const { ask, replayer } = openReplayer(path)
  expect([await ask('a'), await ask('a'), await ask('b', 'x'), await ask('b', 'x')]).toEqual([
    'first',
    'second',
    'ServiceUnavailable: later',
    'after a retry',
  ])
  expect(await ask('a')).toMatch(/played 2 of 2/)
  expect(replayer.unused()).toEqual([])
})

test('plays the last attempt of an invocation alone where attempts are collapsed', async () => {
  const retried = ['failed', 'went well'].map((reason) => ({
    ...makeExchange('b', reason),
    invocation: 'one',
  }))
  const path = writeArchive(join(makeFolder(), 'all.ndjson'), [
    makeExchange('a', 'alone'),
    ...retried,
  ])
  const { ask, replayer } = openReplayer(path, { attempts: 'collapsed' })
  expect(replayer.all()).toEqual([
    { recording: path, exchange: 1 },
    { recording: path, exchange: 3 },
  ])
  expect(await ask('b')).toBe('went well')
  expect(replayer.unused()).toEqual([{ recording: path, exchange: 1 }])
})

test('plays a file, a folder with archives and recordings, and an archive as one', async () => {
  const folder = makeFolder()
  writeArchive(join(folder, 'one.ndjson'), [
    makeExchange('a', 'of an archive'),
    makeExchange('c', 'of the archive alone'),
  ])
  writeFileSync(
    join(folder, 'two.json'),
    formatUnredacted(buildRecording(makeExchange('a', 'of a file'))),
  )
  const { ask, replayer } = openReplayer(folder)
  expect([await ask('a'), await ask('a'), await ask('c')]).toEqual([
    'of a file',
    'of an archive',
    'of the archive alone',
  ])
  expect(replayer.unused()).toEqual([])
})

test('says what was used of an archive, and what not', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson'), makeExchanges(3))
  const { ask, replayer } = openReplayer(path)
  await ask('instance-1')
  expect(replayer.used()).toEqual([{ recording: path, exchange: 2, times: 1 }])
  expect(replayer.unused()).toEqual([1, 3].map((exchange) => ({ recording: path, exchange })))
})

test('finds by other rules than those that the keys were made by', async () => {
  const folder = makeFolder()
  const path = writeArchive(join(folder, 'all.ndjson'), makeExchanges(20))
  const { ask } = openReplayer(path, { match: { ignore: ['/containerInstances'] } })
  expect([await ask('never recorded'), await ask('instance-7')]).toEqual(['answer-0', 'answer-1'])
  expect(await openReplayer(path).ask('instance-7')).toBe('answer-7')
})

test('plays lines that somebody wrote by hand, without header or keys', async () => {
  const path = join(makeFolder(), 'hand.ndjson')
  writeFileSync(
    path,
    makeExchanges(5)
      .map((exchange) => `${JSON.stringify(exchange)}\n`)
      .join(''),
  )
  expect(await openReplayer(path).ask('instance-3')).toBe('answer-3')
})

test('plays where its index cannot be written, and leaves nothing behind', async () => {
  const folder = makeFolder()
  const path = writeArchive(join(folder, 'all.ndjson'), makeExchanges(5))
  openReplayer(path)
  const index = findIndex(folder)
  rmSync(index)
  mkdirSync(join(index, 'in the way'), { recursive: true })
  expect(await openReplayer(path).ask('instance-3')).toBe('answer-3')
  expect(
    readdirSync(folder)
      .map((name) => join(folder, name))
      .toSorted(),
  ).toEqual([path, index])
})

// What is damaged is told with file and place, and the rest is played.

test('tells of a line that is not what was written, when it is asked for, and plays the others', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson'), makeExchanges(3))
  writeFileSync(path, readFileSync(path, 'utf8').replace('answer-1', 'answer-X'))
  const { ask } = openReplayer(path)
  const offset = readFileSync(path).indexOf('\n', readFileSync(path).indexOf('\n') + 1) + 1
  let met = ''
  const warnings = await collectWarnings(async () => {
    met = await ask('instance-1')
  })
  expect(met).toContain(
    `HarnessFailure: starttask-harness failed to respond: ${path} cannot be read at byte ${offset}: the line is not what`,
  )
  expect(warnings.join()).toContain(
    `StartTaskArchiveWarning: An archive is damaged; its readable exchanges are served.\n  ${path}, byte ${offset}`,
  )
  expect([await ask('instance-0'), await ask('instance-2')]).toEqual(['answer-0', 'answer-2'])
})

test('tells of lines that are no exchanges, with their numbers', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson'), makeExchanges(2))
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace('\n', '\n{"half":\n[[[]]]\n'))
  let met: unknown
  const warnings = await collectWarnings(async () => {
    met = await openReplayer(path).ask('instance-1')
  })
  expect(met).toBe('answer-1')
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(
    /all\.ndjson, line 2, byte \d+: the line is no exchange: .*syntax error[^]*line 3, byte \d+: the line is no exchange/,
  )
})

test('refuses a line that nests too deep before it walks it', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson'), makeExchanges(1))
  appendFileSync(path, `${'['.repeat(100_000)}\n`)
  const warnings = await collectWarnings(() => openReplayer(path))
  expect(warnings.join()).toMatch(/line 3, byte \d+: the line is no exchange: .*deeper than 100/)
})

test('leaves out a last line without an end, and says where it begins', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson'), makeExchanges(3))
  truncateSync(path, statSync(path).size - 10)
  let met: unknown
  const warnings = await collectWarnings(async () => {
    const { ask } = openReplayer(path)
    met = [await ask('instance-1'), (await ask('instance-2')).slice(0, 18)]
  })
  expect(met).toEqual(['answer-1', 'NoRecordingMatched'])
  expect(warnings.join()).toMatch(/all\.ndjson, line 4, byte \d+: the last line has no end/)
})

test('plays the whole frames of a compressed archive that was cut off, and says where', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson.zst'), makeExchanges(3000))
  truncateSync(path, Math.floor(statSync(path).size * 0.6))
  let met: unknown
  const warnings = await collectWarnings(async () => {
    const { ask } = openReplayer(path)
    met = [await ask('instance-0'), (await ask('instance-2999')).slice(0, 18)]
  })
  expect(met).toEqual(['answer-0', 'NoRecordingMatched'])
  expect(warnings.join()).toMatch(
    /all\.ndjson\.zst, byte \d+: the frame that begins here is cut off or damaged, and no table of frames follows/,
  )
})

test('plays a compressed archive of which the table alone is missing', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson.zst'), makeExchanges(3000))
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.subarray(0, bytes.lastIndexOf(Buffer.from([0x5e, 0x2a, 0x4d, 0x18]))))
  let met: unknown
  const warnings = await collectWarnings(async () => {
    met = await openReplayer(path).ask('instance-2999')
  })
  expect(met).toBe('answer-2999')
  expect(warnings.join()).toContain('no table of frames closes the file')
})

test('tells of a damaged frame when one of its lines is asked for, and plays the others', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson.zst'), makeExchanges(3000))
  openReplayer(path)
  const { ask } = openReplayer(path)
  expect(await ask('instance-0')).toBe('answer-0')
  const bytes = readFileSync(path)
  bytes.fill(0x55, bytes.length - 2000, bytes.length - 1500)
  writeFileSync(path, bytes)
  expect(await ask('instance-2999')).toMatch(/^HarnessFailure: .*cannot be read at byte \d+/)
  expect(await ask('instance-1')).toBe('answer-1')
})

test.each([
  [
    'another archive’s',
    (index: string) => writeFileSync(index, readFileSync(index).subarray(0, 500)),
  ],
  ['cut off', (index: string) => truncateSync(index, statSync(index).size - 32)],
  ['no index at all', (index: string) => writeFileSync(index, 'an index?')],
  ['empty', (index: string) => writeFileSync(index, '')],
  [
    'changed in its head',
    (index: string) =>
      writeFileSync(
        index,
        readFileSync(index, 'latin1').replace('"StartTask"', '"StartTusk"'),
        'latin1',
      ),
  ],
])('makes an index anew that is %s', async (_what, damage) => {
  const folder = makeFolder()
  const path = writeArchive(join(folder, 'all.ndjson'), makeExchanges(200))
  openReplayer(path)
  const whole = readFileSync(findIndex(folder))
  damage(findIndex(folder))
  expect(await openReplayer(path).ask('instance-150')).toBe('answer-150')
  expect(readFileSync(findIndex(folder)).equals(whole)).toBe(true)
})

test('never answers by an index whose table was damaged: it is made anew', async () => {
  const folder = makeFolder()
  const path = writeArchive(join(folder, 'all.ndjson'), makeExchanges(200))
  openReplayer(path)
  const index = findIndex(folder)
  const bytes = readFileSync(index)
  const records = bytes.length - 200 * 32
  for (let line = 0; line < 200; line++)
    bytes.writeDoubleLE(bytes.readDoubleLE(records + ((line + 1) % 200) * 32), records + line * 32)
  writeFileSync(index, bytes)
  const { ask } = openReplayer(path)
  expect([await ask('instance-5'), await ask('instance-199')]).toEqual(['answer-5', 'answer-199'])
})

test('ends with an index whose chains lead back to themselves', async () => {
  const folder = makeFolder()
  const path = writeArchive(join(folder, 'all.ndjson'), makeExchanges(20))
  openReplayer(path)
  const index = findIndex(folder)
  const bytes = readFileSync(index)
  for (let line = 0; line < 20; line++)
    bytes.writeUInt32LE(line + 1, bytes.length - (20 - line) * 32 + 12)
  writeFileSync(index, bytes)
  const { ask, replayer } = openReplayer(path, { attempts: 'collapsed' })
  expect([await ask('instance-7'), replayer.all().length]).toEqual(['answer-7', 20])
})

test('reads an archive again that another has replaced', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson'), makeExchanges(10))
  openReplayer(path)
  writeArchive(path, [makeExchange('instance-3', 'another response')])
  expect(await openReplayer(path).ask('instance-3')).toBe('another response')
})

test('goes on with what it knew when an archive grows, and says so once', async () => {
  const folder = makeFolder()
  const path = writeArchive(join(folder, 'all.ndjson'), makeExchanges(100))
  const more = readFileSync(
    writeArchive(join(makeFolder(), 'more.ndjson'), [makeExchange('later', 'of later')]),
    'utf8',
  ).split('\n')[1]
  const { ask } = openReplayer(path, { afterLast: 'repeat' })
  let met: unknown
  const size = statSync(path).size
  const warnings = await collectWarnings(async () => {
    appendFileSync(path, `${more}\n`)
    met = [await ask('instance-3'), await ask('instance-4'), (await ask('later')).slice(0, 18)]
    for (let index = 0; index < 100; index++) await ask(`instance-${index}`)
  })
  expect(met).toEqual(['answer-3', 'answer-4', 'NoRecordingMatched'])
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(
    new RegExp(`all\\.ndjson, byte ${size}: \\d+ bytes were added since the archive was opened`),
  )
  expect(await openReplayer(path).ask('later')).toBe('of later')
})

test.each([
  ['gzip', 'all.ndjson.gz', (text: string) => gzipSync(text)],
  [
    'zstd of a single frame',
    'all.ndjson.zst',
    (text: string) => zstdCompressSync(Buffer.from(text)),
  ],
])('refuses %s with the command that makes an archive of it', (what, name, compress) => {
  const path = join(makeFolder(), name)
  writeFileSync(
    path,
    compress(
      makeExchanges(3)
        .map((exchange) => `${JSON.stringify(exchange)}\n`)
        .join(''),
    ),
  )
  expect(() => openReplayer(path)).toThrow(
    expect.objectContaining({
      code: 'recording-invalid',
      message: expect.stringMatching(
        new RegExp(`is ${what}, .*[^]*starttask archive ${path} --out`),
      ),
    }),
  )
})

test('refuses a file of lines that are no exchanges', () => {
  const path = join(makeFolder(), 'log.ndjson')
  writeFileSync(path, '{"level":"info"}\n')
  expect(() => openReplayer(path)).toThrow(
    expect.objectContaining({
      code: 'recording-invalid',
      message: expect.stringContaining('is no archive'),
    }),
  )
  expect(existsSync(`${path}.index`)).toBe(false)
})

test('plays what lies behind a frame that was damaged before the index was made', async () => {
  const path = writeArchive(join(makeFolder(), 'all.ndjson.zst'), makeExchanges(3000))
  const bytes = readFileSync(path)
  bytes.fill(0x55, 3000, 3500)
  writeFileSync(path, bytes)
  let met: unknown
  const warnings = await collectWarnings(async () => {
    met = await openReplayer(path).ask('instance-2999')
  })
  expect(met).toBe('answer-2999')
  expect(warnings.join()).toMatch(
    /all\.ndjson\.zst, byte 0: the part that begins here cannot be read/,
  )
})

test.skipIf(!zstd)('writes frames that zstd itself reads', () => {
  const folder = makeFolder()
  const [plain, packed] = [join(folder, 'all.ndjson'), join(folder, 'all.ndjson.zst')].map((path) =>
    writeArchive(path, makeExchanges(3000)),
  )
  const expanded = execFileSync('zstd', ['-dc', packed ?? ''], { maxBuffer: 64 * 1024 * 1024 })
  expect(expanded.equals(readFileSync(plain ?? ''))).toBe(true)
})
