import type { Html } from './markup.ts'
import type { Plotter } from './plot.ts'
import { makeFrame, type PictureWidth, type Stretch } from './scale.ts'
import { type Kind, nameTone } from './status.ts'

/** How often something ended so, in one stretch of time. */
export interface Count {
  kind: Kind
  fromMs: number
  toMs: number
  count: number
}

const ROW_PX = 58
/** The share of a row that the lowest bar has: one among hundreds must be seen. */
const LOWEST = 0.05

/** A row of bars for each kind that there is, one under the other on one scale. */
export function drawCounts(
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
