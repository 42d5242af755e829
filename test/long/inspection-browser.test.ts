import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'

import { findDifferences } from '../../src/matching/index.ts'
import { type Exchange } from '../../src/protocol/index.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  OUTCOMES,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, type Folder, runStarttask } from '../cli/starttask.ts'
import { CHROMIUM_ARGS } from './report-browser.ts'

vi.setConfig({ testTimeout: 120_000 })

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const HOSTILE =
  '</code></pre><script>window.hit = 1</script><img src="https://evil.invalid/x" onerror="window.hit = 2">\u202e\u{e0041}\u001b[2J\\u{41}'

let browser: Browser

describe.skipIf(!inject('programs').chromium)(
  'the page of recordings in a browser (needs chromium)',
  () => {
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS })
    })
    afterAll(() => browser.close())

    test.for([
      { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
      { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
      { name: 'narrow', colorScheme: 'light', viewport: { width: 360, height: 740 } },
    ] as const)(
      'has nothing that axe finds, closed, opened and compared: $name',
      async ({ colorScheme, viewport }) => {
        using folder = createFolder()
        await using opened = await openPage(folder, [...OUTCOMES, broken()], {
          colorScheme,
          viewport,
        })
        const { page } = opened
        expect(await runAxe(page)).toEqual([])
        for (const id of ['#x1', '#x4', '#x5']) await page.locator(`${id} > summary`).click()
        await page.locator('#x5 .opened > details > summary').click()
        await compare(page, '1', '5')
        expect(await page.locator('#differences li').count()).toBeGreaterThan(3)
        expect(await runAxe(page)).toEqual([])
      },
    )

    test('is as wide as a phone, and not wider', async () => {
      using folder = createFolder()
      const long = buildExchange(
        { ...buildInput('x'.repeat(300)), cluster: 'c'.repeat(255) },
        buildResponse(200, { tasks: [] }),
      )
      await using opened = await openPage(folder, [...OUTCOMES, long], {
        viewport: { width: 320, height: 640 },
      })
      const { page } = opened
      for (const id of ['#x1', '#x5']) await page.locator(`${id} > summary`).click()
      await compare(page, '1', '5')
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth'),
      ).toBeLessThanOrEqual(320)
      const cut = `[...document.querySelectorAll('.opened time, .opened dd, #differences code, summary span')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > 320).map(({ outerHTML }) => outerHTML)`
      expect(await page.evaluate<string[]>(cut)).toEqual([])
    })

    test('is read by keyboard: choose, open, compare', async () => {
      using folder = createFolder()
      await using opened = await openPage(folder, OUTCOMES)
      const { page } = opened
      await tabTo(page, '#show-started')
      await page.keyboard.press('Space')
      expect(await listShown(page)).toEqual(['2', '3', '4'])
      expect(await page.locator('#shown').textContent()).toBe('3 of 4 exchanges are shown')
      await tabTo(page, '#any-reason')
      await page.keyboard.press('ArrowDown')
      expect(await listShown(page)).toEqual(['2', '3']) // AGENT
      await page.keyboard.press('ArrowUp')
      await tabTo(page, '#find')
      await page.keyboard.type('CLUSTER NOT')
      await expect.poll(() => listShown(page)).toEqual(['4'])
      await tabTo(page, '#first')
      await page.keyboard.type('1')
      await tabTo(page, '#second')
      await page.keyboard.type('4')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('differences')
      expect(await page.locator('#differences').textContent()).toContain('Exchanges 1 and 4: ')
      await tabTo(page, '#x4 > summary')
      await page.keyboard.press('Enter')
      expect(await page.locator('#x4 .json-response').isVisible()).toBe(true)
      await tabTo(page, '#x4 .take-first')
      await page.keyboard.press('Enter')
      expect(await page.locator('#differences').textContent()).toBe(
        'Exchanges 4 and 4: 0 differences',
      )
    })

    test('compares as the command does, whatever stands in the exchanges', async () => {
      using folder = createFolder()
      const hostile = buildExchange(
        { ...buildInput(HOSTILE), [HOSTILE]: HOSTILE, 'a/b~c': 1 },
        buildResponse(200, { tasks: [[], {}], failures: null }),
      )
      const exchanges = [
        ...OUTCOMES,
        hostile,
        broken(),
        buildExchange(buildInput('i'), { failure: 'reset', code: 'ECONNRESET' }),
      ]
      await using opened = await openPage(folder, exchanges)
      const { page } = opened
      const { exchanges: recorded } = buildRecording(...exchanges)
      for (const [one, other] of [
        [1, 2],
        [2, 1],
        [1, 4],
        [3, 5],
        [5, 3],
        [5, 6],
        [6, 7],
        [7, 1],
      ] as const) {
        await compare(page, String(one), String(other))
        const [kinds, places] = await Promise.all([
          page.locator('#differences li > span').allTextContents(),
          page.locator('#differences li > .place').allTextContents(),
        ])
        const expected = findDifferences(
          describeSides(recorded[one - 1]),
          describeSides(recorded[other - 1]),
        )
        expect(kinds).toEqual(expected.map(({ kind }) => kind))
        expect(places).toEqual(expected.map(({ pointer }) => showUnseen(pointer)))
      }
    })

    test('says what it cannot compare', async () => {
      using folder = createFolder()
      await using opened = await openPage(folder, OUTCOMES)
      for (const wrong of ['9', '0', '', '<b>', '1e1']) {
        await compare(opened.page, wrong, '1')
        expect(await opened.page.locator('#differences').textContent()).toBe(
          `There is no exchange ${JSON.stringify(wrong)} on this page; it has 1 to 4.`,
        )
      }
    })

    test('without its script it is read and filtered all the same, and offers nothing that does nothing', async () => {
      using folder = createFolder()
      await using opened = await openPage(folder, [...OUTCOMES, broken()], {
        javaScriptEnabled: false,
      })
      const { page } = opened
      await page.locator('#show-started').uncheck()
      expect(await listShown(page)).toEqual(['2', '3', '4'])
      await page.getByLabel('AGENT').check()
      expect(await listShown(page)).toEqual(['2', '3'])
      await page.getByLabel('any').check()
      await page.locator('#show-started').check()
      await page.locator('#only-errors').check()
      expect(await listShown(page)).toEqual(['5'])
      await page.locator('#x5 > summary').click()
      expect(await page.locator('#x5 .finding.error').first().isVisible()).toBe(true)
      for (const id of ['#find', '#compare-now', '#x5 .take-first'])
        expect(await page.locator(id).isVisible()).toBe(false)
      expect(await page.getByText('This needs the script of this page').isVisible()).toBe(true)
    })

    test('an address opens the exchange that it names', async () => {
      using folder = createFolder()
      await using opened = await openPage(folder, OUTCOMES)
      await opened.page.goto(`${opened.page.url()}#x3`)
      expect(await opened.page.locator('#x3 .json-response').isVisible()).toBe(true)
    })

    test('runs and asks for nothing that stands in a recording', async () => {
      using folder = createFolder()
      const failures = [{ arn: HOSTILE, reason: HOSTILE, [HOSTILE]: HOSTILE }]
      const hostile = buildExchange(
        { ...buildInput(HOSTILE), taskDefinition: HOSTILE, [HOSTILE]: HOSTILE },
        buildResponse(200, { failures }),
      )
      const asked: string[] = []
      await using opened = await openPage(
        folder,
        [{ ...hostile, invocation: HOSTILE }, OUTCOMES[0]],
        {},
        asked,
      )
      const { page } = opened
      await page.locator('#x1 > summary').click()
      await compare(page, '1', '2')
      await page.locator('#find').fill('<img')
      await expect.poll(() => listShown(page)).toEqual(['1'])
      expect(await page.evaluate('window.hit')).toBeUndefined()
      expect(await page.locator('img').count()).toBe(0)
      expect(asked).toEqual([page.url()])
      expect(findControls(await page.locator('body').innerText())).toEqual([])
    })

    test('opens a folder of ten thousand exchanges, and says what is left out', async () => {
      using folder = createFolder()
      const exchanges = Array.from(
        { length: 10_000 },
        (_, index) => OUTCOMES[index % OUTCOMES.length],
      )
      folder.write(
        'many.ndjson',
        exchanges.map((exchange) => `${JSON.stringify(exchange)}\n`).join(''),
      )
      const { code, stderr } = await runStarttask(
        ['inspect', 'many.ndjson', '--html', 'page.html'],
        { cwd: folder.path },
      )
      expect([code, stderr]).toEqual([0, expect.stringContaining('left out   8000 exchanges more')])
      const page = await browser.newPage()
      await page.goto(pathToFileURL(join(folder.path, 'page.html')).href)
      expect(await page.locator('.exchange').count()).toBe(2000)
      expect(await page.locator('header').innerText()).toContain(
        'The first 2000 are here; 8000 more are left out',
      )
      await page.locator('#show-started').uncheck()
      await page.locator('#x1999 > summary').click()
      expect(await page.locator('#x1999 .json-response').isVisible()).toBe(true)
      await page.close()
    })
  },
)

/** A request and a response with errors and infos. */
function broken(): Exchange {
  return buildExchange(
    { ...buildInput('i'), startedBy: 'x'.repeat(37) },
    buildResponse(200, { tasks: [{ taskArn: 7, version: 1e300 }] }),
  )
}

interface OpenedPage extends AsyncDisposable {
  page: Page
}

/** Makes the page with the command, and opens it; `asked` collects every address that is asked for. */
async function openPage(
  folder: Folder,
  exchanges: readonly (Exchange | undefined)[],
  context: BrowserContextOptions = {},
  asked: string[] = [],
): Promise<OpenedPage> {
  folder.write('a.json', buildRecording(...exchanges.filter((exchange) => exchange !== undefined)))
  const { code, stderr } = await runStarttask(['inspect', 'a.json', '--html', 'page.html'], {
    cwd: folder.path,
  })
  expect([code, stderr]).toEqual([0, expect.stringContaining('page.html shows')])
  const page = await browser.newPage({ bypassCSP: false, ...context })
  page.on('request', (request) => asked.push(request.url()))
  page.on('dialog', () => asked.push('a dialog'))
  page.on('pageerror', (error) => asked.push(String(error)))
  await page.goto(pathToFileURL(join(folder.path, 'page.html')).href)
  return { page, [Symbol.asyncDispose]: () => page.close() }
}

async function compare(page: Page, first: string, second: string): Promise<void> {
  await page.locator('#first').fill(first)
  await page.locator('#second').fill(second)
  await page.locator('#compare-now').click()
}

/** The numbers of the exchanges that are shown. */
async function listShown(page: Page): Promise<(string | null)[]> {
  const all = await page.locator('.exchange').all()
  const shown = await Promise.all(
    all.map(async (one) => ((await one.isVisible()) ? [await one.getAttribute('data-key')] : [])),
  )
  return shown.flat()
}

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const hasFocus = () =>
    page.evaluate<boolean>(
      `document.activeElement === document.querySelector(${JSON.stringify(selector)})`,
    )
  for (let presses = 0; presses < 60; presses += 1) {
    if (await hasFocus()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${selector} is not reached by Tab.`)
}

/**
 * What axe finds, by rule and element; throws where it saw no text. Handed over by the debugger, so that the page's policy stays as it is. What lies outside
 * the window is drawn for it, since axe does not look at what is not.
 */
async function runAxe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  await page.evaluate(
    `for (const element of document.querySelectorAll('.exchange')) element.style.contentVisibility = 'visible'`,
  )
  const { found, seen } = await page.evaluate<{ found: string[]; seen: number }>(
    `axe.run(document).then(({ violations, passes }) => ({
      found: violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html.slice(0, 200))),
      seen: passes.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes).length,
    }))`,
  )
  if (seen < 20) throw new Error(`axe looked at the contrast of ${seen} elements alone.`)
  return found
}

/** As the page shows what has no look of its own. */
function showUnseen(text: string): string {
  return text
    .replaceAll('\u202e', '\\u202e')
    .replaceAll('\u{e0041}', '\\u{e0041}')
    .replaceAll('\u001b', '\\u001b')
}

function describeSides(exchange: Exchange | undefined): object {
  if (!exchange) throw new Error('There is no such exchange.')
  const { operation, request, response } = exchange
  return { operation, request, response }
}
