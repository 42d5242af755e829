import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, test } from 'vitest'

const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))
const [SOME, MANY] = [100_000, 1_000_000]
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'starttask-stream-'))
  for (const lines of [SOME, MANY])
    await pipeline(
      Readable.from(writeLines(lines)),
      createWriteStream(join(folder, `${lines}.ndjson`)),
    )
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Requests, of which every tenth breaks a rule; each has infos. */
function* writeLines(lines: number): Generator<string> {
  for (let from = 0; from < lines; from += 1000)
    yield Array.from({ length: 1000 }, (_, index) => writeLine(from + index)).join('')
}

const writeLine = (index: number) =>
  `{"containerInstances":["4c543eed-f83f-47da-b1d8-3d23f1da4c64"],"taskDefinition":"web:1","startedBy":"job${index % 10 === 0 ? '#' : '-'}${index}"}\n`

/** So little memory that whatever grows with lines or findings would show. */
const NODE_OPTIONS = '--max-old-space-size=64 --max-semi-space-size=1'

/** What compiled code and the collector take more in a longer run; eight bytes for each finding would be as much. */
const SPARE_MB = 24

/** Checks a file and reads what is printed line by line; `peak` is the most memory that the process had, in MB. */
const checkLines = async (lines: number, args: string[], readLine: (line: string) => void) => {
  const peakFile = join(folder, 'peak')
  const preload = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(${JSON.stringify(peakFile)},String(process.resourceUsage().maxRSS)))`
  const env = { PATH: process.env['PATH'], NO_COLOR: '1', NODE_OPTIONS }
  const child = spawn(
    process.execPath,
    [`--import=${preload}`, bin, 'check', ...args, join(folder, `${lines}.ndjson`)],
    { env },
  )
  const stderr = text(child.stderr)
  const ended = new Promise((resolve) => child.once('close', resolve))
  for await (const line of createInterface(child.stdout)) readLine(line)
  return {
    code: await ended,
    stderr: await stderr,
    peak: Number(readFileSync(peakFile, 'utf8')) / 1024,
  }
}

const readPlain = async (lines: number) => {
  let errors = 0
  let last = ''
  const run = await checkLines(lines, [], (line) => {
    if (line.startsWith('error ')) errors++
    last = line
  })
  return { ...run, errors, last }
}

const readJson = async (lines: number) => {
  const counts: Record<string, number> = { error: 0, info: 0 }
  const envelope: string[] = []
  const run = await checkLines(lines, ['--json'], (line) => {
    const [, severity] = /^ {4}\{.*"severity":"(\w+)".*\},?$/.exec(line) ?? []
    if (severity === undefined) envelope.push(line)
    else counts[severity] = (counts[severity] ?? 0) + 1
  })
  return { ...run, counts, envelope: JSON.parse(envelope.join('\n')) }
}

test('checks a million lines in the memory that a hundred thousand take, with their findings as it goes', async () => {
  const [some, many] = [await readPlain(SOME), await readPlain(MANY)]
  expect(many).toMatchObject({
    code: 1,
    stderr: '',
    errors: MANY / 10,
    last: expect.stringContaining(`checked ${MANY}: ${MANY / 10} errors, 0 warnings, `),
  })
  expect(many.peak).toBeLessThan(some.peak + SPARE_MB)
  expect(many.peak).toBeLessThan(160)
})

test('writes the findings of a million lines as one JSON document in flat memory', async () => {
  const [some, many] = [await readJson(SOME), await readJson(MANY)]
  expect(many).toMatchObject({
    code: 1,
    stderr: '',
    counts: { error: MANY / 10 },
    envelope: { schemaVersion: 1, findings: [], checked: MANY },
  })
  expect(many.counts['info']).toBe((some.counts['info'] ?? 0) * 10)
  expect(many.peak).toBeLessThan(some.peak + SPARE_MB)
  expect(many.peak).toBeLessThan(160)
})
