// Makes the page of the shipped recordings, opens an exchange, compares two, and photographs it as people meet it: wide, on a phone, dark.
// node scripts/make-inspection-screenshots.ts after a build; needs chromium on PATH or CHROMIUM.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { chromium } from 'playwright-core'

import { ROOT } from './contract-schemas.ts'

const OUT = join(ROOT, 'docs/screenshots')
const RECORDINGS = [
  'recordings/incidents/agent-disconnect-partial.json',
  'recordings/started/moto-aws-cli.json',
  'recordings/partial',
  'recordings/rejected',
]
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
]
const VIEWS = [
  { name: 'wide', width: 1280, height: 2200, colorScheme: 'light' },
  { name: 'narrow', width: 390, height: 2600, colorScheme: 'light' },
  { name: 'dark', width: 1280, height: 2200, colorScheme: 'dark' },
] as const

const folder = mkdtempSync(join(tmpdir(), 'starttask-screenshots-'))
const file = join(folder, 'recordings.html')
execFileSync(process.execPath, ['dist/cli/bin.js', 'inspect', ...RECORDINGS, '--html', file], {
  cwd: ROOT,
  stdio: 'inherit',
})
mkdirSync(OUT, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [...ARGS],
})
for (const { name, width, height, colorScheme } of VIEWS) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme })
  await page.goto(pathToFileURL(file).href)
  await page.locator('#first').fill('2')
  await page.locator('#second').fill('4')
  await page.locator('#compare-now').click()
  await page.locator('#x6 > summary').click()
  await page.evaluate('document.activeElement.blur(); scrollTo(0, 0)')
  await page.mouse.move(0, 0)
  await page.screenshot({
    path: join(OUT, `inspect-${name}.png`),
    clip: { x: 0, y: 0, width, height },
  })
  await page.close()
}
await browser.close()
rmSync(folder, { recursive: true })
