import { HarnessError, isHarnessError } from '../message/index.ts'
import {
  type Exchange,
  formatCanonicalJson,
  hasRepeatedMembers,
  isObject,
  type JsonObject,
  parseBody,
  parseKnown,
  type Recording,
  RECORDING_FORMAT,
  RECORDING_VERSION,
} from '../protocol/index.ts'
import { formatCanonically, MAX_RECORDING_BYTES, parseRecordingValue } from './recording.ts'

/** What was changed of a recording's form. */
export interface Mend {
  kind:
    | TextMend['kind']
    | 'format version'
    | 'line ends'
    | 'header name'
    | 'attempts out of order'
    | 'order of members'
    | 'spacing'
  /** The lines of the text, where it lies in some. */
  lines: readonly number[]
  /** What it was, where that says more: the format version. */
  was?: string
}

/** A recording in its form, with what had to be changed for it: nothing where its text was canonical. */
export interface MendedRecording {
  recording: Recording
  /** The canonical text. */
  text: string
  mends: Mend[]
}

/**
 * Brings the text of a recording to its form, and leaves what it says: older format versions are migrated, names of headers become lower-case,
 * attempts of one invocation stand in their order. Exchanges stay in their order otherwise, since a replayer plays them in it. Throws what
 * `parseMended`, `migrateRecording` and `parseRecordingValue` throw.
 *
 * @param place what the text came from, for messages: a path
 */
export function mendRecording(text: string, place: string): MendedRecording {
  const { value, mends: ofText } = parseMended(text, place)
  const { value: migrated, from } = migrateRecording(value, place)
  const { value: named, count: headers } = lowerHeaderNames(migrated, place)
  const parsed = parseRecordingValue(named, place)
  const exchanges = orderAttempts(parsed.exchanges)
  const isReordered = exchanges.some((exchange, index) => exchange !== parsed.exchanges[index])
  const recording = { ...parsed, exchanges }
  const canonical = formatCanonically(recording)
  const isOrdered = JSON.stringify(parsed) === JSON.stringify(JSON.parse(formatCanonically(parsed)))
  const mends: Mend[] = [
    ...(from === parsed.version
      ? []
      : [{ kind: 'format version', lines: [], was: String(from) } as const]),
    ...collectLines(ofText),
    ...(text.includes('\r\n') ? [{ kind: 'line ends', lines: [] } as const] : []),
    ...(headers > 0 ? [{ kind: 'header name', lines: [] } as const] : []),
    ...(isReordered ? [{ kind: 'attempts out of order', lines: [] } as const] : []),
    ...(isOrdered ? [] : [{ kind: 'order of members', lines: [] } as const]),
  ]
  if (mends.length === 0 && canonical !== text) mends.push({ kind: 'spacing', lines: [] })
  return { recording, text: canonical, mends }
}

function collectLines(mends: readonly TextMend[]): Mend[] {
  return [...Map.groupBy(mends, ({ kind }) => kind)].map(([kind, those]) => ({
    kind,
    lines: those.map(({ line }) => line),
  }))
}

/** Header names have one form, whoever typed them. Throws `recording-invalid` where two names become one with two values. */
function lowerHeaderNames(value: unknown, place: string): { value: unknown; count: number } {
  let count = 0
  const lowerHeaders = (side: unknown): unknown => {
    if (!isObject(side) || !isObject(side['headers'])) return side
    const lowered: Record<string, unknown> = {}
    for (const [name, header] of Object.entries(side['headers'])) {
      const lower = name.toLowerCase()
      if (Object.hasOwn(lowered, lower) && lowered[lower] !== header)
        throw new HarnessError(
          'recording-invalid',
          `${place} has the header ${JSON.stringify(lower)} twice with two values.`,
          { remedy: 'Remove one of them.' },
        )
      if (lower !== name) count += 1
      Object.defineProperty(lowered, lower, {
        value: header,
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    return { ...side, headers: lowered }
  }
  const lowerExchange = (exchange: unknown): unknown =>
    isObject(exchange)
      ? {
          ...exchange,
          request: lowerHeaders(exchange['request']),
          response: lowerHeaders(exchange['response']),
        }
      : exchange
  if (!isObject(value) || !Array.isArray(value['exchanges'])) return { value, count }
  const exchanges = value['exchanges'].map(lowerExchange)
  return count === 0 ? { value, count } : { value: { ...value, exchanges }, count }
}

/** Attempts of one invocation take the places that they have together, in the order of their numbers. */
function orderAttempts(exchanges: readonly Exchange[]): Exchange[] {
  const waiting = new Map<string, Exchange[]>()
  for (const [invocation, attempts] of Map.groupBy(exchanges, (exchange) => exchange.invocation)) {
    if (invocation !== undefined)
      waiting.set(
        invocation,
        attempts.toSorted((one, other) => (one.attempt ?? 0) - (other.attempt ?? 0)),
      )
  }
  return exchanges.map((exchange) =>
    exchange.invocation === undefined
      ? exchange
      : (waiting.get(exchange.invocation)?.shift() ?? exchange),
  )
}

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
function parseMended(text: string, place: string): { value: unknown; mends: TextMend[] } {
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
    `${place} line ${countLine(text, found.index)}: a merge was not settled: ${found[0]} is a conflict marker of git.`,
    { remedy: 'Keep one side, remove the conflict markers, and format again.' },
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
    const { problem, remedy } = describeSyntaxError(text, error.message, open)
    throw new HarnessError('not-json', `${place} ${problem}`, { remedy, cause: error })
  }
  throw new HarnessError('not-json', `${place} is empty.`, {
    remedy: 'Restore the file from git, or record again.',
  })
}

/** V8 reports where a text stops being JSON, except for a text that ends too early. */
function describeSyntaxError(
  text: string,
  message: string,
  open: readonly Bracket[],
): { problem: string; remedy: string } {
  const last = open.at(-1)
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
  if (last && at >= text.trimEnd().length)
    return {
      problem: `ends before the ${last.character} of line ${countLine(text, last.at)} is closed.`,
      remedy: 'Close it, or restore the file from git.',
    }
  const column = at - text.lastIndexOf('\n', at - 1)
  return {
    problem: `line ${countLine(text, at)} column ${column}: from here on it is not JSON.`,
    remedy: 'Correct it there, or just before, where a comma or a quote may be missing.',
  }
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
    `${place}: the member ${JSON.stringify(name)} occurs twice with two values, in line ${first} and in line ${second}.`,
    { remedy: 'Remove one of them.' },
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

/** Brings a recording of one format version to the next. */
export type Migration = (recording: JsonObject) => JsonObject

/** By the version that each starts from. Version 1 is the first that was ever written: there is nothing older to migrate. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map()

/** A recording of the version that this package reads, with the one that it had. */
export interface Migrated {
  value: unknown
  from: number
}

/**
 * Brings parsed JSON to the format version that this package reads, version by version. What is no recording, or has no number for a version, is
 * given as it is, for `parseRecordingValue` to refuse. Throws `recording-version` for a newer version and for one that nothing migrates.
 *
 * @param migrations what each version needs; this package's own unless given
 * @param to the version to come to; the one that this package reads unless given
 */
export function migrateRecording(
  value: unknown,
  place: string,
  {
    migrations = MIGRATIONS,
    to = RECORDING_VERSION,
  }: { migrations?: ReadonlyMap<number, Migration>; to?: number } = {},
): Migrated {
  if (!isObject(value) || value['format'] !== RECORDING_FORMAT) return { value, from: to }
  const from = value['version']
  if (typeof from !== 'number') return { value, from: to }
  if (from > to)
    throw new HarnessError(
      'recording-version',
      `${place} has format version ${from}, made by a newer starttask-harness; this one knows versions up to ${to}.`,
      { remedy: 'Update starttask-harness.' },
    )
  let migrated = value
  for (let version = from; version < to; version++) {
    const migrate = migrations.get(version)
    if (!migrate)
      throw new HarnessError(
        'recording-version',
        `${place} has format version ${version}, which no release of starttask-harness wrote.`,
        { remedy: 'Record again.' },
      )
    migrated = { ...migrate(migrated), version: version + 1 }
  }
  return { value: migrated, from }
}
