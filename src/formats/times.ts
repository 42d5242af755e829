import { isObject, type JsonObject } from '../protocol/index.ts'

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/

/** Gives times their form on the wire, seconds since 1970: events and logs write them as text. Every documented time of a task ends in `At`. */
export function restoreTimes(value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return /[a-z]At$/.test(name) && ISO_TIME.test(value) ? Date.parse(value) / 1000 : value
  if (Array.isArray(value)) return value.map((item) => restoreTimes(item))
  return isObject(value) ? restoreTimesOf(value) : value
}

/** As {@link restoreTimes}, of an object. */
export function restoreTimesOf(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, restoreTimes(member, name)]),
  )
}

/** A time of a log, in milliseconds since 1970: text, or a number of seconds or milliseconds. */
export function readTime(value: unknown): number | undefined {
  if (typeof value === 'number' && value > 0)
    return value < LATEST_IN_SECONDS ? value * 1000 : value
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

/** The year 5138 in seconds, March 1973 in milliseconds. */
const LATEST_IN_SECONDS = 1e11
