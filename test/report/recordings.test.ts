import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'

import {
  formatInspection,
  type InspectedRecording,
  type PageExchange,
} from '../../src/report/index.ts'
import { findControls } from '../cli/starttask.ts'
import { REJECTED, STARTED } from '../replayer/recorded-exchanges.ts'
import { asRedactedExchange, asRedactedProvenance } from '../suites/unredacted.ts'

const HOSTILE =
  '</code></pre><script>window.hit = 1</script><img src=x onerror="hit()">\u202e\u001b[2J" autofocus onfocus="hit()'

function build(exchange: Partial<PageExchange> = {}): PageExchange {
  const { request, response } = STARTED
  return {
    number: 1,
    operation: 'StartTask',
    outcome: 'started',
    response: '200 1 task',
    request: 'web:3 on 1 instance',
    reasons: [],
    atMs: 1500,
    findings: [],
    content: asRedactedExchange({ ...STARTED, request, response }),
    ...exchange,
  }
}

function format(
  recordings: readonly InspectedRecording[],
  more: { looked?: number; notes?: readonly string[] } = {},
): string {
  return formatInspection({
    of: 'recordings/',
    recordings,
    looked: 1,
    notes: [],
    madeBy: 'a test',
    ...more,
  })
}

function read(html: string): Document {
  return parseHTML(html).document
}

function listTexts(root: ParentNode, selector: string): string[] {
  return [...root.querySelectorAll(selector)].map((element) => element.textContent)
}

test('gives the same bytes for the same inspection', () => {
  const recordings = [
    { file: 'a.json', provenance: asRedactedProvenance({}), exchanges: [build()] },
  ]
  expect(format(recordings)).toBe(format(recordings))
})

test('numbers exchanges through the page, and says their numbers in their files', () => {
  const document = read(
    format([
      {
        file: 'a.json',
        provenance: asRedactedProvenance({}),
        exchanges: [build(), build({ number: 2 })],
      },
      {
        file: 'b.json',
        recordedAt: '2026-01-01T00:00:00.000Z',
        provenance: asRedactedProvenance({ source: 'a test' }),
        taskStateChanges: 2,
        exchanges: [build({ number: 7 })],
      },
    ]),
  )
  expect(listTexts(document, '.exchange .number')).toEqual(['1', '2', '3'])
  expect(document.querySelector('#x3')?.textContent).toContain('starttask inspect b.json#7')
  expect(listTexts(document, '.recording > h3')).toEqual(['a.json', 'b.json'])
  expect(listTexts(document, '.recording > p')).toEqual([
    'at no known time',
    '2026-01-01T00:00:00.000Z, a test, 2 task state changes, which are not shown',
  ])
})

test('shows what was asked and answered as it stands in the recording', () => {
  const { request, response } = REJECTED
  const document = read(
    format([
      {
        file: 'a.json',
        provenance: asRedactedProvenance({}),
        exchanges: [build({ content: asRedactedExchange(REJECTED) })],
      },
    ]),
  )
  expect(JSON.parse(document.querySelector('.json-request')?.textContent ?? '')).toEqual(request)
  expect(JSON.parse(document.querySelector('.json-response')?.textContent ?? '')).toEqual(response)
})

test('shows each finding with its rule, its place and where the rule stands; infos are folded', () => {
  const findings = [
    {
      pointer: '/request/body/cluster',
      rule: 'request.cluster.default',
      severity: 'info',
      message: 'an info',
      source: 'API page',
    },
    {
      pointer: '/response/body/tasks',
      rule: 'response.tasks.type',
      severity: 'error',
      message: 'an error',
      source: 'API page, Response Syntax',
    },
  ] as const
  const document = read(
    format([
      { file: 'a.json', provenance: asRedactedProvenance({}), exchanges: [build({ findings })] },
    ]),
  )
  expect(listTexts(document, '.opened > .finding')).toEqual([
    'error an error/response/body/tasksresponse.tasks.type API page, Response Syntax',
  ])
  expect(listTexts(document, '.opened details .finding')).toEqual([
    expect.stringContaining('an info'),
  ])
  expect(listTexts(document, '.errors')).toEqual(['1 error'])
  expect(document.querySelector('#x1')?.getAttribute('class')).toBe(
    'exchange of-started with-errors',
  )
})

test('offers the outcomes and reasons that occur, those that occur most often first', () => {
  const exchanges = [
    build({ outcome: 'unplaced', reasons: ['AGENT', 'MISSING'] }),
    build({ outcome: 'partial', reasons: ['MISSING'] }),
    build({ outcome: 'started' }),
  ]
  const document = read(
    format([{ file: 'a.json', provenance: asRedactedProvenance({}), exchanges }]),
  )
  expect(listTexts(document, '[aria-labelledby=by-outcome] label')).toEqual([
    'started1',
    'partial1',
    'unplaced1',
  ])
  expect(listTexts(document, '[aria-labelledby=by-reason] label')).toEqual([
    'any',
    'MISSING2',
    'AGENT1',
  ])
  expect(
    [...document.querySelectorAll('.exchange')].map((element) => element.getAttribute('class')),
  ).toEqual([
    'exchange of-unplaced for-1 for-0',
    'exchange of-partial for-0',
    'exchange of-started',
  ])
})

test('reasons without a filter of their own are counted', () => {
  const exchanges = Array.from({ length: 30 }, (_, index) =>
    build({ outcome: 'unplaced', reasons: [`REASON-${index}`] }),
  )
  const document = read(
    format([{ file: 'a.json', provenance: asRedactedProvenance({}), exchanges }]),
  )
  expect(document.querySelectorAll('[name=reason]')).toHaveLength(25)
  expect(document.querySelector('[aria-labelledby=by-reason]')?.textContent).toContain(
    'and 6 more, which are found as text',
  )
})

test('says what is left out', () => {
  const { content: _, ...without } = build({ leftOut: 'It is too large.' })
  const document = read(
    format([{ file: 'a.json', provenance: asRedactedProvenance({}), exchanges: [without] }], {
      looked: 9,
      notes: ['Eight are left out.'],
    }),
  )
  expect(document.querySelector('header')?.textContent).toContain('exchanges1 of 9')
  expect(document.querySelector('header .note')?.textContent).toBe('Eight are left out.')
  expect(document.querySelector('#x1')?.textContent).toContain('It is too large.')
  expect(document.querySelector('#x1 pre')).toBeNull()
})

test('a page of nothing is a page', () => {
  const document = read(format([], { looked: 0 }))
  expect(document.querySelector('header')?.textContent).toContain('exchanges0')
  expect(document.querySelectorAll('.exchange')).toHaveLength(0)
})

test('whatever stands in a recording stays text, in every place', () => {
  const hostile: Partial<PageExchange> = {
    operation: HOSTILE,
    response: HOSTILE,
    request: HOSTILE,
    reasons: [HOSTILE],
    at: HOSTILE,
    invocation: HOSTILE,
    findings: [
      { pointer: HOSTILE, rule: HOSTILE, severity: 'error', message: HOSTILE, source: HOSTILE },
    ],
    leftOut: HOSTILE,
    content: asRedactedExchange({
      ...STARTED,
      request: { headers: { [HOSTILE]: HOSTILE }, body: { [HOSTILE]: HOSTILE } },
      response: { status: 200, headers: {}, body: null, bodyText: HOSTILE },
    }),
  }
  const html = formatInspection({
    of: HOSTILE,
    recordings: [
      {
        file: HOSTILE,
        recordedAt: HOSTILE,
        provenance: asRedactedProvenance({ source: HOSTILE, [HOSTILE]: { [HOSTILE]: HOSTILE } }),
        exchanges: [build(hostile)],
      },
    ],
    looked: 1,
    notes: [HOSTILE],
    madeBy: HOSTILE,
  })
  const document = read(html)
  expect(
    document.querySelectorAll('img, [autofocus], [onfocus], [onerror], a[href]:not([href^="#"])'),
  ).toHaveLength(0)
  expect(document.querySelectorAll('script')).toHaveLength(1)
  expect(html).not.toContain('<script>window.hit')
  expect(findControls(html)).toEqual([])
})

test('its policy allows its own script and style, and nothing else', () => {
  const html = format([
    { file: 'a.json', provenance: asRedactedProvenance({}), exchanges: [build()] },
  ])
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'; img-src data:; base-uri 'none'; form-action 'none'$/,
  )
  expect(html).not.toMatch(/\son\w+=|innerHTML|insertAdjacentHTML|document\.write|\beval\b/)
})

test('shows the severity of a finding as a word and as a class', () => {
  const finding = {
    pointer: '/request/body',
    rule: 'request.cluster',
    severity: 'warning',
    message: '<i>',
    source: 'a page',
  } as const
  const html = format([
    {
      file: 'a.json',
      provenance: asRedactedProvenance({}),
      exchanges: [build({ findings: [finding] })],
    },
  ])
  expect(html).toContain(
    '<article class="finding warning"><p class="what"><strong class="severity">warning</strong> &lt;i&gt;',
  )
})

test('shows each outcome as a word and a shape of its own', () => {
  const outcomes = [
    'started',
    'partial',
    'unplaced',
    'rejected',
    'unreadable',
    'failed',
    'answered',
  ] as const
  const exchanges = outcomes.map((outcome) => build({ outcome }))
  const document = read(
    format([{ file: 'a.json', provenance: asRedactedProvenance({}), exchanges }]),
  )
  const marks = [...document.querySelectorAll('.exchange .status')]
  expect(marks.map(({ textContent }) => textContent)).toEqual([...outcomes])
  expect(new Set(marks.map((mark) => mark.querySelector('svg')?.innerHTML)).size).toBe(7)
})
