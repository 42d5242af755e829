import {
  buildFigure,
  buildFold,
  buildTable,
  type Content,
  type Html,
  makeFrame,
  type PictureWidth,
  type Plotter,
  type Stretch,
} from '../../page/index.ts'
import { buildStatus, type Kind, listStatuses, nameTone } from '../status.ts'
import { type AttemptEvent, formatDuration, type Timeline } from '../../incident/index.ts'
import { type Bin, binAttempts, countStatuses, findBusyStretch } from './bins.ts'
import { createClock, listAttempts } from './facts.ts'

/** Fewer are seen at once in the timeline. */
const FEWEST_COUNTED = 10

/** How attempts ended, over time. */
export function drawOutcomes(plotter: Plotter, timeline: Timeline): Content[] {
  const attempts = listAttempts(timeline)
  const table = tabulateOutcomes(attempts, timeline)
  if (attempts.length < FEWEST_COUNTED) return [table]
  const busy = findBusyStretch(
    attempts.map(({ atMs }) => atMs),
    timeline.spanMs,
  )
  const within = busy
    ? attempts.filter(({ atMs }) => atMs >= busy.fromMs && atMs <= busy.toMs)
    : attempts
  const bins = binAttempts(within)
  const [first, last] = [bins[0], bins.at(-1)]
  if (!first || !last) return [table]
  const rest = attempts.length - within.length
  const caption = `Attempts by how they ended, in stretches of ${formatDuration(first.toMs - first.fromMs)}, on one scale; a bar is never lower than can be seen.${rest > 0 ? ` Of the busiest ${formatDuration(last.toMs - first.fromMs)}; ${rest} more before and after are in the tables.` : ''}`
  const counts = bins.flatMap(({ fromMs, toMs, attempts: of }) =>
    countStatuses(of).map(([kind, count]): Count => ({ kind, fromMs, toMs, count })),
  )
  const kinds = countStatuses(within).map(([status]) => status)
  const label = `Bars over time: ${countStatuses(within)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ')}.`
  const stretch = { beganAt: timeline.beganAt, fromMs: first.fromMs, toMs: last.toMs }
  return [
    table,
    buildFigure(
      { caption, draw: (width) => drawCounts(plotter, { label, kinds, counts, stretch }, width) },
      buildFold(
        { summary: 'The numbers', isPrinted: true },
        tabulateBins(rest > 0 ? binAttempts(attempts) : bins, timeline),
        rest > 0 ? tabulateBins(bins, timeline) : undefined,
      ),
    ),
  ]
}

/** The total, invocation by invocation and attempt by attempt: all are counted here, whatever else is shown. */
function tabulateOutcomes(attempts: readonly AttemptEvent[], { invocations }: Timeline): Html {
  const ended = new Map(
    listStatuses().map(
      (status) => [status, invocations.filter(({ result }) => result === status).length] as const,
    ),
  )
  return buildTable({
    caption: 'How attempts and invocations ended; an invocation ends as its last attempt',
    columns: [
      { title: 'Outcome' },
      { title: 'Attempts', kind: 'number' },
      { title: 'Invocations', kind: 'number' },
    ],
    rows: [
      ...countStatuses(attempts).map(([status, count]) => [
        buildStatus(status),
        count,
        ended.get(status) ?? 0,
      ]),
      ['all', attempts.length, invocations.length],
    ],
  })
}

function tabulateBins(bins: readonly Bin[], timeline: Timeline): Html {
  const { format } = createClock(timeline)
  const kinds = countStatuses(bins.flatMap(({ attempts }) => attempts)).map(([status]) => status)
  const [first] = bins
  return buildTable({
    caption: `Attempts in stretches of ${formatDuration(first ? first.toMs - first.fromMs : 0)} that had any, from UTC`,
    columns: [{ title: 'From' }, ...kinds.map((title) => ({ title, kind: 'number' as const }))],
    rows: bins.map(({ fromMs, attempts }) => {
      const counts = new Map(countStatuses(attempts))
      return [format(fromMs), ...kinds.map((kind) => counts.get(kind) ?? 0)]
    }),
  })
}

/** How often something ended so, in one stretch of time. */
interface Count {
  kind: Kind
  fromMs: number
  toMs: number
  count: number
}

const ROW_PX = 58
/** The share of a row that the lowest bar has: one among hundreds must be seen. */
const LOWEST = 0.05

/** A row of bars for each kind that there is, one under the other on one scale. */
function drawCounts(
  { plot, draw }: Plotter,
  {
    label,
    kinds,
    counts,
    stretch,
  }: { label: string; kinds: readonly Kind[]; counts: readonly Count[]; stretch: Stretch },
  width: PictureWidth,
): Html {
  const { at, axis, options } = makeFrame(stretch, width)
  const most = counts.reduce((max, { count }) => Math.max(max, count), 1)
  const place = (kind: Kind) =>
    counts
      .filter((one) => one.kind === kind && one.count > 0)
      .map(({ fromMs, toMs, count }) => ({
        row: kind,
        from: at(fromMs),
        to: at(toMs),
        height: Math.max(count, most * LOWEST),
      }))
  return draw(label, {
    ...options,
    height: kinds.length * ROW_PX + 48,
    y: { domain: [0, most], label: null },
    fy: { domain: kinds, label: null, padding: 0.2 },
    marks: [
      plot.gridX({ className: 'grid', ticks: axis.ticks }),
      plot.axisFy({ anchor: 'left', fontSize: 12 }),
      plot.axisX(axis),
      plot.axisY([0, most], { anchor: 'right', fontSize: 11, tickSize: 3 }),
      ...kinds.map((kind) =>
        plot.rectY(place(kind), {
          x1: 'from',
          x2: 'to',
          y1: 0,
          y2: 'height',
          fy: 'row',
          insetLeft: 0.5,
          insetRight: 0.5,
          className: `fill-${nameTone(kind)}`,
        }),
      ),
      plot.ruleY([0]),
    ],
  })
}
