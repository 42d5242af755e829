// Draws the report of a shipped incident, with a re-enactment, and photographs it as people meet it: wide, on a phone, dark, on paper; and that day beside today.
// node scripts/make-report-screenshots.ts; needs chromium on PATH or CHROMIUM.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { chromium } from 'playwright-core'

import { createTimeline, reenact, type ReenactedService } from '../src/incident/index.ts'
import { formatReport } from '../src/report/index.ts'
import { loadStoredRecordings } from '../src/recording/index.ts'
import { redactRecording } from '../src/redaction/index.ts'
import { ROOT } from './contract-schemas.ts'

const INCIDENT = 'recordings/incidents/throttling-storm.json'
const OUT = join(ROOT, 'docs/screenshots')
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
]
const INSTANCES = ['1a6e7a1c', '2b8f9b2d', '3c9d0c3e', '4d0e1d4f']
const VIEWS = [
  { name: 'wide', width: 1280, height: 2600, colorScheme: 'light', media: 'screen' },
  { name: 'narrow', width: 390, height: 2600, colorScheme: 'light', media: 'screen' },
  { name: 'dark', width: 1280, height: 1700, colorScheme: 'dark', media: 'screen' },
  { name: 'print', width: 794, height: 2246, colorScheme: 'light', media: 'print' },
] as const

const incident = createTimeline(
  loadStoredRecordings(join(ROOT, INCIDENT)).map(({ recording }) => ({
    name: INCIDENT,
    recording: redactRecording(recording),
  })),
)
const html = await formatReport(incident, { reenactment: await reenact(incident, launchWorkers) })

mkdirSync(OUT, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [...ARGS],
})
for (const { name, width, height, colorScheme, media } of VIEWS) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, bypassCSP: true })
  await page.emulateMedia({ media, colorScheme })
  await page.setContent(html)
  if (media === 'print') await page.addStyleTag({ content: 'body { padding: 15mm }' }) // the margin of the paper
  await page.screenshot({
    path: join(OUT, `report-${name}.png`),
    clip: { x: 0, y: 0, width, height },
  })
  if (name === 'wide')
    await page
      .locator('section[aria-labelledby="today"]')
      .screenshot({ path: join(OUT, 'report-today.png') })
  await page.close()
}
await browser.close()

/** Today's callers: they come one after the other, wait a second after a refusal, give up after three, and one asks for a new revision. */
async function launchWorkers({ url, clock }: ReenactedService): Promise<void> {
  for (let worker = 1; worker <= 12; worker += 1) {
    for (let attempt = 1; attempt <= 3 && !(await launch(url, worker)); attempt += 1)
      await clock.sleep(1000)
  }
}

/** Whether the worker's task was started. */
async function launch(url: string, worker: number): Promise<boolean> {
  const body = {
    cluster: 'batch',
    containerInstances: [`${INSTANCES[(worker - 1) % 4] ?? ''}-0000-4000-8000-000000000001`],
    startedBy: `worker-${worker}-round-1`,
    taskDefinition: worker === 12 ? 'shard:4' : 'shard:3',
  }
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
  }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const answered: { tasks?: unknown[] } = JSON.parse(await response.text())
  return (answered.tasks?.length ?? 0) > 0
}
