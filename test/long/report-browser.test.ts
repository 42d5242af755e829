import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'

import { reenact, type RedactedTimeline } from '../../src/incident/index.ts'
import { formatReport } from '../../src/report/index.ts'
import { loadStoredRecordings } from '../../src/recording/index.ts'
import { createUnredactedTimeline } from '../suites/unredacted.ts'
import { HOSTILE, makeHostileTimeline, reenactHostile } from '../incident/hostile.ts'
import {
  ASKED,
  makeResponse,
  makeError,
  makeExchange,
  makeState,
  makeTimeline,
} from '../incident/timelines.ts'
import {
  launchChromium,
  listViolations,
  lookAtMarks,
  measureContrast,
  openPage,
  unfold,
} from './report-browser.ts'

const INCIDENTS = ['throttling-storm', 'server-error-task-started', 'agent-disconnect-partial']
const PHONE = { viewport: { width: 360, height: 740 } }

function loadIncident(name: string): RedactedTimeline {
  const path = `recordings/incidents/${name}.json`
  return createUnredactedTimeline(
    loadStoredRecordings(path).map(({ recording }) => ({ name: path, recording })),
  )
}

/** One attempt of each outcome, twelve times over, with times apart. */
function makeEveryOutcome(): RedactedTimeline {
  const responses = [
    makeResponse(['a']),
    makeResponse(['b'], ['AGENT']),
    makeResponse([], ['AGENT']),
    makeError(400, 'ThrottlingException'),
    { status: 503, headers: {}, body: null, bodyText: '<h1>' },
    { failure: 'reset' } as const,
  ]
  const exchanges = Array.from({ length: 12 }, (_, round) =>
    responses.map((response, index) =>
      makeExchange(round * 60_000 + index * 10_000, response, { elapsedMs: 20 * (1 + index) }),
    ),
  ).flat()
  const other = Array.from({ length: 12 }, (_, round) =>
    makeExchange(
      round * 60_000 + 5000,
      { status: 200, headers: {}, body: {} },
      { operation: 'DescribeTasks' },
    ),
  )
  return makeTimeline([...exchanges, ...other], {
    taskStateChanges: [makeState(1000, 'a'), makeState(400_000, 'a', { lastStatus: 'RUNNING' })],
  })
}

/** Twenty attempts over so long. */
function makeSpan(spanMs: number): RedactedTimeline {
  return makeTimeline(
    Array.from({ length: 20 }, (_, index) =>
      makeExchange((spanMs / 20) * index, makeResponse(['a'])),
    ),
  )
}

/** Twenty thousand exchanges with every outcome, retries and tasks, over an hour. */
function makeLarge(): RedactedTimeline {
  const response = (index: number) => {
    if (index % 7 === 0) return makeError(400, 'ThrottlingException')
    if (index % 31 === 0) return makeResponse([`task-${index}`], ['AGENT'])
    if (index % 53 === 0) return { failure: 'reset' } as const
    return index % 97 === 0 ? makeError(500, 'ServerException') : makeResponse([`task-${index}`])
  }
  const exchanges = Array.from({ length: 20_000 }, (_, index) =>
    makeExchange(index * 180, response(index), {
      elapsedMs: 20 + ((index * 7919) % 400),
      body: { ...ASKED, startedBy: `job-${Math.floor(index / 2)}` },
    }),
  )
  return makeTimeline(exchanges, {
    taskStateChanges: Array.from({ length: 2000 }, (_, index) =>
      makeState(index * 1700, `task-${index}`),
    ),
  })
}

describe.skipIf(!inject('programs').chromium)('a report in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  test.each(INCIDENTS)('passes axe, light and dark, on a desk and on a phone: %s', async (name) => {
    const incident = loadIncident(name)
    const reenactment = await reenact(incident, () => Promise.resolve())
    const html = await formatReport(incident, { reenactment })
    for (const colorScheme of ['light', 'dark'] as const)
      for (const { viewport } of [PHONE, { viewport: { width: 1280, height: 900 } }]) {
        await using opened = await openPage(browser, html, {
          colorScheme,
          viewport,
          bypassCSP: true,
        })
        await unfold(opened.page)
        expect([colorScheme, await listViolations(opened.page)]).toEqual([colorScheme, []])
      }
  })

  test('would be told by axe what is wrong', async () => {
    const html = await formatReport(loadIncident('throttling-storm'))
    await using opened = await openPage(browser, html.replace('<html lang="en">', '<html>'), {
      bypassCSP: true,
    })
    expect(await listViolations(opened.page)).toEqual([expect.stringMatching(/^html-has-lang/)])
  })

  test('opens 20,000 exchanges within three seconds, in less than five megabytes, and passes axe', async () => {
    const html = await formatReport(makeLarge())
    expect(Buffer.byteLength(html)).toBeLessThan(5_000_000)
    await using opened = await openPage(browser, html, { bypassCSP: true })
    expect(opened.openedMs).toBeLessThan(3000)
    expect(await listViolations(opened.page)).toEqual([])
    console.log(
      `20,000 exchanges: ${(Buffer.byteLength(html) / 1e6).toFixed(2)} MB, opened in ${opened.openedMs.toFixed(0)} ms`,
    )
  })

  test.each(['light', 'dark'] as const)(
    'draws every mark of every outcome so that it is seen: %s',
    async (colorScheme) => {
      await using opened = await openPage(browser, await formatReport(makeEveryOutcome()), {
        colorScheme,
      })
      const marks = await lookAtMarks(opened.page, 'section[aria-labelledby="timeline"] .mark path')
      expect(marks).toHaveLength(12 * 7 + 2)
      for (const { width, height, seen, fill, paper } of marks) {
        expect(Math.min(width, height)).toBeGreaterThan(3)
        expect(seen).toBe(fill)
        expect(measureContrast(fill, paper)).toBeGreaterThan(3)
      }
      const bars = await lookAtMarks(
        opened.page,
        'section[aria-labelledby="outcomes"] .plot g[class^="fill-"] rect',
      )
      expect(bars).toHaveLength(12 * 7)
      for (const { width, height, seen, fill } of bars)
        expect([width > 2, height > 2, seen]).toEqual([true, true, fill])
      const durations = await lookAtMarks(
        opened.page,
        'section[aria-labelledby="latency"] .mark path',
      )
      expect(durations).toHaveLength(12 * 7)
      for (const { seen, fill } of durations) expect(seen).toBe(fill)
    },
  )

  test.each([PHONE.viewport, { width: 1280, height: 900 }])(
    'draws every band so that it is seen: %j',
    async (viewport) => {
      await using opened = await openPage(
        browser,
        await formatReport(loadIncident('server-error-task-started')),
        { viewport },
      )
      const bands = await lookAtMarks(
        opened.page,
        'section[aria-labelledby="timeline"] .fill-found rect',
      )
      expect(
        bands.map(({ width, height, seen, paper }) => [width > 2, height > 8, seen === paper]),
      ).toEqual([
        [true, true, false],
        [true, true, false],
      ])
    },
  )

  test('draws the bar of one among hundreds so that it is seen', async () => {
    const many = Array.from({ length: 600 }, (_, index) =>
      makeExchange(index, index === 300 ? makeError(500, 'ServerException') : makeResponse(['a'])),
    )
    const timeline = makeTimeline([...many, makeExchange(40_000, makeResponse(['b']))])
    await using opened = await openPage(browser, await formatReport(timeline))
    const bars = await lookAtMarks(
      opened.page,
      'section[aria-labelledby="outcomes"] .plot g.fill-bad rect',
    )
    expect(bars.map(({ height, seen, fill }) => [height > 1.5, seen === fill])).toEqual([
      [true, true],
    ])
  })

  test('breaks no word of ours on a phone', async () => {
    await using opened = await openPage(
      browser,
      await formatReport(loadIncident('server-error-task-started')),
      PHONE,
    )
    const heights = await opened.page.$$eval('.status > span, thead th, time', (parts) =>
      parts
        .filter((part) => /^\S+$/.test(part.textContent ?? ''))
        .map((part) => part.getClientRects().length),
    )
    expect(heights.length).toBeGreaterThan(10)
    expect(heights.filter((lines) => lines > 1)).toEqual([])
  })

  test('gives each outcome a shape of its own in the picture', async () => {
    await using opened = await openPage(browser, await formatReport(makeEveryOutcome()))
    const shapes = await opened.page.$$eval(
      'section[aria-labelledby="timeline"] .wide .mark',
      (groups) => groups.map((group) => group.firstElementChild?.getAttribute('d')),
    )
    expect(new Set(shapes).size).toBe(8) // seven outcomes, and tasks, whose two lanes share one
    expect(shapes).toHaveLength(9)
  })

  test('labels of a picture do not lie on each other, and none is cut', async () => {
    const spans = [
      500,
      7000,
      90_000,
      100 * 60_000,
      9 * 86_400_000,
      99 * 86_400_000,
      3 * 365 * 86_400_000,
    ]
    const others = [...spans.map(makeSpan), makeHostileTimeline('\u202e\u0000'.repeat(9))]
    for (const timeline of [makeEveryOutcome(), ...others, ...INCIDENTS.map(loadIncident)])
      for (const viewport of [PHONE.viewport, { width: 1280, height: 900 }]) {
        await using opened = await openPage(browser, await formatReport(timeline), { viewport })
        const overlaps = await opened.page.$$eval('.plot', (pictures) =>
          pictures.flatMap((picture) => {
            const frame = picture.getBoundingClientRect()
            const boxes = [...picture.querySelectorAll('text')].map((text) => ({
              text: text.textContent,
              box: text.getBoundingClientRect(),
            }))
            const out = boxes.filter(
              ({ box }) =>
                box.width > 0 &&
                (box.left < frame.left - 1 ||
                  box.right > frame.right + 1 ||
                  box.bottom > frame.bottom + 1),
            )
            const over = boxes.filter(({ box }, index) =>
              boxes
                .slice(index + 1)
                .some(
                  ({ box: other }) =>
                    box.right > other.left + 1 &&
                    other.right > box.left + 1 &&
                    box.bottom > other.top + 3 &&
                    other.bottom > box.top + 3,
                ),
            )
            return [...out, ...over].map(({ text }) => text)
          }),
        )
        expect(overlaps).toEqual([])
      }
  })

  test.each([...INCIDENTS, 'hostile'])('does not scroll sideways on a phone: %s', async (name) => {
    const text = `${'x'.repeat(3000)}<`
    const timeline = name === 'hostile' ? makeHostileTimeline(text) : loadIncident(name)
    const html = await formatReport(
      timeline,
      name === 'hostile' ? { reenactment: await reenactHostile(timeline, text) } : {},
    )
    await using opened = await openPage(browser, html, PHONE)
    await unfold(opened.page)
    expect(
      await opened.page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]),
    ).toEqual([360, 360])
  })

  test('prints the numbers behind pictures, and nothing to click', async () => {
    await using opened = await openPage(
      browser,
      await formatReport(loadIncident('throttling-storm')),
      {
        media: 'print',
        colorScheme: 'dark',
      },
    )
    const { page } = opened
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.getByRole('rowheader', { name: '02:10:00.000' }).first().isVisible()).toBe(
      true,
    )
    expect(await page.locator('summary', { hasText: 'Bodies' }).first().isVisible()).toBe(false)
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(27, 31, 35)')
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000)
  })

  test('is gone through by keyboard, and shows where it is', async () => {
    await using opened = await openPage(
      browser,
      await formatReport(loadIncident('throttling-storm')),
    )
    const { page } = opened
    await page.keyboard.press('Tab')
    expect(
      await page.evaluate(() => [
        document.activeElement?.textContent,
        getComputedStyle(document.activeElement ?? document.body).outlineWidth,
      ]),
    ).toEqual(['What was found', '3px'])
    await page.locator('summary', { hasText: 'Bodies' }).first().focus()
    await page.keyboard.press('Enter')
    expect(await page.getByText('Request of #1,').isVisible()).toBe(true)
  })

  test.each(HOSTILE)('runs and loads nothing of %j', async (text) => {
    const timeline = makeHostileTimeline(text)
    const html = await formatReport(timeline, {
      title: text,
      madeAt: text,
      reenactment: await reenactHostile(timeline, text),
    })
    await using opened = await openPage(browser, html)
    const { page, events } = opened
    await unfold(page)
    for (const link of (await page.locator('a').all()).slice(0, 10)) await link.click()
    await page.mouse.wheel(0, 2000)
    expect(
      await page.evaluate(
        () =>
          document.scripts.length + document.images.length + document.forms.length + frames.length,
      ),
    ).toBe(0)
    expect(await page.evaluate(() => document.styleSheets.length)).toBe(1)
    expect(await page.title()).not.toMatch(/\p{Cc}|\p{Cf}/u)
    expect(events).toEqual([])
  })

  test('would run and load nothing that got in all the same', async () => {
    const html = await formatReport(loadIncident('throttling-storm'))
    const planted = `<script>document.title = 'owned'</script><img src="http://127.0.0.1:9/a.png" onerror="document.title = 'owned'"><p style="color: red">`
    await using opened = await openPage(browser, html.replace('<main>', `<main>${planted}`))
    const { page, events } = opened
    expect(await page.title()).not.toBe('owned')
    expect(
      events.filter((event) => /^console: .*Content Security Policy/.test(event)).length,
    ).toBeGreaterThanOrEqual(3)
    expect(events.filter((event) => event.startsWith('dialog'))).toEqual([])
  })
})
