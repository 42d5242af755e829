import { HarnessError } from '../message/index.ts'
import { createPointerTree, type MarkedPlace, parsePointer } from '../protocol/index.ts'

/** What a team has decided of places: for the place that a walk has come to, and those below it. */
export type PlaceRules = MarkedPlace

/** Whether the value here stays, whatever it is. */
export function isKept(rules: PlaceRules): boolean {
  return (rules.marks & 1) !== 0
}

/** Whether the value here goes, whatever it is. */
export function isRedacted(rules: PlaceRules): boolean {
  return (rules.marks & 2) !== 0
}

/** As many, and as long, as contracts/config.schema.json allows. */
const MOST_POINTERS = 2000
const LONGEST_POINTER = 1000

/**
 * Reads pointers in which `*` stands for any one index or member. What a pointer names counts for all below it.
 *
 * Throws `usage` for what is no pointer, for the empty one, and beyond the bounds of the configuration file.
 */
export function createPlaceRules(keep: readonly string[], redact: readonly string[]): PlaceRules {
  return createPointerTree(readPointers('keep', keep), readPointers('redact', redact))
}

function readPointers(name: string, pointers: readonly string[]): string[][] {
  if (pointers.length > MOST_POINTERS)
    throw new HarnessError(
      'usage',
      `${name} holds ${pointers.length} pointers; ${MOST_POINTERS} at most are taken.`,
    )
  return pointers.map((pointer) => {
    const segments = pointer.length > LONGEST_POINTER ? undefined : parsePointer(pointer)
    if (segments?.length) return segments
    throw new HarnessError(
      'usage',
      `${name} holds ${JSON.stringify(pointer.slice(0, 80))}; a JSON Pointer such as /startedBy is needed.`,
    )
  })
}
