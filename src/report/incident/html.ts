import { cutText } from '../../message/index.ts'
import {
  buildElement,
  buildFacts,
  buildNote,
  buildSection,
  buildTable,
  buildTime,
  type Content,
  formatPage,
  type Html,
  loadPlotter,
  type Section,
} from '../../page/index.ts'
import { buildFinding } from '../finding.ts'
import { VERSION } from '../../package/index.ts'
import type { IncidentFinding, RedactedTimeline, Timeline } from '../../incident/index.ts'
import { fit, type Room } from './budget.ts'
import {
  createClock,
  listFacts,
  listLimits,
  nameReport,
  type ReportOptions,
  sortFindings,
  describeReport,
} from './facts.ts'
import { listInvocations } from './invocations.ts'
import { drawLatency } from './latency.ts'
import { drawOutcomes } from './outcomes.ts'
import { showReenactment } from './reenactment.ts'
import { listTasks } from './tasks.ts'
import { drawTimelines } from './timeline.ts'
import { REPORT_STYLE } from '../style.ts'

const FINDINGS: Room = { bytes: 400_000, items: 200 }
const SOURCES: Room = { bytes: 100_000, items: 200 }
const MOST_LIMITS = 40

/**
 * An incident as one HTML file that needs nothing else: findings, pictures, every invocation as far as there is room, and how today's code fared where that is
 * given. It holds no script, and a strict policy. Less than 5 MB, however large the incident: what is left out is counted and said. The same incident gives the same bytes.
 *
 * Throws `not-found` where @observablehq/plot or linkedom is not installed: they draw the pictures.
 */
export async function formatReport(
  timeline: RedactedTimeline,
  options: ReportOptions = {},
): Promise<string> {
  const plotter = await loadPlotter()
  const title = nameReport(timeline, options)
  const { reenactment, madeAt } = options
  const invocations = listInvocations(timeline)
  const tasks = listTasks(timeline)
  const events = new Set([...invocations.events, ...tasks.events])
  const sections: readonly Part[] = [
    { id: 'found', title: 'What was found', content: listFindings(timeline, events) },
    { id: 'timeline', title: 'Timeline', content: drawTimelines(plotter, timeline) },
    { id: 'outcomes', title: 'Outcomes', content: drawOutcomes(plotter, timeline) },
    { id: 'latency', title: 'Latency', content: drawLatency(plotter, timeline) },
    ...(reenactment
      ? [
          {
            id: 'today',
            title: 'That day and today',
            content: showReenactment(timeline, reenactment),
          },
        ]
      : []),
    { id: 'invocations', title: 'Invocations', content: invocations.content },
    ...(tasks.content === undefined
      ? []
      : [{ id: 'tasks', title: 'Tasks', content: tasks.content }]),
    { id: 'sources', title: 'Sources', content: listSources(timeline) },
  ]
  return formatPage({
    title,
    style: REPORT_STYLE,
    content: [
      buildElement(
        'header',
        {},
        buildElement('h1', {}, title),
        buildElement('p', { class: 'lead' }, describeReport(timeline)),
        buildFacts(listFacts(timeline)),
        buildElement(
          'nav',
          { 'aria-label': 'Parts of the report' },
          buildElement(
            'ul',
            {},
            sections.map(({ id, title: name }) =>
              buildElement('li', {}, buildElement('a', { href: `#${id}` }, name)),
            ),
          ),
        ),
      ),
      buildElement(
        'main',
        {},
        sections.map(({ content, ...section }) => buildSection(section, content)),
      ),
      buildElement(
        'footer',
        {},
        buildElement(
          'p',
          {},
          `Made by starttask-harness ${VERSION}`,
          madeAt === undefined ? undefined : [' at ', buildTime(madeAt)],
          '. What recordings say is shown as text; nothing in this page runs or is loaded.',
        ),
      ),
    ],
  })
}

/** A section of the report. */
interface Part extends Section {
  content: Content
}

/** Throws what {@link formatReport} would for pictures that cannot be drawn: for whoever has long work to do before there is something to report. */
export async function requirePictures(): Promise<void> {
  await loadPlotter()
}

function listFindings(timeline: Timeline, events: ReadonlySet<number>): Content {
  const { findings } = timeline
  if (findings.length === 0) return buildElement('p', {}, 'Nothing was found.')
  const { shown, left } = fit(sortFindings(findings), FINDINGS, (finding) =>
    showFinding(finding, timeline, events),
  )
  return [
    shown.map(({ built }) => built),
    left > 0
      ? buildNote(
          `${left} more findings are not shown; starttask incident timeline --json has all.`,
        )
      : undefined,
  ]
}

function showFinding(
  { severity, rule, message, basis, how, atMs, untilMs, events: about }: IncidentFinding,
  timeline: Timeline,
  events: ReadonlySet<number>,
): Html {
  const clock = createClock(timeline)
  const until = untilMs > atMs ? [' to ', buildTime(clock.iso(untilMs), clock.format(untilMs))] : []
  return buildFinding({
    severity,
    rule,
    message: cutText(message, 1000),
    place: [buildTime(clock.iso(atMs), clock.format(atMs)), until, linkEvents(about, events)],
    how: `${basis}: ${cutText(how, 500)}`,
  })
}

const MOST_EVENTS = 12

/** Leads to the events that the page shows. */
function linkEvents(about: readonly number[], events: ReadonlySet<number>): Content {
  if (about.length === 0) return undefined
  const shown = about
    .slice(0, MOST_EVENTS)
    .map((number): Content => [
      ' ',
      events.has(number)
        ? buildElement('a', { href: `#event-${number}` }, `#${number}`)
        : `#${number}`,
    ])
  return [
    ' · events',
    shown,
    about.length > MOST_EVENTS ? ` and ${about.length - MOST_EVENTS} more` : undefined,
  ]
}

function listSources(timeline: Timeline): Content {
  const { shown, left } = fit(
    timeline.sources,
    SOURCES,
    ({ recording, recordedAt, exchanges, taskStateChanges, source }): Content[] => [
      buildElement('code', {}, cutText(recording, 300)),
      cutText(source ?? 'not said', 100),
      buildTime(recordedAt),
      exchanges,
      taskStateChanges,
    ],
  )
  const limits = listLimits(timeline)
  return [
    buildTable({
      caption: 'The recordings that this report is made of',
      columns: [
        { title: 'Recording' },
        { title: 'Made by' },
        { title: 'Began' },
        { title: 'Exchanges', kind: 'number' },
        { title: 'Task changes', kind: 'number' },
      ],
      rows: shown.map(({ built }) => built),
    }),
    left > 0 ? buildNote(`${left} more recordings are not listed.`) : undefined,
    limits.length > 0
      ? [
          buildElement('h3', {}, 'What they could not tell'),
          buildElement(
            'ul',
            {},
            limits
              .slice(0, MOST_LIMITS)
              .map((limit) => buildElement('li', {}, cutText(limit, 500))),
          ),
        ]
      : undefined,
    limits.length > MOST_LIMITS
      ? buildNote(`${limits.length - MOST_LIMITS} more limits are not listed.`)
      : undefined,
  ]
}
