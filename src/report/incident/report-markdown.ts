import { VERSION } from '../../package/index.ts'
import {
  countOf,
  formatDuration,
  type Invocation,
  type RedactedTimeline,
  type Timeline,
} from '../../incident/index.ts'
import { formatMarkdownTable, sayCode, sayText } from './markdown.ts'
import { formatFinding, joinLines, tellShown } from './markdown-findings.ts'
import { countStatuses, readQuantile, sortDurations } from './bins.ts'
import { fit, type Room } from './budget.ts'
import {
  createClock,
  cutTo,
  listAttempts,
  listFacts,
  listLimits,
  nameReport,
  numberEvents,
  type Place,
  type ReportOptions,
  sortFindings,
  tellInShort,
} from './facts.ts'
import { listReenactment } from './markdown-today.ts'
import { rankInvocations } from './invocations.ts'
import { groupTasks, nameTask } from './tasks.ts'

/** What each part may hold, together with those of today's run, so that the whole is a comment of a pull request: GitHub takes 65,536 characters. */
const ROOMS = {
  findings: { bytes: 14_000, items: 60 },
  invocations: { bytes: 16_000, items: 60 },
  tasks: { bytes: 5000, items: 30 },
  sources: { bytes: 3000, items: 20 },
  limits: { bytes: 3000, items: 20 },
} as const satisfies Record<string, Room>

/**
 * The same as {@link formatReport} in GitHub's Markdown, for a pull request: without pictures and bodies, and at most 65,536 characters. What is cut is
 * counted and said. Foreign text mentions nobody, links nowhere and holds no markup.
 */
export function formatReportMarkdown(
  timeline: RedactedTimeline,
  options: ReportOptions = {},
): string {
  const { reenactment, madeAt } = options
  return [
    `## ${sayText(cutTo(nameReport(timeline, options), 200))}`,
    tellInShort(timeline),
    formatMarkdownTable(['', ''], listFacts(timeline)),
    ...listFindings(timeline),
    ...(reenactment ? listReenactment(timeline, reenactment) : []),
    '### Outcomes',
    tabulateOutcomes(timeline),
    ...listInvocations(timeline),
    ...listTaskStates(timeline),
    ...listSources(timeline),
    `Made by starttask-harness ${VERSION}${madeAt === undefined ? '' : ` at ${sayText(cutTo(madeAt, 40))}`}. Pictures and bodies are in the HTML report.`,
    '',
  ].join('\n\n')
}

function listFindings(timeline: Timeline): string[] {
  const { findings } = timeline
  const clock = createClock(timeline)
  if (findings.length === 0) return ['### What was found', 'Nothing was found.']
  const fitted = fit(sortFindings(findings), ROOMS.findings, (finding) =>
    formatFinding(finding, clock),
  )
  return ['### What was found', ...tellShown(fitted, 'findings', joinLines)]
}

function tabulateOutcomes(timeline: Timeline): string {
  const attempts = listAttempts(timeline)
  const rows = countStatuses(attempts).map(([status, count]) => {
    const durations = sortDurations(attempts.filter(({ result }) => result === status))
    const times = [0.5, 0.9, 0.99, 1].map((share) =>
      durations.length === 0 ? 'not noted' : formatDuration(readQuantile(durations, share)),
    )
    return [
      status,
      count,
      timeline.invocations.filter(({ result }) => result === status).length,
      ...times,
    ]
  })
  return formatMarkdownTable(
    ['Outcome', 'Attempts', 'Invocations', 'p50', 'p90', 'p99', 'longest'],
    rows,
  )
}

function listInvocations(timeline: Timeline): string[] {
  const place = { numbers: numberEvents(timeline), clock: createClock(timeline) }
  const fitted = fit(rankInvocations(timeline, place.numbers), ROOMS.invocations, (invocation) =>
    formatInvocation(invocation, place),
  )
  const shown = fitted.shown.toSorted((one, other) => one.item.number - other.item.number)
  const cut =
    fitted.left > 0
      ? [
          `${shown.length} of ${timeline.invocations.length} invocations are shown, those first that findings name and that did not start what was asked for. The other ${fitted.left} are counted above.`,
        ]
      : []
  const table = [
    formatMarkdownTable(['Invocation', 'Began (UTC)', 'Outcome', 'Attempts'], []),
    ...shown.map(({ built }) => built),
  ].join('\n')
  return ['<details><summary>Invocations</summary>', ...cut, table, '</details>']
}

const MOST_ATTEMPTS = 5

function formatInvocation(
  { number, operation, attempts, result }: Invocation,
  { numbers, clock }: Place,
): string {
  const shown = attempts.slice(0, MOST_ATTEMPTS).map((attempt) => {
    const { elapsedMs } = attempt.exchange
    return `${numbers.get(attempt) ?? 0}: ${sayText(cutTo(attempt.summary, 80))}${elapsedMs === undefined ? '' : ` in ${formatDuration(elapsedMs)}`}`
  })
  const more =
    attempts.length > shown.length ? `<br>and ${attempts.length - shown.length} more` : ''
  return `| ${number} ${sayText(cutTo(operation, 40))} | ${clock.format(attempts[0]?.atMs ?? 0)} | ${result} | ${shown.join('<br>')}${more} |`
}

const MOST_STATES = 6

function listTaskStates(timeline: Timeline): string[] {
  const clock = createClock(timeline)
  const tasks = groupTasks(timeline)
  if (tasks.length === 0) return []
  const fitted = fit(tasks, ROOMS.tasks, ({ arn, launcher, changes }) => {
    const states = changes
      .slice(0, MOST_STATES)
      .map(({ atMs, summary }) => `${clock.format(atMs)} ${sayText(cutTo(summary, 80))}`)
    const more =
      changes.length > states.length ? `<br>and ${changes.length - states.length} more` : ''
    return `| ${sayCode(cutTo(nameTask(arn), 60))} | ${launcher === undefined ? 'no response names it' : `invocation ${launcher}`} | ${states.join('<br>')}${more} |`
  })
  const tabulate = (lines: readonly string[]) =>
    [formatMarkdownTable(['Task', 'Started by', 'States (UTC)'], []), ...lines].join('\n')
  return [
    '<details><summary>Tasks</summary>',
    ...tellShown(fitted, 'tasks', tabulate),
    '</details>',
  ]
}

function listSources(timeline: Timeline): string[] {
  const sources = fit(
    timeline.sources,
    ROOMS.sources,
    ({ recording, source, exchanges }) =>
      `- ${sayCode(cutTo(recording, 200))}, made by ${sayText(cutTo(source ?? 'nobody says what', 60))}, ${countOf(exchanges, 'exchange')}`,
  )
  const limits = fit(
    listLimits(timeline),
    ROOMS.limits,
    (limit) => `- ${sayText(cutTo(limit, 300))}`,
  )
  return [
    '<details><summary>Sources</summary>',
    ...tellShown(sources, 'recordings', joinLines),
    ...(limits.shown.length > 0
      ? ['What they could not tell:', ...tellShown(limits, 'limits', joinLines)]
      : []),
    '</details>',
  ]
}
