import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseHTML } from 'linkedom'
import { expect, test, vi } from 'vitest'

import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
  STARTED,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, type Folder, runStarttask } from './starttask.ts'

vi.setConfig({ testTimeout: 30_000 }) // each run of the command is a process, and many tests run at once

const KEY_ID = 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2'

/** A run with a key of the folder's own. */
function inspect(folder: Folder, args: readonly string[]) {
  return runStarttask(['inspect', ...args], {
    cwd: folder.path,
    env: { STARTTASK_KEY_FILE: join(folder.path, '.key') },
  })
}

function read(folder: Folder, name = 'page.html'): { html: string; document: Document } {
  const html = readFileSync(join(folder.path, name), 'utf8')
  return { html, document: parseHTML(html).document }
}

test('writes one page of what a folder holds, with the findings of each exchange', async () => {
  using folder = createFolder()
  mkdirSync(join(folder.path, 'all'))
  folder.write('all/a.json', buildRecording(...OUTCOMES))
  folder.write(
    'all/b.json',
    buildRecording(
      buildExchange(
        { ...buildInput('i'), startedBy: 'x'.repeat(37) },
        buildResponse(200, { tasks: [] }),
      ),
    ),
  )
  const run = await inspect(folder, ['all', '--html', 'page.html'])
  expect(run).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'starttask: page.html shows 5 exchanges\n',
  })
  const { document } = read(folder)
  expect(document.querySelector('title')?.textContent).toBe('Recordings: all')
  expect(
    [...document.querySelectorAll('.recording > h3')].map(({ textContent }) => textContent),
  ).toEqual(['all/a.json', 'all/b.json'])
  expect(
    [...document.querySelectorAll('.exchange .said')].map(({ textContent }) => textContent),
  ).toEqual([
    '200 1 task',
    '200 1 task, 1 failure: AGENT',
    '200 no task, 1 failure: AGENT',
    '400 ClusterNotFoundException',
    '200 no task, 0 failures 1 error',
  ])
  expect(document.querySelector('#x5')?.textContent).toContain('request.startedBy.maxLength')
})

test('writes the same page each time, in place of the one before', async () => {
  using folder = createFolder()
  folder.write('a.json', buildRecording(...OUTCOMES))
  await inspect(folder, ['a.json', '--html', 'page.html'])
  const { html } = read(folder)
  expect((await inspect(folder, ['a.json', '--html', 'page.html'])).code).toBe(0)
  expect(read(folder).html).toBe(html)
})

test('shows only what fits, and says so', async () => {
  using folder = createFolder()
  folder.write('a.json', buildRecording(...OUTCOMES))
  const { stdout } = await inspect(folder, [
    'a.json',
    '--html',
    'page.html',
    '--reason',
    'AGENT',
    '--json',
  ])
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    out: 'page.html',
    looked: 4,
    fitting: 2,
    shown: 2,
    withoutContent: 0,
  })
  const { document } = read(folder)
  expect(document.querySelectorAll('.exchange')).toHaveLength(2)
  expect(document.querySelector('header .note')?.textContent).toBe(
    'Narrowed when it was made (--reason AGENT): 2 of 4 exchanges fit.',
  )
})

test('leaves out what is too large, and says so in its place', async () => {
  using folder = createFolder()
  folder.write(
    'a.json',
    buildRecording(
      STARTED,
      buildExchange(buildInput('i'), buildResponse(200, null, { bodyText: 'y'.repeat(300_000) })),
    ),
  )
  const { stderr } = await inspect(folder, ['a.json', '--html', 'page.html'])
  expect(stderr).toContain('  left out   what 1 of them asked and answered, for their size\n')
  const { html, document } = read(folder)
  expect(html.length).toBeLessThan(100_000)
  expect(document.querySelector('#x2 .note')?.textContent).toMatch(
    /^What was asked and answered is left out here, for its size \(300\d+ characters\)\.$/,
  )
  expect(document.querySelector('#x1 .json-request')).not.toBeNull()
})

test('no secret that a hand edit brought comes into the page, and the page says that something was taken out', async () => {
  using folder = createFolder()
  const exchange = buildExchange(
    { ...buildInput('i'), startedBy: KEY_ID },
    buildResponse(400, { __type: KEY_ID, message: `no ${KEY_ID}` }),
  )
  folder.write('a.json', { ...buildRecording(exchange), provenance: { note: `ran as ${KEY_ID}` } })
  expect((await inspect(folder, ['a.json', '--html', 'page.html'])).code).toBe(0)
  const { html, document } = read(folder)
  expect(html).not.toContain(KEY_ID)
  expect(document.querySelector('#x1')?.textContent).toContain(
    'Redaction takes something out of this recording (3 places)',
  )
})

test.for([
  [['a.json', '--html', 'page.json'], 2, "a page's name ends in .html"],
  [
    ['a.json', '--html', 'page.html', '--diff', '1', '2'],
    2,
    'goes with neither --diff nor --exchange',
  ],
  [
    ['a.json', '--html', 'page.html', '--exchange', '1'],
    2,
    'goes with neither --diff nor --exchange',
  ],
  [['none.json', '--html', 'page.html'], 3, 'none.json'],
  [['a.json', '--html', 'folder.html'], 3, 'Cannot write folder.html'],
] as const)('writes nothing where it cannot: %j', async ([args, code, message]) => {
  using folder = createFolder()
  folder.write('a.json', buildRecording(...OUTCOMES))
  mkdirSync(join(folder.path, 'folder.html'))
  const run = await inspect(folder, args)
  expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(message)])
})

test('a hostile file name stays text', async () => {
  using folder = createFolder()
  const name = '<img src=x onerror=hit()>\u001b[2J\u202e\n::error::x.json'
  folder.write(name.replaceAll('/', ''), buildRecording(...OUTCOMES))
  const { stdout, stderr } = await inspect(folder, ['.', '--html', 'page.html', '--json'])
  expect(findControls(stdout + stderr)).toEqual([])
  const { html, document } = read(folder)
  expect(findControls(html)).toEqual([])
  expect(document.querySelector('img')).toBeNull()
})
