import { type Html, showUnseen } from './markup.ts'
import type { Plotter } from './plot.ts'
import { makeFrame, type PictureWidth, type Stretch } from './scale.ts'
import { drawShape, type Kind, nameTone, type Pen } from './status.ts'

/** What happened of one kind, on a line of its own. */
export interface Lane {
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
export function drawLanes(
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
        tickFormat: (key: string) => showUnseen(lanes[Number(key)]?.name ?? ''),
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
