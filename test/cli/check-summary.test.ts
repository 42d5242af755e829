import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { buildInput } from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

const WRONG = { ...buildInput('a'), startedBy: 'job #7' }

const read = (folder: { path: string }, name = 'summary.md') =>
  readFileSync(join(folder.path, name), 'utf8')

test('adds a summary to the file that GitHub Actions names for the step', async () => {
  using folder = createFolder()
  folder.write('summary.md', 'before\n')
  folder.write('a.json', JSON.stringify(WRONG))
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder.path, 'summary.md') }
  const { code, stdout } = await runStarttask(['check', 'a.json'], { cwd: folder.path, env })
  const summary = read(folder)
  expect(code).toBe(1)
  expect(stdout).toMatch(/^::error file=a\.json,/m)
  expect(summary).toMatch(
    /^before\n### starttask check\n\nIt failed\. checked 1: 1 error, 0 warnings, \d infos\n\n\| severity \| place \| rule \| what is wrong \|\n/,
  )
  expect(summary.split('\n').filter((line) => line.startsWith('| error |'))).toHaveLength(1)
})

test('says that all went well, without a table', async () => {
  using folder = createFolder()
  folder.write('a.json', JSON.stringify(buildInput('a')))
  const { code } = await runStarttask(['check', 'a.json', '--summary', 'summary.md'], {
    cwd: folder.path,
  })
  expect(code).toBe(0)
  expect(read(folder)).toMatch(
    /^### starttask check\n\nIt went well\. checked 1: 0 errors, 0 warnings, \d infos\n\n$/,
  )
})

test('takes the file that is named rather than that of the step', async () => {
  using folder = createFolder()
  folder.write('a.json', JSON.stringify(buildInput('a')))
  folder.write('step.md', '')
  const env = { GITHUB_STEP_SUMMARY: join(folder.path, 'step.md') }
  await runStarttask(['check', 'a.json', '--summary', 'summary.md', '--json'], {
    cwd: folder.path,
    env,
  })
  expect(read(folder, 'step.md')).toBe('')
  expect(read(folder)).toContain('It went well.')
})

test('says so when the check did not come to its end', async () => {
  using folder = createFolder()
  folder.write('a.json', '{"x":1}')
  const { code } = await runStarttask(['check', 'a.json', '--summary', 'summary.md'], {
    cwd: folder.path,
  })
  expect(code).toBe(2)
  expect(read(folder)).toContain('It did not come to its end.')
})

test('counts what has no row', async () => {
  using folder = createFolder()
  folder.write('a.ndjson', `${JSON.stringify(WRONG)}\n`.repeat(60))
  await runStarttask(['check', 'a.ndjson', '--summary', 'summary.md'], { cwd: folder.path })
  expect(read(folder).match(/^\| error \|/gm)).toHaveLength(50)
  expect(read(folder)).toContain('\n10 more are in the log.\n')
})

test('tells where it cannot be written', async () => {
  using folder = createFolder()
  folder.write('a.json', JSON.stringify(buildInput('a')))
  mkdirSync(join(folder.path, 'summary.md'))
  const { code, stderr } = await runStarttask(['check', 'a.json', '--summary', 'summary.md'], {
    cwd: folder.path,
  })
  expect(code).toBe(3)
  expect(stderr).toMatch(/^error: The summary cannot be written: .*\n {2}remedy {5}/)
})

/** What Markdown, HTML and GitHub take for something: none of it may stand in a foreign text as it is. */
const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '| a | b |',
  '[text](https://evil.example)',
  'https://evil.example www.evil.example a@evil.example',
  '@team #12 :tada: owner/repo#1',
  '`code` **bold** _it_ ~~gone~~',
  '</code><script>',
  '+ a * b - c = d',
  '&lt;script&gt; &#60;',
  'a\n\n# Heading\n- [ ] item\n```',
  '::error::x \u001b[31m\u202e',
  '\\| \\` $x^2$ {{ secrets.X }}',
]

/** Markdown without its code spans. */
function removeCode(markdown: string): string {
  return markdown.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '')
}

test.for(HOSTILE)('lets no text of a body be more than text: %j', async (text) => {
  using folder = createFolder()
  folder.write('a.json', JSON.stringify({ ...buildInput('a'), startedBy: text, [text]: 1 }))
  await runStarttask(['check', 'a.json', '--summary', 'summary.md'], { cwd: folder.path })
  const rows = read(folder)
    .split('\n')
    .filter((line) => line.startsWith('| error'))
  expect(rows.length).toBeGreaterThanOrEqual(2)
  for (const row of rows) {
    const cells = row.split('|').slice(1, -1)
    expect(cells).toHaveLength(4)
    expect(cells.map(removeCode).join('')).toMatch(/^[A-Za-z0-9 .,;%'()-]*$/)
  }
  expect(
    read(folder)
      .split('\n')
      .filter((line) => line.startsWith('#')),
  ).toEqual(['### starttask check'])
  expect(findControls(read(folder))).toEqual([])
})

test('lets no name of a file be more than text', async () => {
  using folder = createFolder()
  const name = '@team|<b>[x](y)`.json'
  folder.write(name, JSON.stringify(WRONG))
  await runStarttask(['check', name, '--summary', 'summary.md'], { cwd: folder.path })
  expect(removeCode(read(folder))).not.toMatch(/@team|<b>|\[x\]/)
})
