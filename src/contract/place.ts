import { isObject } from '../protocol/index.ts'
import { cutText } from './characters.ts'
import type { NewerMember, Shape } from './shape.ts'

/** The path to a place in a checked value: names of members and indexes of arrays. */
export type Segments = readonly (string | number)[]

/** Formats a place as in rule ids: `tags[].key`. */
export function formatRulePath(segments: Segments): string {
  return segments
    .map((segment, index) =>
      typeof segment === 'number' ? '[]' : `${index === 0 ? '' : '.'}${segment}`,
    )
    .join('')
}

/** Formats a place for messages: `tags[3].key`. A name with other characters than letters and digits is quoted, and cut if it is long. */
export function formatLabel(segments: Segments, whole: string): string {
  if (segments.length === 0) return `the ${whole}`
  return segments.map((segment, index) => formatStep(segment, index === 0)).join('')
}

function formatStep(segment: string | number, isFirst: boolean): string {
  if (typeof segment === 'number') return `[${segment}]`
  if (/^\w{1,80}$/.test(segment)) return isFirst ? segment : `.${segment}`
  const quoted = JSON.stringify(cutText(segment))
  return isFirst ? quoted : `[${quoted}]`
}

/** Finds the source of a place: its own, or the nearest above it. */
export function findSource(shape: Shape, segments: Segments): string {
  let source = shape.source ?? ''
  let node: Shape | undefined = shape
  for (const segment of segments) {
    node = findChild(node, segment)
    source = node?.source ?? source
  }
  return source
}

/** Finds the member of a later model at a place that the page does not have. */
export function findNewer(shape: Shape, segments: Segments): NewerMember | undefined {
  const parent = segments.slice(0, -1).reduce<Shape | undefined>(findChild, shape)
  const name = segments.at(-1)
  return typeof name === 'string' && parent?.newer && Object.hasOwn(parent.newer, name)
    ? parent.newer[name]
    : undefined
}

function findChild(shape: Shape | undefined, segment: string | number): Shape | undefined {
  return typeof segment === 'number' ? shape?.items : findMember(shape, segment)
}

/** Returns the shape of a member; `undefined` for a member that the page does not have. */
export function findMember(shape: Shape | undefined, name: string): Shape | undefined {
  return shape?.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined
}

/** Returns the value at a place; `undefined` if there is none. */
export function readPlace(root: unknown, segments: Segments): unknown {
  return segments.reduce<unknown>((value, segment) => readStep(value, segment), root)
}

function readStep(value: unknown, segment: string | number): unknown {
  if (typeof segment === 'number') return Array.isArray(value) ? value[segment] : undefined
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
}

/** Sorts items by their places in document order of `root`: an object before its members, a missing member after its siblings. */
export function sortByPlace<T extends { segments: Segments }>(
  items: readonly T[],
  root: unknown,
): T[] {
  const positions = new WeakMap<object, Map<string, number>>()
  const keyed = items.map((item) => ({ item, order: readOrder(item.segments, root, positions) }))
  return keyed
    .toSorted((left, right) => compareOrders(left.order, right.order))
    .map(({ item }) => item)
}

function readOrder(
  segments: Segments,
  root: unknown,
  positions: WeakMap<object, Map<string, number>>,
): number[] {
  let value = root
  return segments.map((segment) => {
    const position = typeof segment === 'number' ? segment : findPosition(value, segment, positions)
    value = readStep(value, segment)
    return position
  })
}

function findPosition(
  value: unknown,
  name: string,
  positions: WeakMap<object, Map<string, number>>,
): number {
  if (!isObject(value)) return Infinity
  const known =
    positions.get(value) ?? new Map(Object.keys(value).map((key, index) => [key, index]))
  positions.set(value, known)
  return known.get(name) ?? Infinity
}

function compareOrders(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < left.length && index < right.length; index++) {
    const [a = 0, b = 0] = [left[index], right[index]]
    if (a !== b) return a < b ? -1 : 1
  }
  return left.length - right.length
}
