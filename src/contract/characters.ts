/** Counts the characters of a text as the API page does: Unicode code points, not UTF-16 units. */
export function countCharacters(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index++, count++)
    if ((text.codePointAt(index) ?? 0) > 0xffff) index++
  return count
}

/** Cuts a text to its first 80 characters. */
export function cutText(text: string): string {
  const characters = Array.from(text.slice(0, 200))
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : text
}
