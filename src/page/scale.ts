/** How wide a picture is, in pixels: one for a desk and one for a phone, since text does not shrink with a picture. */
export type PictureWidth = 'wide' | 'narrow'

const WIDTHS: Readonly<Record<PictureWidth, number>> = { wide: 1040, narrow: 400 }

/** A stretch of time, in milliseconds since `beganAt`. */
export interface Stretch {
  beganAt: string
  fromMs: number
  toMs: number
}

/** The last time that can be said. */
const LAST_MS = 8.64e15

/** Where a picture has its names and its numbers. */
const MARGINS = { marginLeft: 126, marginRight: 44, marginBottom: 34 }

/** What all pictures have: a time axis in UTC, room for names at the left and for numbers at the right. A pixel stands for so many milliseconds. */
export function makeFrame({ beganAt, fromMs, toMs }: Stretch, width: PictureWidth) {
  const at = (ms: number) => new Date(Math.min(LAST_MS, Date.parse(beganAt) + ms))
  const room = Math.max(1, (toMs - fromMs) * 0.015)
  const across = WIDTHS[width] - MARGINS.marginLeft - MARGINS.marginRight
  return {
    at,
    pixelMs: (toMs - fromMs + 2 * room) / across,
    options: {
      ...MARGINS,
      width: WIDTHS[width],
      x: { type: 'utc', domain: [at(fromMs - room), at(toMs + room)], label: null },
    },
    axis: {
      ticks: countTicks(width, toMs - fromMs),
      tickFormat: createTickFormat(toMs - fromMs),
      fontSize: 11,
    },
  } as const
}

const SECOND = 1000
const DAY = 86_400_000

/** Up to so long, a time is told from this place of its ISO 8601 form to that one: what differs from tick to tick, and no more. */
const TICKS = [
  { mostMs: 10 * SECOND, from: 11, to: 23 },
  { mostMs: 600 * SECOND, from: 11, to: 19 },
  { mostMs: 2 * DAY, from: 11, to: 16 },
  { mostMs: 12 * DAY, from: 5, to: 16 },
  { mostMs: 300 * DAY, from: 5, to: 10 },
  { mostMs: Infinity, from: 0, to: 10 },
] as const

function findTicks(spanMs: number): { from: number; to: number } {
  return TICKS.find(({ mostMs }) => spanMs <= mostMs) ?? TICKS[0]
}

function createTickFormat(spanMs: number): (at: Date) => string {
  const { from, to } = findTicks(spanMs)
  return (at) => at.toISOString().slice(from, to).replace('T', ' ')
}

/** As many as have room beside each other, about. */
function countTicks(width: PictureWidth, spanMs: number): number {
  const { from, to } = findTicks(spanMs)
  const isLong = to - from >= 10
  return width === 'wide' ? (isLong ? 6 : 10) : isLong ? 2 : 3
}
