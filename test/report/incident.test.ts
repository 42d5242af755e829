import { execFileSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { reenact, type Reenactment, type RedactedTimeline } from '../../src/incident/index.ts'
import { formatReport, formatReportMarkdown } from '../../src/report/index.ts'
import { loadStoredRecordings } from '../../src/recording/index.ts'
import { HOSTILE, makeHostileTimeline, reenactHostile } from '../incident/hostile.ts'
import {
  ASKED,
  makeResponse,
  makeError,
  makeExchange,
  makeRecording,
  makeState,
  makeTimeline,
} from '../incident/timelines.ts'
import { createUnredactedTimeline } from '../suites/unredacted.ts'

const THROTTLED = makeError(400, 'ThrottlingException')

function loadIncident(name: string): RedactedTimeline {
  const path = `recordings/incidents/${name}.json`
  return createUnredactedTimeline(
    loadStoredRecordings(path).map(({ recording }) => ({ name: path, recording })),
  )
}

/** So many invocations, each with its own request; every seventh is throttled. */
function makeMany(count: number): RedactedTimeline {
  return makeTimeline(
    Array.from({ length: count }, (_, index) =>
      makeExchange(index * 200, index % 7 === 0 ? THROTTLED : makeResponse([`task-${index}`]), {
        elapsedMs: 20 + (index % 13),
        body: { ...ASKED, startedBy: `job-${index}` },
      }),
    ),
  )
}

/** One part of a page. */
function readSection(html: string, id: string): string {
  return new RegExp(`<section aria-labelledby="${id}">.*?</section>`, 's').exec(html)?.[0] ?? ''
}

function readText(html: string): string {
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
}

test('gives the same bytes for the same incident, and no time unless it is told one', async () => {
  const incident = loadIncident('throttling-storm')
  const html = await formatReport(incident)
  expect(await formatReport(loadIncident('throttling-storm'))).toBe(html)
  expect(html).toContain('<p>Made by starttask-harness 0.1.0. What')
  expect(await formatReport(incident, { madeAt: '2026-03-03T10:00:00Z' })).toContain(
    'at <time datetime="2026-03-03T10:00:00Z">',
  )
})

test('is headed by what was asked for, by the scenario, or by when it was', async () => {
  const heading = async (timeline: RedactedTimeline, options = {}) =>
    /<h1>(.*?)<\/h1>/.exec(await formatReport(timeline, options))?.[1]
  const plain = makeTimeline([makeExchange(0, THROTTLED)])
  expect(await heading(plain)).toBe('Incident of 2026-11-24 10:00 UTC')
  expect(await heading(loadIncident('server-error-task-started'))).toMatch(
    /^a request is answered with HTTP 500/,
  )
  expect(await heading(loadIncident('server-error-task-started'), { title: 'Twice <em>' })).toBe(
    'Twice &lt;em&gt;',
  )
})

test('counts every attempt and invocation by how it ended', async () => {
  const outcomes = readText(
    readSection(await formatReport(loadIncident('throttling-storm')), 'outcomes'),
  )
  expect(outcomes).toContain('started 18 18 rejected 48 8 all 66 26')
})

test('draws pictures of the whole time and of the short time in which most of it was', async () => {
  const html = await formatReport(loadIncident('throttling-storm'))
  const labels = [...html.matchAll(/role="img" aria-label="([^"]*)"/g)].map(([, label]) => label)
  expect(new Set(labels)).toEqual(
    new Set([
      'The whole time, on a time axis: throttling 1, retry-storm 2, started 18, rejected 48.',
      'The 31.2 s in which 60 of 66 events were, on a time axis: throttling 1, retry-storm 2, started 12, rejected 48.',
      'Bars over time: 12 started, 48 rejected.',
      'How long attempts took over time: p50 0.024 s, p90 0.09 s, p99 0.095 s, longest 0.095 s.',
    ]),
  )
  expect(labels).toHaveLength(8) // each for a desk and for a phone
})

test('shows the numbers of a picture as a table', async () => {
  const outcomes = readText(
    readSection(await formatReport(loadIncident('throttling-storm')), 'outcomes'),
  )
  expect(outcomes).toContain('From started rejected 02:00:00.000 12 48 02:10:00.000 1 0')
})

test('shows percentiles where there are many attempts', async () => {
  const latency = readSection(await formatReport(makeMany(500)), 'latency')
  expect(readText(latency)).toContain('started 428 0.026 s 0.031 s 0.032 s 0.032 s')
  expect(readText(latency)).toContain(
    'the time that 50, 90 and 99 of a hundred did not exceed, in stretches of 5 s',
  )
})

test('leads from a finding to its events', async () => {
  const html = await formatReport(loadIncident('server-error-task-started'))
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? '')
  expect(targets).toContain('event-2')
  expect(targets.filter((target) => !ids.has(target))).toEqual([])
  expect(ids.size).toBe([...html.matchAll(/ id="/g)].length)
})

test('says how a finding was found', async () => {
  const found = readText(
    readSection(await formatReport(loadIncident('server-error-task-started')), 'found'),
  )
  expect(found).toContain(
    'error launched twice: the request that was answered with 500 ServerException had started',
  )
  expect(found).toContain(
    '02:00:00.000 to 02:00:03.046 · events #1 #2 #3 incident.double-launch seen: a task state change tells of',
  )
})

test('shows requests and responses, equal responses once', async () => {
  const invocations = readSection(
    await formatReport(loadIncident('throttling-storm')),
    'invocations',
  )
  expect(invocations).toContain(
    'Request of #2, exchange 2 of recordings/incidents/throttling-storm.json',
  )
  expect(invocations).toContain('Response to #2, #8, #24')
  const row = /2 StartTask<.*?<\/tr>/s.exec(invocations)?.[0] ?? ''
  expect(row.match(/Rate exceeded/g)).toHaveLength(1)
  expect(row.match(/worker-2-round-1/g)).toHaveLength(1)
})

test('shows a body that is long in part, and says so', async () => {
  const long = makeExchange(0, {
    status: 500,
    headers: {},
    body: null,
    bodyText: 'x'.repeat(20_000),
  })
  const html = await formatReport(makeTimeline([long]))
  expect(html).toContain('(cut: 16000 of 20000 characters; the rest is in the recording)')
  expect(html).not.toContain('x'.repeat(16_001))
})

test('shows a body that is no text as what it is', async () => {
  const response = { status: 200, headers: {}, body: null, bodyBase64: 'AAEC' }
  expect(await formatReport(makeTimeline([makeExchange(0, response)]))).toContain(
    'HTTP 200\n(bytes that are no text, in base64)\nAAEC',
  )
})

test('shows first what findings name where there is no room for all, and says how many are left', async () => {
  const html = await formatReport(makeMany(3000))
  const invocations = readSection(html, 'invocations')
  expect(invocations.match(/<tr>/g)).toHaveLength(1 + 1000)
  expect(readText(invocations)).toContain(
    '1000 of 3000 invocations are shown: those that findings name, those that did not start',
  )
  expect(readText(invocations)).toContain(
    'The other 2000 are counted above and stand in the recordings.',
  )
  expect(invocations).toContain('2997 StartTask') // the last that was throttled
  expect(readText(readSection(html, 'outcomes'))).toContain('all 3000 3000')
})

test('stays small however large its texts are', async () => {
  const text = '<'.repeat(20_000)
  const many = Array.from({ length: 250 }, (_, index) =>
    makeExchange(index * 1000, makeError(400, `${text}${index}`), {
      body: { ...ASKED, startedBy: `${index}`, group: text },
    }),
  )
  const timeline = createUnredactedTimeline([
    {
      name: text,
      recording: makeRecording(many, {
        provenance: { scenario: text, source: text, limits: text },
      }),
    },
  ])
  const html = await formatReport(timeline)
  expect(Buffer.byteLength(html)).toBeLessThan(5_000_000)
  expect(readText(readSection(html, 'invocations'))).toMatch(
    /Bodies are shown of \d+ of them, in that order; the rest are in the recordings\./,
  )
  expect(readText(readSection(html, 'found'))).toMatch(
    / \d+ more findings are not shown; starttask incident timeline --json has all\./,
  )
}, 20_000)

test('draws the whole time alone where what happened is spread over it', async () => {
  const timeline = readSection(await formatReport(makeMany(60)), 'timeline')
  expect(timeline.match(/<figure>/g)).toHaveLength(1)
})

test('draws a band as long as what was found went on', async () => {
  const timeline = readSection(await formatReport(loadIncident('throttling-storm')), 'timeline')
  const widths = [...timeline.matchAll(/<rect height="[^"]*" y="[^"]*" width="([^"]*)"/g)].map(
    ([, width]) => Number(width),
  )
  expect(widths.filter((width) => width > 700)).toHaveLength(1) // throttling, in the picture of the half minute that is for a desk
})

test('gives no name to a part of a picture, which is one image', async () => {
  const html = await formatReport(loadIncident('throttling-storm'))
  expect(html.match(/<(?:g|path|rect|line|text)[^>]* aria-/g)).toBeNull()
})

test('names no one scenario where there are several', async () => {
  const recordings = ['first', 'second'].map((scenario) => ({
    name: scenario,
    recording: makeRecording([makeExchange(0, THROTTLED)], { provenance: { scenario } }),
  }))
  expect(await formatReport(createUnredactedTimeline(recordings))).toContain(
    '<h1>Incident of 2026-11-24 10:00 UTC</h1>',
  )
})

test('says that nothing happened where nothing did', async () => {
  const html = await formatReport(makeTimeline([]))
  expect(readText(readSection(html, 'timeline'))).toContain(
    'Nothing happened: the recordings hold no exchange',
  )
  expect(html).not.toContain('<figure>')
})

test('cuts what a picture names a lane, and shows what is hidden in it', async () => {
  const changes = [makeState(0, 'a', { lastStatus: `\u202e${'x'.repeat(400)}` })]
  const timeline = readSection(
    await formatReport(makeTimeline([], { taskStateChanges: changes })),
    'timeline',
  )
  expect(timeline).toMatch(/>task \\u202ex+…</)
  expect(timeline).not.toContain('x'.repeat(100))
})

test('tells of tasks, and of those that no response names', async () => {
  const tasks = readText(
    readSection(await formatReport(loadIncident('server-error-task-started')), 'tasks'),
  )
  expect(tasks).toContain(
    '0830c6c6c6e4e2fc1676c10f1a4a6e21 no response names it #2 02:00:01.100 PROVISIONING #5',
  )
  expect(tasks).toContain('5f67d3e172a33c1c0a99fdd2612c3b40 invocation 1 #4')
})

test('says which sources there were and what they could not tell', async () => {
  const recording = makeRecording([makeExchange(0, THROTTLED)], {
    provenance: { source: 'cloudtrail', limits: 'no milliseconds' },
  })
  const sources = readText(
    readSection(
      await formatReport(createUnredactedTimeline([{ name: 'trail.json', recording }])),
      'sources',
    ),
  )
  expect(sources).toContain(
    'trail.json cloudtrail 2026-11-24T10:00:00.000Z 1 0 What they could not tell no milliseconds',
  )
})

test.each([
  ['nothing at all', makeTimeline([])],
  ['a single attempt', makeTimeline([makeExchange(0, makeResponse(['a']))])],
  [
    'everything at once',
    makeTimeline(Array.from({ length: 30 }, () => makeExchange(0, THROTTLED, { elapsedMs: 0 }))),
  ],
  [
    'tasks alone',
    makeTimeline([], {
      taskStateChanges: [makeState(0, 'a'), makeState(5, 'a', { lastStatus: 'RUNNING' })],
    }),
  ],
  [
    'times that are none',
    makeTimeline([makeExchange(0, THROTTLED), makeExchange(9e15, THROTTLED, { elapsedMs: 9e15 })]),
  ],
  [
    'years',
    makeTimeline(
      Array.from({ length: 50 }, (_, week) => makeExchange(week * 604_800_000, THROTTLED)),
    ),
  ],
])('reports %s', async (_, timeline) => {
  const html = await formatReport(timeline)
  expect(
    (html + formatReportMarkdown(timeline)).match(/NaN|Infinity|undefined|Invalid/g),
  ).toBeNull()
})

test('sets that day and today side by side', async () => {
  const incident = makeTimeline([
    makeExchange(0, THROTTLED),
    makeExchange(500, makeResponse(['one'])),
    makeExchange(99_000, makeResponse(['two']), { body: { ...ASKED, startedBy: 'job-2' } }),
  ])
  const reenactment = await reenact(
    incident,
    async ({ url }) => {
      const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }
      for (const body of [ASKED, { ...ASKED, startedBy: 'job-9' }])
        await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    },
    { expectations: { launches: { atLeast: 5 } } },
  )
  const today = readText(readSection(await formatReport(incident, { reenactment }), 'today'))
  expect(today).toContain(
    '1 expectation is broken: launches: 0 tasks were launched, and at least 5 should have been',
  )
  expect(today).toMatch(
    /less-often .*#1 is made in 1 attempt, and was in 2 attempts 400 ThrottlingException 200 1 task Request .* 400 ThrottlingException Request/,
  )
  expect(today).toMatch(
    /not-made that day&#39;s request #3 is not made 200 1 task Request .* not made/,
  )
  expect(today).toMatch(
    /new request #2 is one .* \/startedBy was &quot;job-1&quot; , is &quot;job-9&quot; the closest 400 ThrottlingException 200 1 task/,
  )
  const markdown = formatReportMarkdown(incident, { reenactment })
  expect(markdown).toContain(
    "| not-made | `that day's request #3 is not made` | 1 started | not made |",
  )
  expect(markdown).toMatch(/\| new \| .* \| `\/startedBy` `"job-1"` \| `\/startedBy` `"job-9"` \|/)
})

test.each(HOSTILE)('makes text of %j wherever it stands', async (text) => {
  const timeline = makeHostileTimeline(text)
  const html = await formatReport(timeline, {
    title: text,
    madeAt: text,
    reenactment: await reenactHostile(timeline, text),
  })
  const tags = (html.match(/<[a-z][^>]*>/gi) ?? []).map((tag) => tag.replaceAll(/"[^"]*"/g, ''))
  expect(
    tags.filter((tag) =>
      /^<(?:script|img|iframe|animate|base|form|link|object|button|i)\b/i.test(tag),
    ),
  ).toEqual([])
  expect(tags.filter((tag) => /\s(?:on\w+|style|src|srcdoc|action)\b/i.test(tag))).toEqual([])
  expect(html.match(/<a href="(?!#)/g)).toBeNull()
  expect(html.match(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu)).toBeNull()
})

/** Markdown without what stands in code, and without the markup that is ours. */
function readMarkup(markdown: string): string {
  const spans = markdown.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, 'CODE')
  return spans.replaceAll(/<br>|<\/?details>|<\/?summary>/g, '')
}

test.each(HOSTILE)('makes code of %j in Markdown', async (text) => {
  const timeline = makeHostileTimeline(text)
  const markdown = formatReportMarkdown(timeline, {
    title: text,
    madeAt: text,
    reenactment: await reenactHostile(timeline, text),
  })
  expect(
    readMarkup(markdown).match(/[<>@`[\]$]|https?:|www\.|#\d|GH-\d|\*\*bold|alert/g),
  ).toBeNull()
  expect(markdown.match(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu)).toBeNull()
  const tables = markdown.split('\n\n').filter((block) => block.startsWith('|'))
  for (const rows of tables.map((table) => table.split('\n').map((row) => row.split('|').length)))
    expect(new Set(rows).size).toBe(1)
})

test('fits Markdown into a comment, and says what is cut', () => {
  const markdown = formatReportMarkdown(makeMany(3000))
  expect(markdown.length).toBeLessThan(65_536)
  expect(markdown).toContain('| rejected | 429 | 429 |')
  expect(markdown).toContain(
    '60 of 3000 invocations are shown, those first that findings name and that did not start what was asked for. The other 2940 are counted above.',
  )
})

test.each(['`', '|', '<', '\u202e', 'é', 'x '])(
  'fits into a comment what is made of %j',
  (character) => {
    const text = character.repeat(5000)
    const many = Array.from({ length: 500 }, (_, index) =>
      makeExchange(index * 90_000, makeError(400, `${text.slice(0, 300)}${index}`), {
        body: { ...ASKED, startedBy: `${index}` },
      }),
    )
    const changes = Array.from({ length: 200 }, (_, index) =>
      makeState(index, `${index}`, { lastStatus: 'STOPPED', stopCode: text }),
    )
    const recording = makeRecording(many, {
      provenance: { scenario: text, limits: text, source: text },
      taskStateChanges: changes,
    })
    const timeline = createUnredactedTimeline([
      ...Array.from({ length: 50 }, () => ({ name: text, recording: makeRecording([]) })),
      { name: text, recording },
    ])
    const reenactment: Reenactment<void> = {
      result: { kind: 'threw', error: text },
      timeline,
      answered: { recorded: 1, composed: 1 },
      departures: Array.from({ length: 500 }, (_, index) => ({
        kind: 'not-made',
        event: index + 1,
        message: text,
        differences: [],
      })),
      launches: { thatDay: 1, today: 1 },
      broken: Array.from({ length: 100 }, () => text),
    }
    const markdown = formatReportMarkdown(timeline, { title: text, madeAt: text, reenactment })
    expect(markdown.length).toBeLessThan(65_536)
    for (const what of ['findings', 'departures', 'broken expectations', 'recordings'])
      expect(markdown).toMatch(new RegExp(`\\d+ more ${what} are not shown here\\.`))
  },
)

/** A process in which a package is not installed. */
function runWithout(name: string): string {
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({ resolve: (specifier, context, next) => {
      if (specifier === '${name}') throw new Error('Cannot find package ' + specifier)
      return next(specifier, context)
    } })
    const { createTimeline, formatReport, formatReportMarkdown } = await import('starttask-harness/incident')
    formatReportMarkdown(createTimeline([]))
    await formatReport(createTimeline([])).catch(({ code, message }) => console.log(code + ': ' + message))`
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
}

test.each(['@observablehq/plot', 'linkedom'])(
  'says how to get %s where it is missing, and needs it for nothing else',
  (name) => {
    expect(runWithout(name)).toBe(
      `not-found: Pictures need @observablehq/plot and linkedom, which do not load: Cannot find package ${name}.\n  remedy     npm i -D @observablehq/plot linkedom\n`,
    )
  },
)
