import type { Html } from './markup.ts'
import type { Plotter } from './plot.ts'
import { makeFrame, type PictureWidth, type Stretch } from './scale.ts'
import { drawShape, type Kind, nameTone, type Pen } from './status.ts'

/** How long something took. */
export interface Duration {
  kind: Kind
  atMs: number
  tookMs: number
}

/** Beyond this between shortest and longest, the scale is logarithmic. */
const WIDE_RANGE = 50

/** Durations over time; each kind by its shape. `isJoined` draws a line through those of a kind. */
export function drawDurations(
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
