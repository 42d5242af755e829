import { cutText } from '../../message/index.ts'
import {
  buildFigure,
  buildNote,
  drawLanes,
  type Html,
  type Lane,
  listStatuses,
  type Plotter,
  type Stretch,
} from '../../page/index.ts'
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
