import { type Content, measure } from '../../page/index.ts'

/** What fits into a part of a report, in the order in which it was taken. */
export interface Fitted<Item, Built> {
  shown: readonly { item: Item; built: Built }[]
  left: number
}

/** What a part of a report may hold. */
export interface Room {
  bytes: number
  items: number
}

/** Takes what comes first until there is no room for the next, so that a report has a size whatever it is about. How many are left is never silent. */
export function fit<Item, Built extends Content>(
  items: Iterable<Item>,
  room: Room,
  build: (item: Item) => Built,
): Fitted<Item, Built> {
  const shown: { item: Item; built: Built }[] = []
  let [bytes, left] = [0, 0]
  for (const item of items) {
    const isOpen = left === 0 && shown.length < room.items
    const built = isOpen ? build(item) : undefined
    bytes += measure(built)
    if (built === undefined || bytes > room.bytes) left += 1
    else shown.push({ item, built })
  }
  return { shown, left }
}
