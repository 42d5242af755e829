import { HarnessError, isHarnessError } from '../message/index.ts'
import {
  formatCanonicalJson,
  hasRepeatedMembers,
  parseBody,
  parseKnown,
} from '../protocol/index.ts'
import { MAX_RECORDING_BYTES } from './recording.ts'

/** What a hand edit or a merge leaves in a text that is nearly JSON. */
export interface TextMend {
  kind: 'byte order mark' | 'trailing comma' | 'repeated member'
  /** From 1. */
  line: number
}

/**
 * Parses a text that was JSON before somebody edited it: a byte order mark and commas behind a last member or item are left out, and so is a
 * member that stands twice with the same value. Throws `not-json` with line, column and remedy for what is left of a merge, for a member
 * that stands twice with two values (one would be lost without a word), and for any other breach of JSON's form; `too-large`, `too-deep`.
 */
export function parseMended(text: string, place: string): { value: unknown; mends: TextMend[] } {
  refuseConflict(text, place)
  const hasMark = text.startsWith('\ufeff')
  const { plain, commas, open } = withoutTrailingCommas(hasMark ? text.slice(1) : text)
  const value = parseOrExplain(plain, open, place)
  const repeated = hasRepeatedMembers(plain, value) ? findRepeated(plain, place) : []
  const mends: TextMend[] = [
    ...(hasMark ? [{ kind: 'byte order mark', line: 1 } as const] : []),
    ...commas.map((at) => ({ kind: 'trailing comma', line: countLine(plain, at) }) as const),
    ...repeated.map((line) => ({ kind: 'repeated member', line }) as const),
  ]
  return { value, mends }
}

/** No line within JSON begins like this: texts hold no line feeds. */
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)/m

function refuseConflict(text: string, place: string): void {
  const found = CONFLICT.exec(text)
  if (!found) return
  throw new HarnessError(
    'not-json',
    `${place} line ${countLine(text, found.index)}: a merge was not settled: ${found[0]} is what git left.\n  remedy     choose what stays, take the marks away, and format again`,
  )
}

interface Bracket {
  character: string
  at: number
}

/** Blanks commas behind which an object or a list ends, so that all else stays in its place; and tells what nothing closes. */
function withoutTrailingCommas(text: string): { plain: string; commas: number[]; open: Bracket[] } {
  const commas: number[] = []
  const open: Bracket[] = []
  let comma = -1
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '"') index = skipString(text, index)
    else if (character === '{' || character === '[') open.push({ character, at: index })
    else if (character === '}' || character === ']') {
      open.pop()
      if (comma >= 0) commas.push(comma)
    }
    if (character === ',') comma = index
    else if (!' \n\r\t'.includes(character)) comma = -1
  }
  let plain = text
  if (commas.length > 0) {
    const pieces = commas.map((at, index) =>
      text.slice(index === 0 ? 0 : (commas[index - 1] ?? 0) + 1, at),
    )
    plain = `${pieces.join(' ')} ${text.slice((commas.at(-1) ?? 0) + 1)}`
  }
  return { plain, commas, open }
}

/** The place of the quote that ends a string, or the end of the text. */
function skipString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1
  return index
}

function parseOrExplain(text: string, open: readonly Bracket[], place: string): unknown {
  try {
    const value = parseBody(text, MAX_RECORDING_BYTES)
    if (value !== undefined) return value
  } catch (error) {
    if (!isHarnessError(error)) throw error
    if (error.code !== 'not-json')
      throw new HarnessError(error.code, `${place}: ${error.message}`, { cause: error })
    throw new HarnessError(
      'not-json',
      `${place} ${describeSyntaxError(text, error.message, open)}`,
      { cause: error },
    )
  }
  throw new HarnessError(
    'not-json',
    `${place} is empty.\n  remedy     take it back from git, or record again`,
  )
}

/** V8 says where a text stops being JSON, but for one that only ends too early. */
function describeSyntaxError(text: string, message: string, open: readonly Bracket[]): string {
  const last = open.at(-1)
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
  if (last && at >= text.trimEnd().length)
    return `ends before the ${last.character} of line ${countLine(text, last.at)} is closed.\n  remedy     close it, or take the file back from git`
  const column = at - text.lastIndexOf('\n', at - 1)
  return `line ${countLine(text, at)} column ${column}: from here on it is not JSON.\n  remedy     mend it there, or just before, where a comma or a quote may be missing`
}

/** The lines of members that stand twice with one value, in a text that is JSON. Throws where the values differ. */
function findRepeated(text: string, place: string): number[] {
  const lines: number[] = []
  let index = 0
  const skipSpace = () => {
    while (' \n\r\t'.includes(text.charAt(index)) && index < text.length) index++
  }
  const walkValue = () => {
    skipSpace()
    const character = text.charAt(index)
    if (character === '"') index = skipString(text, index) + 1
    else if (character === '{') walkUntil('}', createMemberWalk())
    else if (character === '[') walkUntil(']', walkValue)
    else while (index < text.length && !',]} \n\r\t'.includes(text.charAt(index))) index++
  }
  const walkUntil = (end: string, walkNext: () => void) => {
    index++
    for (skipSpace(); text[index] !== end; skipSpace()) {
      if (text[index] === ',') index++
      skipSpace()
      walkNext()
    }
    index++
  }
  const createMemberWalk = () => {
    const seen = new Map<string, { at: number; value: string }>()
    return () => {
      const at = index
      index = skipString(text, index) + 1
      const name = String(parseKnown(text.slice(at, index)))
      skipSpace()
      const start = ++index // behind the colon
      walkValue()
      const value = text.slice(start, index)
      const before = seen.get(name)
      if (before) {
        if (!isSame(before.value, value))
          throw describeTwoValues(name, [countLine(text, before.at), countLine(text, at)], place)
        lines.push(countLine(text, at))
      }
      seen.set(name, { at, value })
    }
  }
  walkValue()
  return lines
}

function isSame(one: string, other: string): boolean {
  return formatCanonicalJson(parseKnown(one)) === formatCanonicalJson(parseKnown(other))
}

function describeTwoValues(
  name: string,
  [first, second]: readonly [number, number],
  place: string,
): HarnessError {
  return new HarnessError(
    'not-json',
    `${place}: the member ${JSON.stringify(name)} stands twice with two values, in line ${first} and in line ${second}.\n  remedy     take one of them away`,
  )
}

function countLine(text: string, at: number): number {
  let line = 1
  for (
    let index = text.indexOf('\n');
    index !== -1 && index < at;
    index = text.indexOf('\n', index + 1)
  )
    line++
  return line
}
