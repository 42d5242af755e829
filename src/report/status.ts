import type { AttemptResult } from '../incident/index.ts'
import { buildElement, type Html } from '../page/index.ts'

/** The meaning of a mark in a picture: how an attempt ended, a task state, or a percentile. */
export type Kind = AttemptResult | 'task' | 'p50' | 'p90' | 'p99'

type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'task'

/** A circle, or a closed line through points around the origin, about 14 units across. */
type Shape = 'circle' | readonly (readonly [number, number])[]

const DIAMOND: Shape = [[0, -7.5], [6, 0], [0, 7.5], [-6, 0]] // prettier-ignore
const UP: Shape = [[0, -6.5], [7, 5.5], [-7, 5.5]] // prettier-ignore
const DOWN: Shape = [[0, 6.5], [-7, -5.5], [7, -5.5]] // prettier-ignore
const SQUARE: Shape = [[-5.5, -5.5], [5.5, -5.5], [5.5, 5.5], [-5.5, 5.5]] // prettier-ignore
const BAR: Shape = [[-7, -2.5], [7, -2.5], [7, 2.5], [-7, 2.5]] // prettier-ignore
const CROSS: Shape = [[0, -3], [4, -7], [7, -4], [3, 0], [7, 4], [4, 7], [0, 3], [-4, 7], [-7, 4], [-3, 0], [-7, -4], [-4, -7]] // prettier-ignore
const PILLAR: Shape = [[-2.5, -7], [2.5, -7], [2.5, 7], [-2.5, 7]] // prettier-ignore

/** A filled shape for each status, so that colours are not needed. */
const MARKS: Readonly<Record<Kind, { shape: Shape; tone: Tone }>> = {
  started: { shape: 'circle', tone: 'good' },
  partial: { shape: DIAMOND, tone: 'warn' },
  unplaced: { shape: SQUARE, tone: 'warn' },
  rejected: { shape: UP, tone: 'bad' },
  unreadable: { shape: DOWN, tone: 'bad' },
  failed: { shape: CROSS, tone: 'bad' },
  answered: { shape: BAR, tone: 'plain' },
  task: { shape: PILLAR, tone: 'task' },
  p50: { shape: 'circle', tone: 'good' },
  p90: { shape: DIAMOND, tone: 'warn' },
  p99: { shape: UP, tone: 'bad' },
}

/** Lists how an attempt can end, in the order in which reports count. */
export function listStatuses(): AttemptResult[] {
  return ['started', 'partial', 'unplaced', 'rejected', 'unreadable', 'failed', 'answered']
}

/** Returns the class that gives a mark its colour. */
export function nameTone(kind: Kind): Tone {
  return MARKS[kind].tone
}

/** The operations that draw a shape: those of a path of SVG or of a canvas. */
export interface Pen {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  arc(x: number, y: number, radius: number, from: number, to: number): void
  closePath(): void
}

const RADIUS = 6

/** Draws a kind's shape around the origin, as large as a circle of that radius. */
export function drawShape(kind: Kind, pen: Pen, radius: number): void {
  const { shape } = MARKS[kind]
  const scale = radius / RADIUS
  if (shape === 'circle') pen.arc(0, 0, radius, 0, 2 * Math.PI)
  else
    for (const [index, [x, y]] of shape.entries())
      pen[index === 0 ? 'moveTo' : 'lineTo'](x * scale, y * scale)
  pen.closePath()
}

/** Builds a kind as shape and word. */
export function buildStatus(kind: Kind, text: string = kind): Html {
  const { shape, tone } = MARKS[kind]
  const drawn =
    shape === 'circle'
      ? buildElement('circle', { r: RADIUS })
      : buildElement('path', { d: `M${shape.map(([x, y]) => `${x},${y}`).join('L')}Z` })
  return buildElement(
    'span',
    { class: `status ${tone}` },
    buildElement('svg', { class: 'shape', viewBox: '-8 -8 16 16', 'aria-hidden': 'true' }, drawn),
    buildElement('span', {}, text),
  )
}
