import { HarnessError } from '../message/index.ts'
import { type Exchange, isObject, type Recording } from '../protocol/index.ts'
import { formatRecording } from './format.ts'
import { parseMended, type TextMend } from './mended-text.ts'
import { migrateRecording } from './migration.ts'
import { parseRecordingValue } from './recording.ts'

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
  const canonical = formatRecording(recording)
  const isOrdered = JSON.stringify(parsed) === JSON.stringify(JSON.parse(formatRecording(parsed)))
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
          `${place} has the header ${JSON.stringify(lower)} twice with two values.\n  remedy     take one of them away`,
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
