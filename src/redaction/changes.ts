import { isObject } from '../protocol/index.ts'

/** Counts the places at which two JSON values differ: those that redaction has changed. */
export function countChanges(before: unknown, after: unknown): number {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.reduce<number>((sum, item, index) => sum + countChanges(item, after[index]), 0)
  }
  if (!isObject(before) || !isObject(after))
    return before === after || JSON.stringify(before) === JSON.stringify(after) ? 0 : 1
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].reduce((sum, name) => sum + countChanges(before[name], after[name]), 0)
}
