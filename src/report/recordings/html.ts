import { formatCount } from '../../message/index.ts'
import {
  buildElement,
  buildFacts,
  buildFold,
  buildNote,
  buildSection,
  formatPage,
  type Html,
} from '../../page/index.ts'
import {
  hasErrors,
  type InspectedRecording,
  type Inspection,
  type PageExchange,
} from './inspected.ts'
import { buildCompare, buildFilters } from './filters.ts'
import { buildPageExchange } from './exchange.ts'
import { INSPECTION_SCRIPT } from './script.ts'
import { INSPECTION_STYLE, MOST_REASONS } from './style.ts'
import { REPORT_STYLE } from '../style.ts'

/**
 * One HTML file with a list of exchanges, each of which opens in its place with its findings; filters that are selectors and need no script; and a script of
 * ours that finds text and compares any two. The same inspection gives the same bytes.
 */
export function formatInspection(inspection: Inspection): string {
  const { of, recordings, looked, notes, madeBy } = inspection
  const exchanges = recordings.flatMap((recording) => recording.exchanges)
  const reasons = countReasons(exchanges)
  const numbers = new Map(
    reasons.slice(0, MOST_REASONS).map(({ reason }, index) => [reason, index]),
  )
  const content = [
    buildElement(
      'header',
      {},
      buildElement('h1', {}, 'Recordings'),
      buildElement('p', { class: 'lead' }, of),
      buildFacts([
        ['exchanges', exchanges.length === looked ? looked : `${exchanges.length} of ${looked}`],
        ['files', recordings.length],
        ['with errors', exchanges.filter(hasErrors).length],
      ]),
      ...notes.map((note) => buildNote(note)),
    ),
    buildElement(
      'main',
      {},
      buildSection({ id: 'filter', title: 'Show' }, ...buildFilters(exchanges, reasons)),
      buildCompare(),
      buildSection({ id: 'exchanges', title: 'Exchanges' }, ...listRecordings(recordings, numbers)),
    ),
    buildElement(
      'footer',
      {},
      buildElement('p', {}, `Made by ${madeBy}. This page loads nothing and sends nothing.`),
    ),
  ]
  return formatPage({
    title: `Recordings: ${of}`,
    content,
    style: `${REPORT_STYLE}${INSPECTION_STYLE}`,
    script: INSPECTION_SCRIPT,
  })
}

/** Exchanges are numbered through the whole page: by that number two are compared. */
function listRecordings(
  recordings: readonly InspectedRecording[],
  reasons: ReadonlyMap<string, number>,
): Html[] {
  let before = 0
  return recordings.map((recording) => {
    const first = before + 1
    before += recording.exchanges.length
    return buildRecording(recording, first, reasons)
  })
}

function buildRecording(
  recording: InspectedRecording,
  first: number,
  reasons: ReadonlyMap<string, number>,
): Html {
  const { file, recordedAt, provenance, taskStateChanges: changes, exchanges } = recording
  const told = Object.entries(provenance).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  )
  const source = ['source', 'client'].flatMap((name) =>
    typeof provenance[name] === 'string' ? [provenance[name]] : [],
  )
  const besides =
    changes === undefined
      ? []
      : [`${formatCount(changes, 'task state change')}, which are not shown`]
  return buildElement(
    'div',
    { class: 'recording' },
    buildElement('h3', {}, file),
    buildElement(
      'p',
      { class: 'note' },
      [recordedAt ?? 'at no known time', ...source, ...besides].join(', '),
    ),
    told.length === 0 ? undefined : buildFold({ summary: 'Where it comes from' }, buildFacts(told)),
    exchanges.map((exchange, index) =>
      buildPageExchange(exchange, { file, number: first + index, reasons }),
    ),
  )
}

/** The reasons that occur, those that occur most often first. */
function countReasons(exchanges: readonly PageExchange[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { reasons } of exchanges)
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1))
}
