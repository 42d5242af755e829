import { parseSync } from 'oxc-parser'

/**
 * Gives every statement and class member of minified JavaScript a line of its own: Node.js prints the line on which an uncaught error was
 * thrown, and a whole file is a long one. A line break before a statement changes nothing.
 */
export function breakLines(file: string, code: string): string {
  const { program } = parseSync(file, code)
  const starts = new Set<number>()
  collectStarts(program, starts)
  const cuts = [...starts]
    .filter((start) => start > 0 && code[start - 1] !== '\n')
    .toSorted((a, b) => a - b)
  return [0, ...cuts].map((start, index) => code.slice(start, cuts[index])).join('\n')
}

/** The lists of a syntax tree whose members may stand on lines of their own. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['Program', 'body'],
  ['BlockStatement', 'body'],
  ['FunctionBody', 'body'],
  ['StaticBlock', 'body'],
  ['ClassBody', 'body'],
  ['SwitchCase', 'consequent'],
])

function collectStarts(node: unknown, starts: Set<number>): void {
  if (Array.isArray(node)) return node.forEach((one) => collectStarts(one, starts))
  if (typeof node !== 'object' || node === null) return
  const members = new Map(Object.entries(node))
  const list: unknown = members.get(LISTS.get(String(members.get('type'))) ?? '')
  if (Array.isArray(list))
    for (const { start } of list) if (typeof start === 'number') starts.add(start)
  for (const value of members.values()) collectStarts(value, starts)
}
