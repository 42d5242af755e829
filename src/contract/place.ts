import { isObject } from '../protocol/index.ts'
import { cutText } from './characters.ts'
import type { NewerMember, Shape } from './shape.ts'

/** The way to a place in a checked value: member names and array indexes. */
export type Segments = readonly (string | number)[]

/** A place as rule ids name it: `tags[].key`. */
export function formatRulePath(segments: Segments): string {
  return segments
    .map((segment, index) =>
      typeof segment === 'number' ? '[]' : `${index === 0 ? '' : '.'}${segment}`,
    )
    .join('')
}

/** A place as messages name it: `tags[3].key`. A name that is no plain word is quoted, and cut when it is long. */
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

/** Where the contract of a place stands: the nearest source above it. */
export function findSource(shape: Shape, segments: Segments): string {
  let source = shape.source ?? ''
  let node: Shape | undefined = shape
  for (const segment of segments) {
    node = findChild(node, segment)
    source = node?.source ?? source
  }
  return source
}

/** What a later model says about the member at a place that the page does not have; `undefined` when none has it. */
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

/** The shape of an object's member; `undefined` when the page has no such member. */
export function findMember(shape: Shape | undefined, name: string): Shape | undefined {
  return shape?.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined
}

/** What stands at a place; `undefined` when nothing does. */
export function readPlace(root: unknown, segments: Segments): unknown {
  return segments.reduce<unknown>((value, segment) => readStep(value, segment), root)
}

function readStep(value: unknown, segment: string | number): unknown {
  if (typeof segment === 'number') return Array.isArray(value) ? value[segment] : undefined
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
}

/** Sorts what has segments into the document order of `root`: a whole before its members, a missing member after its siblings. */
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
