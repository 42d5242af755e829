import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, expect, inject, test } from 'vitest'
import { parse as parseYaml } from 'yaml'

import { parseRecording } from '../../src/recording/index.ts'
import { createReplayer, type Fault } from '../../src/replayer/engine/index.ts'
import { parseConfig } from '../../src/config/index.ts'
import { type Block, findMissingLine, listPages, readBlocks, ROOT } from './pages.ts'
import { createProjects } from './project.ts'
import {
  FOR_CONTRIBUTORS,
  LANGUAGES,
  listCommands,
  listRunning,
  RUN_ELSEWHERE,
  runPage,
} from './run-page.ts'

const pages = listPages().filter(
  ({ blocks, name }) => blocks.length > 0 && !RUN_ELSEWHERE.includes(name),
)
const projects = createProjects()
afterAll(() => projects[Symbol.dispose]())

test('finds the samples', () => {
  const [quick, slow] = [listRunning('quick'), listRunning('slow')]
  expect(quick.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['README.md', 'docs/getting-started.md']),
  )
  expect(slow.map(({ name }) => name)).toContain('docs/contracts.md')
  expect([...quick, ...slow].flatMap(listCommands).length).toBeGreaterThan(50)
})

test.concurrent.for(listRunning('quick'))(
  'prints what $name shows',
  { timeout: 300_000 },
  async (page) => {
    expect(await runPage(page, projects, inject('programs'))).toBeUndefined()
  },
)

test('compiles the samples', { timeout: 120_000 }, async () => {
  const folder = projects.create({ name: 'compiled', text: '', blocks: [] })
  for (const page of pages) {
    const place = join(folder, page.name.replaceAll(/[/.]/g, '-'))
    mkdirSync(place)
    for (const [index, { language, file, text }] of page.blocks.entries()) {
      if (LANGUAGES[language] === 'compiled')
        writeFileSync(join(place, file ?? `sample-${index}.${language}`), `${text}\nexport {}\n`)
    }
  }
  const options = {
    strict: true,
    module: 'nodenext',
    target: 'esnext',
    noEmit: true,
    skipLibCheck: true,
    allowJs: true,
    checkJs: true,
    allowImportingTsExtensions: true,
    types: ['node'],
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['*/*'] }),
  )
  expect((await projects.run(folder, 'tsc -p .')).output).toBe('')
})

const blocks = pages
  .filter(({ name }) => !FOR_CONTRIBUTORS.includes(name))
  .flatMap((page) =>
    page.blocks.map((block) => ({ ...block, place: `${page.name}:${block.line}` })),
  )

test.for(blocks.filter(({ language }) => LANGUAGES[language] === 'parsed'))(
  'parses the $language of $place',
  ({ language, text }) => {
    expect(() => parse(language, text)).not.toThrow()
  },
)

function parse(language: string, text: string): void {
  if (language === 'sh') execFileSync('sh', ['-n'], { input: text })
  else if (language === 'yaml') parseYaml(text)
  else parseJson(text)
}

/** Read by what reads it in earnest, where it shows what it is. */
function parseJson(text: string): void {
  const value: Record<string, unknown> = JSON.parse(text)
  if (value['format'] === 'starttask-recording') parseRecording(text)
  else if (value['format'] === 'starttask-faults')
    createReplayer(join(ROOT, 'recordings/started'), { faults: value['faults'] as Fault[] })
  else if (
    ['keep', 'redact', 'match', 'severity', 'coverage', 'provider'].some(
      (member) => member in value,
    )
  )
    parseConfig(text)
}

test('gives a reason for each block that is not run', () => {
  const unmarked = blocks.filter(
    ({ language, notRun }) => LANGUAGES[language] === undefined && notRun === undefined,
  )
  expect(unmarked.map(({ place, language }) => `${place} ${language}`)).toEqual([])
  const notRun = blocks.filter((block) => block.notRun !== undefined)
  expect(notRun.filter((block) => (block.notRun ?? '').length < 10)).toEqual([])
  process.stderr.write(
    `${notRun.length} of ${blocks.length} samples are not run:\n${notRun.map(formatNotRun).join('\n')}\n`,
  )
})

function formatNotRun({ place, notRun }: Block & { place: string }): string {
  return `  ${place.padEnd(28)} ${notRun}`
}

test('reads a block with its file, its reason and its line', () => {
  expect(
    readBlocks('a\n\n<!-- not run: no reason -->\n```ts x.ts\nlet a\n```\n\n```\nb\n```\n'),
  ).toEqual([
    { line: 4, language: 'ts', file: 'x.ts', text: 'let a\n', notRun: 'no reason' },
    { line: 8, language: '', file: undefined, text: 'b\n', notRun: undefined },
  ])
})

test.for([
  ['a\nb', 'a\nx\nb', undefined],
  ['b\na', 'a\nb', 'a'],
  ['…\nbegin…', 'x\nbeginning', undefined],
  ['beginn…', 'begin', 'beginn…'],
] as const)('finds the line that is missing of %j in %j', ([expected, printed, missing]) => {
  expect(findMissingLine(expected, printed)).toBe(missing)
})
