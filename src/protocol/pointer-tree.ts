/** A place of a JSON value, with the lists of pointers that it lies in: bit 0 for the first list, bit 1 for the second, and so on. */
export interface MarkedPlace {
  readonly marks: number
  /** The place of a member or an item of the value here. */
  descend(segment: string): MarkedPlace
}

/**
 * Makes one tree of lists of parsed JSON Pointers in which `*` stands for any one index or member; gives the place of the whole value. What a
 * pointer names counts for all below it. A step down costs no more for two thousand pointers than for one, but for those that go both through
 * `*` and through a name.
 */
export function createPointerTree(
  ...lists: readonly (readonly (readonly string[])[])[]
): MarkedPlace {
  if (lists.every((list) => list.length === 0)) return UNMARKED
  const root = createNode()
  for (const [index, list] of lists.entries())
    for (const pointer of list) growTo(root, pointer).marks |= 1 << index
  return placeAt([root], root.marks)
}

const UNMARKED: MarkedPlace = { marks: 0, descend: () => UNMARKED }

/** Pointers that begin alike, up to where they part. */
interface PointerNode {
  members: Map<string, PointerNode>
  marks: number
}

function createNode(): PointerNode {
  return { members: new Map(), marks: 0 }
}

function growTo(root: PointerNode, segments: readonly string[]): PointerNode {
  return segments.reduce((node, segment) => {
    const next = node.members.get(segment) ?? createNode()
    node.members.set(segment, next)
    return next
  }, root)
}

function placeAt(nodes: readonly PointerNode[], marks: number): MarkedPlace {
  const place: MarkedPlace = {
    marks,
    descend(segment) {
      const below: PointerNode[] = []
      for (const { members } of nodes) {
        const [named, any] = [members.get(segment), members.get('*')]
        if (named) below.push(named)
        if (any && any !== named) below.push(any)
      }
      if (below.length > 0)
        return placeAt(
          below,
          below.reduce((all, node) => all | node.marks, marks),
        )
      return marks === 0 ? UNMARKED : nodes.length === 0 ? place : placeAt([], marks)
    },
  }
  return place
}
