import { buildElement, type Html } from './markup.ts'

/** How an attempt ended: the outcomes of an answer; `failed` without one; `answered`, of another operation. */
export type Status = 'started' | 'partial' | 'unplaced' | 'rejected' | 'unreadable' | 'failed' | 'answered'

/** A filled shape for each, so that nobody needs colours; around the origin, 14 units across. */
const SHAPES: Readonly<Record<Status, { shape: string; tone: 'good' | 'warn' | 'bad' | 'plain' }>> = {
  started: { shape: 'M6,0A6,6,0,1,1,-6,0A6,6,0,1,1,6,0Z', tone: 'good' },
  partial: { shape: 'M0,-7.5L6,0L0,7.5L-6,0Z', tone: 'warn' },
  unplaced: { shape: 'M-5.5,-5.5H5.5V5.5H-5.5Z', tone: 'warn' },
  rejected: { shape: 'M0,-6.5L7,5.5H-7Z', tone: 'bad' },
  unreadable: { shape: 'M0,6.5L-7,-5.5H7Z', tone: 'bad' },
  failed: { shape: 'M0,-3L4,-7L7,-4L3,0L7,4L4,7L0,3L-4,7L-7,4L-3,0L-7,-4L-4,-7Z', tone: 'bad' },
  answered: { shape: 'M-7,-2.5H7V2.5H-7Z', tone: 'plain' },
}

/** Every status, in the order in which reports count them. */
export function listStatuses(): Status[] {
  return ['started', 'partial', 'unplaced', 'rejected', 'unreadable', 'failed', 'answered']
}

/** The outline of a status, for pictures: SVG path data around the origin, 14 units across. */
export function readShape(status: Status): string {
  return SHAPES[status].shape
}

/** A status as shape and word. */
export function buildStatus(status: Status, text: string = status): Html {
  const { shape, tone } = SHAPES[status]
  return buildElement(
    'span',
    { class: `status ${tone}` },
    buildElement('svg', { class: 'shape', viewBox: '-8 -8 16 16', 'aria-hidden': 'true' }, buildElement('path', { d: shape })),
    buildElement('span', {}, text),
  )
}
