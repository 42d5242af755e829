import { HarnessError } from '../errors.ts'
import { parsePointer } from '../protocol/index.ts'

/** What a team has decided of places: for the place that a walk has come to, and those below it. */
export interface PlaceRules {
  /** Whether the value here stays, or goes, whatever it is. */
  readonly isKept: boolean
  readonly isRedacted: boolean
  /** The rules for a member or an item of the value here. */
  descend(segment: string): PlaceRules
}

/** As many, and as long, as contracts/rules.schema.json allows. */
const MOST_POINTERS = 2000
const LONGEST_POINTER = 1000

/**
 * Reads pointers in which `*` stands for any one index or member. What a pointer names counts for all below it. A step down costs no more
 * for two thousand pointers than for one, but for those that go both through `*` and through a name.
 *
 * Throws `usage` for what is no pointer, for the empty one, and beyond the bounds of the rules file.
 */
export function createPlaceRules(keep: readonly string[], redact: readonly string[]): PlaceRules {
  if (keep.length === 0 && redact.length === 0) return NO_PLACE_RULES
  const root = createNode()
  for (const pointer of readPointers('keep', keep)) growTo(root, pointer).isKept = true
  for (const pointer of readPointers('redact', redact)) growTo(root, pointer).isRedacted = true
  return placeAt([root], false, false)
}

const NO_PLACE_RULES: PlaceRules = { isKept: false, isRedacted: false, descend: () => NO_PLACE_RULES }

/** Pointers that begin alike, up to where they part. */
interface PointerNode {
  members: Map<string, PointerNode>
  isKept: boolean
  isRedacted: boolean
}

function createNode(): PointerNode {
  return { members: new Map(), isKept: false, isRedacted: false }
}

function readPointers(name: string, pointers: readonly string[]): string[][] {
  if (pointers.length > MOST_POINTERS)
    throw new HarnessError('usage', `${name} holds ${pointers.length} pointers; ${MOST_POINTERS} at most are taken.`)
  return pointers.map((pointer) => {
    const segments = pointer.length > LONGEST_POINTER ? undefined : parsePointer(pointer)
    if (segments?.length) return segments
    throw new HarnessError('usage', `${name} holds ${JSON.stringify(pointer.slice(0, 80))}; a JSON Pointer such as /startedBy is needed.`)
  })
}

function growTo(root: PointerNode, segments: readonly string[]): PointerNode {
  return segments.reduce((node, segment) => {
    const next = node.members.get(segment) ?? createNode()
    node.members.set(segment, next)
    return next
  }, root)
}

function placeAt(nodes: readonly PointerNode[], isKept: boolean, isRedacted: boolean): PlaceRules {
  const place: PlaceRules = {
    isKept,
    isRedacted,
    descend(segment) {
      const below: PointerNode[] = []
      for (const { members } of nodes) {
        const [named, any] = [members.get(segment), members.get('*')]
        if (named) below.push(named)
        if (any && any !== named) below.push(any)
      }
      if (below.length === 0) return !isKept && !isRedacted ? NO_PLACE_RULES : nodes.length === 0 ? place : placeAt([], isKept, isRedacted)
      return placeAt(below, isKept || below.some((node) => node.isKept), isRedacted || below.some((node) => node.isRedacted))
    },
  }
  return place
}
