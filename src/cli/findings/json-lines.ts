/** A place that is looked for, or lies on the way to one. */
interface Wanted {
  line?: number
  members: Map<string, Wanted>
}

/**
 * The line, from 1, on which each pointer leads into a JSON text; for a missing member that of the nearest value around it. The text is
 * walked once. It must be JSON; of what is none, only the beginning is found.
 */
export function findLines(text: string, pointers: readonly (readonly string[])[]): number[] {
  const root: Wanted = { line: 1, members: new Map() }
  for (const pointer of pointers) plant(root, pointer)
  walkText(text, root)
  return pointers.map((pointer) => readLine(root, pointer))
}

function plant(root: Wanted, pointer: readonly string[]): void {
  let node = root
  for (const segment of pointer) {
    const next: Wanted = node.members.get(segment) ?? { members: new Map() }
    node.members.set(segment, next)
    node = next
  }
}

function readLine(root: Wanted, pointer: readonly string[]): number {
  let node: Wanted | undefined = root
  let line = 1
  for (const segment of pointer) {
    node = node.members.get(segment)
    if (node?.line === undefined) return line
    line = node.line
  }
  return line
}

function walkText(text: string, root: Wanted): void {
  let index = 0
  let line = 1
  const skipSpace = () => {
    for (; index < text.length && ' \n\r\t'.includes(text.charAt(index)); index++)
      if (text[index] === '\n') line++
  }
  const skipString = () => {
    for (index++; index < text.length && text[index] !== '"'; index++)
      if (text[index] === '\\') index++
    index++
  }
  const readKey = (): string => {
    const start = index
    skipString()
    return readText(text.slice(start, index))
  }
  const walkItems = (wanted: Wanted | undefined, close: ']' | '}') => {
    for (let position = 0; ; position++) {
      skipSpace()
      if (text[index] === ',') index++
      skipSpace()
      if (index >= text.length) return
      if (text[index] === close) return void index++
      const at = line
      const name = close === '}' ? readKey() : String(position)
      skipSpace()
      if (text[index] === ':') index++
      const child = wanted?.members.get(name)
      if (child) child.line = at
      walkValue(child)
    }
  }
  const walkValue = (wanted: Wanted | undefined) => {
    skipSpace()
    const first = text[index]
    if (first === '"') return skipString()
    if (first !== '{' && first !== '[') {
      do index++
      while (index < text.length && !',]} \n\r\t'.includes(text.charAt(index)))
      return
    }
    index++
    walkItems(wanted, first === '{' ? '}' : ']')
  }
  walkValue(root)
}

function readText(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}
