import { cutText, escapeControls } from '../../message/index.ts'
import {
  buildFigure,
  buildNote,
  type Html,
  makeFrame,
  type PictureWidth,
  type Plotter,
  type Stretch,
} from '../../page/index.ts'
import { drawShape, type Kind, listStatuses, nameTone, type Pen } from '../status.ts'
import { formatDuration, type Timeline } from '../../incident/index.ts'
import { findBusyStretch } from './bins.ts'

/** Everything on one time axis; and the short time in which most of it was, where there is one. */
export function drawTimelines(plotter: Plotter, timeline: Timeline): Html[] {
  const { events, spanMs, beganAt } = timeline
  if (events.length === 0)
    return [
      buildNote('Nothing happened: the recordings hold no exchange and no task state change.'),
    ]
  const whole: Stretch = { beganAt, fromMs: 0, toMs: spanMs }
  const busy = findBusyStretch(
    events.map(({ atMs }) => atMs),
    spanMs,
  )
  const figures = [drawTimeline(plotter, timeline, whole, 'The whole time')]
  if (busy) {
    const within = events.filter(({ atMs }) => atMs >= busy.fromMs && atMs <= busy.toMs)
    const told = `The ${formatDuration(busy.toMs - busy.fromMs)} in which ${within.length} of ${events.length} events were`
    figures.push(drawTimeline(plotter, timeline, { beganAt, ...busy }, told))
  }
  return figures
}

/** A mark stands for what happened within this share of the picture. */
const MARKS_ACROSS = 200

function drawTimeline(plotter: Plotter, timeline: Timeline, stretch: Stretch, told: string): Html {
  const lanes = listLanes(timeline, stretch)
  const each = formatDuration(Math.ceil((stretch.toMs - stretch.fromMs) / MARKS_ACROSS))
  const kinds = lanes.map(
    ({ name, marks }) => `${name} ${marks.reduce((sum, { count }) => sum + count, 0)}`,
  )
  return buildFigure({
    draw: (width) =>
      drawLanes(
        plotter,
        { label: `${told}, on a time axis: ${kinds.join(', ')}.`, lanes, stretch },
        width,
      ),
    caption: `${told}, UTC. Findings are bands, attempts and task states are marks with a line for each kind; a larger mark stands for more of them within ${each}.`,
  })
}

/** Beyond these, states of tasks share a lane: there are not so many, unless somebody made them up. */
const MOST_STATES = 9
/** A name that is longer says no more to a reader. */
const MOST_NAME = 60

function listLanes({ events, findings }: Timeline, stretch: Stretch): Lane[] {
  const isWithin = ({ atMs, untilMs }: { atMs: number; untilMs: number }) =>
    untilMs >= stretch.fromMs && atMs <= stretch.toMs
  const lane = (
    name: string,
    kind: Lane['kind'],
    marks: readonly { fromMs: number; toMs: number }[],
  ): Lane => ({
    name,
    kind,
    marks: gather(
      marks.map(({ fromMs, toMs }) => ({
        fromMs: Math.max(fromMs, stretch.fromMs),
        toMs: Math.min(toMs, stretch.toMs),
      })),
      stretch,
    ),
  })
  const at = ({ atMs }: { atMs: number }) => ({ fromMs: atMs, toMs: atMs })
  const within = events.filter(({ atMs }) => isWithin({ atMs, untilMs: atMs }))
  const rules = Map.groupBy(findings.filter(isWithin), ({ rule }) => rule)
  const results = Map.groupBy(
    within.filter((event) => event.kind === 'attempt'),
    ({ result }) => result,
  )
  const states = Map.groupBy(
    within.filter((event) => event.kind === 'task'),
    ({ task }) =>
      typeof task['lastStatus'] === 'string' ? task['lastStatus'].toLowerCase() : 'unknown',
  )
  const shown = [...states].slice(0, MOST_STATES)
  const others = [...states].slice(MOST_STATES).flatMap(([, changes]) => changes)
  return [
    ...[...rules].map(([rule, found]) =>
      lane(
        rule.replace('incident.', ''),
        'found',
        found.map(({ atMs, untilMs }) => ({ fromMs: atMs, toMs: untilMs })),
      ),
    ),
    ...listStatuses().flatMap((status) =>
      results.has(status) ? [lane(status, status, (results.get(status) ?? []).map(at))] : [],
    ),
    ...shown.map(([state, changes]) =>
      lane(cutText(`task ${state}`, MOST_NAME), 'task', changes.map(at)),
    ),
    ...(others.length > 0 ? [lane('task, other', 'task', others.map(at))] : []),
  ]
}

/** Puts marks together that would lie on one another. */
function gather(
  marks: readonly { fromMs: number; toMs: number }[],
  { fromMs, toMs }: Stretch,
): Lane['marks'] {
  const step = (toMs - fromMs) / MARKS_ACROSS || 1
  const groups = Map.groupBy(marks, (mark) => Math.floor((mark.fromMs - fromMs) / step))
  return [...groups.values()].map((together) => ({
    fromMs: together.reduce((sum, mark) => sum + mark.fromMs, 0) / together.length,
    toMs: together.reduce((max, mark) => Math.max(max, mark.toMs), -Infinity),
    count: together.length,
  }))
}

/** What happened of one kind, on a line of its own. */
interface Lane {
  name: string
  /** `found` for stretches of time, which are drawn as bands; otherwise the shape of its marks. */
  kind: Kind | 'found'
  /** In milliseconds since the timeline began; `count` of them happened there, and make the mark larger. */
  marks: readonly { fromMs: number; toMs: number; count: number }[]
}

const LANE_PX = 28
const SMALLEST_PX = 4.5
const LARGEST_PX = 8
/** A shorter band would not be seen. */
const SHORTEST_PX = 4
/** How much room names have, in ems of their letters. */
const NAME_EMS = 9.25

/** Lanes under one time axis. A kind is told by its lane's name and by its shape. */
function drawLanes(
  { plot, draw }: Plotter,
  { label, lanes, stretch }: { label: string; lanes: readonly Lane[]; stretch: Stretch },
  width: PictureWidth,
): Html {
  const { at, axis, options, pixelMs } = makeFrame(stretch, width)
  const most = lanes.reduce(
    (max, { marks }) => marks.reduce((one, { count }) => Math.max(one, count), max),
    1,
  )
  const keyed = lanes.map((lane, index) => ({ ...lane, key: String(index) })) // two lanes may have one name
  const place = ({ key, marks }: { key: string; marks: Lane['marks'] }) =>
    marks.map((mark) => ({
      ...mark,
      y: key,
      from: at(mark.fromMs),
      to: at(Math.max(mark.toMs, mark.fromMs + SHORTEST_PX * pixelMs)),
    }))
  return draw(label, {
    ...options,
    height: lanes.length * LANE_PX + 48,
    y: { type: 'band', domain: keyed.map(({ key }) => key), label: null, padding: 0.35 },
    r: {
      type: 'sqrt',
      domain: [1, Math.max(2, most)],
      range: [SMALLEST_PX, most === 1 ? SMALLEST_PX : LARGEST_PX],
    },
    marks: [
      plot.gridX({ className: 'grid', ticks: axis.ticks }),
      plot.axisY({
        tickSize: 0,
        fontSize: 12,
        lineWidth: NAME_EMS,
        textOverflow: 'ellipsis',
        tickFormat: (key: string) => escapeControls(lanes[Number(key)]?.name ?? ''),
      }),
      plot.axisX(axis),
      plot.ruleY(keyed, { y: 'key', className: 'grid' }),
      ...keyed.map(({ kind, ...lane }) =>
        kind === 'found'
          ? plot.barX(place(lane), { x1: 'from', x2: 'to', y: 'y', className: 'fill-found' })
          : plot.dot(place(lane), {
              x: 'from',
              y: 'y',
              r: 'count',
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
