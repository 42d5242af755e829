import {
  buildElement,
  buildFigure,
  buildNote,
  buildTable,
  type Content,
  type Html,
  makeFrame,
  type PictureWidth,
  type Plotter,
  type Stretch,
} from '../../page/index.ts'
import { buildStatus, drawShape, type Kind, nameTone, type Pen } from '../status.ts'
import { type AttemptEvent, formatDuration, type Timeline } from '../../incident/index.ts'
import { type Bin, binAttempts, countStatuses, readQuantile, sortDurations } from './bins.ts'
import { listAttempts } from './facts.ts'

/** As many durations are shown one by one. */
const MOST_DOTS = 400
const PERCENTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p99', 0.99],
] as const

/** How long attempts took: each, or percentiles where there are many. */
export function drawLatency(plotter: Plotter, timeline: Timeline): Content[] {
  const attempts = listAttempts(timeline)
  const timed = attempts.filter(({ exchange }) => exchange.elapsedMs !== undefined)
  const untold = attempts.length - timed.length
  const note =
    untold > 0
      ? [buildNote(`Of ${untold} of ${attempts.length} attempts nobody noted how long they took.`)]
      : []
  if (timed.length === 0) return note.length > 0 ? note : [buildNote('There were no attempts.')]
  const isMany = timed.length > MOST_DOTS
  const bins = binAttempts(timed)
  const durations = isMany
    ? bins.flatMap(measureBin)
    : timed.map(({ atMs, result, exchange }): Duration => ({
        kind: result,
        atMs,
        tookMs: exchange.elapsedMs ?? 0,
      }))
  const kinds: Kind[] = isMany
    ? PERCENTILES.map(([name]) => name)
    : countStatuses(timed).map(([status]) => status)
  const all = sortDurations(timed)
  const label = `How long attempts took over time: ${PERCENTILES.map(([name, share]) => `${name} ${formatDuration(readQuantile(all, share))}`).join(', ')}, longest ${formatDuration(all.at(-1) ?? 0)}.`
  const stretch = { beganAt: timeline.beganAt, fromMs: 0, toMs: timeline.spanMs }
  const [first] = bins
  const caption = isMany
    ? `How long attempts took: the time that 50, 90 and 99 of a hundred did not exceed, in stretches of ${formatDuration(first ? first.toMs - first.fromMs : 0)}.`
    : 'How long each attempt took, by how it ended.'
  return [
    ...note,
    tabulateLatency(timed),
    buildFigure(
      {
        caption,
        draw: (width) =>
          drawDurations(plotter, { label, durations, stretch, isJoined: isMany }, width),
      },
      buildElement(
        'ul',
        { class: 'key' },
        kinds.map((kind) => buildElement('li', {}, buildStatus(kind))),
      ),
    ),
  ]
}

function measureBin({ fromMs, toMs, attempts }: Bin): Duration[] {
  const durations = sortDurations(attempts)
  return PERCENTILES.map(([kind, share]) => ({
    kind,
    atMs: (fromMs + toMs) / 2,
    tookMs: readQuantile(durations, share),
  }))
}

function tabulateLatency(timed: readonly AttemptEvent[]): Html {
  const measure = (name: Content, attempts: readonly AttemptEvent[]): Content[] => {
    const durations = sortDurations(attempts)
    const quantiles = PERCENTILES.map(([, share]) => formatDuration(readQuantile(durations, share)))
    return [name, attempts.length, ...quantiles, formatDuration(durations.at(-1) ?? 0)]
  }
  return buildTable({
    caption: 'How long attempts took, by how they ended',
    columns: [
      { title: 'Outcome' },
      ...['Attempts', 'p50', 'p90', 'p99', 'longest'].map((title) => ({
        title,
        kind: 'number' as const,
      })),
    ],
    rows: [
      ...countStatuses(timed).map(([status]) =>
        measure(
          buildStatus(status),
          timed.filter(({ result }) => result === status),
        ),
      ),
      measure('all', timed),
    ],
  })
}

/** How long something took. */
interface Duration {
  kind: Kind
  atMs: number
  tookMs: number
}

/** Beyond this between shortest and longest, the scale is logarithmic. */
const WIDE_RANGE = 50

/** Durations over time; each kind by its shape. `isJoined` draws a line through those of a kind. */
function drawDurations(
  { plot, draw }: Plotter,
  {
    label,
    durations,
    stretch,
    isJoined,
  }: { label: string; durations: readonly Duration[]; stretch: Stretch; isJoined: boolean },
  width: PictureWidth,
): Html {
  const { at, axis, options } = makeFrame(stretch, width)
  const shortest = durations.reduce((min, { tookMs }) => Math.min(min, tookMs), Infinity)
  const longest = durations.reduce((max, { tookMs }) => Math.max(max, tookMs), 0)
  const isWide = shortest > 0 && longest / shortest > WIDE_RANGE
  const kinds = [...new Set(durations.map(({ kind }) => kind))]
  const place = (kind: Kind) =>
    durations
      .filter((one) => one.kind === kind)
      .map(({ atMs, tookMs }) => ({ x: at(atMs), y: tookMs / 1000 }))
  return draw(label, {
    ...options,
    height: 240,
    y: {
      type: isWide ? 'log' : 'linear',
      label: null,
      ...(isWide ? {} : { domain: [0, (longest / 1000) * 1.05 || 1] }),
    },
    marks: [
      plot.gridX({ className: 'grid', ticks: axis.ticks }),
      plot.gridY({ className: 'grid', ticks: 5 }),
      plot.axisY({
        fontSize: 11,
        ticks: 5,
        tickFormat: (seconds: number) => `${Number(seconds.toPrecision(3))} s`,
      }),
      plot.axisX(axis),
      ...(isJoined
        ? kinds.map((kind) =>
            plot.line(place(kind), {
              x: 'x',
              y: 'y',
              className: `line-${nameTone(kind)}`,
              strokeWidth: 1.25,
            }),
          )
        : []),
      ...kinds.map((kind) =>
        plot.dot(place(kind), {
          x: 'x',
          y: 'y',
          r: isJoined ? 3.5 : 4.5,
          symbol: {
            draw: (pen: Pen, size: number) => drawShape(kind, pen, Math.sqrt(size / Math.PI)),
          },
          fill: 'currentColor',
          stroke: 'none',
          className: `mark fill-${nameTone(kind)}`,
        }),
      ),
    ],
  })
}
