import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

import { createFolder } from '../cli/starttask.ts'

/** What Chromium is started with: nothing of its own asks the network. */
export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's chromium, or what CHROMIUM names. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: CHROMIUM_ARGS,
  })
}

/** A report in a browser. */
export interface Opened extends AsyncDisposable {
  page: Page
  /** Milliseconds until it was loaded and drawn. */
  openedMs: number
  /** Whatever a page that does nothing does not do: dialogs, errors, messages, requests, other pages. */
  events: string[]
}

/** Opens a page from a file, as a reader does. */
export async function openPage(
  browser: Browser,
  html: string,
  options: BrowserContextOptions & { media?: 'print' } = {},
): Promise<Opened> {
  const { media, ...contextOptions } = options
  const folder = createFolder()
  const url = pathToFileURL(`${folder.path}/report.html`).href
  writeFileSync(`${folder.path}/report.html`, html)
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    ...contextOptions,
  })
  const page = await context.newPage()
  if (media) await page.emulateMedia({ media })
  const events = watch(page, url)
  const began = performance.now()
  await page.goto(url)
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  return {
    page,
    openedMs: performance.now() - began,
    events,
    async [Symbol.asyncDispose]() {
      await context.close()
      folder[Symbol.dispose]()
    },
  }
}

function watch(page: Page, url: string): string[] {
  const events: string[] = []
  page.on('dialog', (dialog) => {
    events.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => events.push(`error: ${error.message}`))
  page.on('console', (message) => events.push(`console: ${message.text()}`))
  page.on('request', (request) => {
    if (request.url() !== url) events.push(`request: ${request.url()}`)
  })
  page.on('popup', (popup) => events.push(`popup: ${popup.url()}`))
  page.on('framenavigated', (frame) => {
    if (frame.url().replace(/#.*/, '') !== url) events.push(`navigation: ${frame.url()}`)
  })
  return events
}

/** Opens all that is folded. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
}

/** What axe finds wrong with a page that was opened with `bypassCSP`. */
export async function listViolations(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source })
  return page.evaluate(async () => {
    const loaded: {
      run(
        root: Document,
        options: object,
      ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
    } = Reflect.get(window, 'axe')
    const { violations } = await loaded.run(document, { resultTypes: ['violations'] })
    return violations.map(
      ({ id, nodes }) => `${id} ×${nodes.length}: ${nodes[0]?.html.slice(0, 200)}`,
    )
  })
}

/** How a mark of a picture is on the screen: the colour in its middle, what it should be, and the page's. */
export interface RenderedMark {
  kind: string
  width: number
  height: number
  seen: string
  fill: string
  paper: string
}

/** Looks at the pixels in the middle of every mark that a picture shows. */
export async function lookAtMarks(page: Page, selector: string): Promise<RenderedMark[]> {
  const marks = await page.$$eval(selector, (elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const { fill } = getComputedStyle(element)
      const paper = getComputedStyle(document.body).backgroundColor
      const kind = element.parentElement?.getAttribute('class') ?? ''
      return {
        kind,
        width,
        height,
        fill,
        paper,
        x: x + scrollX + width / 2,
        y: y + scrollY + height / 2,
      }
    }),
  )
  const shown = marks.filter(({ width }) => width > 0)
  const image = (await page.screenshot({ fullPage: true })).toString('base64')
  const seen = await readPixels(page, image, shown)
  return shown.map(({ kind, width, height, fill, paper }, index) => ({
    kind,
    width,
    height,
    fill,
    paper,
    seen: seen[index] ?? '',
  }))
}

/** The colours of a picture at these points, read by the browser, whose page is a blank one. */
async function readPixels(
  page: Page,
  image: string,
  points: readonly { x: number; y: number }[],
): Promise<string[]> {
  const blank = await page.context().newPage()
  const colours = await blank.evaluate(
    async ({ base64, at }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes]))
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const pen = canvas.getContext('2d')
      pen?.drawImage(bitmap, 0, 0)
      return at.map(({ x, y }) => {
        const [red, green, blue] = pen?.getImageData(Math.floor(x), Math.floor(y), 1, 1).data ?? []
        return `rgb(${red}, ${green}, ${blue})`
      })
    },
    { base64: image, at: points },
  )
  await blank.close()
  return colours
}

/** How far two colours are apart to the eye, from 1 to 21, as WCAG counts it. */
export function measureContrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [one, other].map(measureLight).toSorted((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function measureLight(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((text) => {
    const value = Number(text) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
