import type { Finding } from '../contract/index.ts'
import type { Difference, Identity, Near } from '../matching/index.ts'
import { formatValueBriefly } from '../protocol/index.ts'
import { type Entry, formatExchangeNumbers } from './library.ts'

/** The `__type` of the answer to a request that no recorded exchange answers. */
export const MISS_NAME = 'NoRecordingMatched'

/** Why no recorded exchange answers a request. */
export interface Miss {
  /**
   * How far the request came: no exchange of its operation is recorded; its body differs from each; all that equal it are played; or it
   * differs and breaks the documented contract as well.
   */
  phase: 'operation' | 'body' | 'exhausted' | 'contract'
  /** At most three recorded requests of the same operation, nearest first. `exchange` counts from 1. */
  nearest: { recording: string; exchange: number; differences: Finding[] }[]
  remedy: string
  /** All of it in words, as the client's error message gives it. */
  message: string
}

/** The miss of a request whose operation has no recorded exchange, or that names none. */
export function describeUnknownOperation(operation: string | undefined, recorded: readonly string[], place: string): Miss {
  const fact = operation === undefined ? 'This request names no ECS operation in X-Amz-Target.' : `No exchange of ${operation} is recorded.`
  const remedy =
    operation === undefined
      ? 'send AWS JSON 1.1 with its X-Amz-Target header'
      : `record one: starttask record --allow ${operation} --out PATH -- CMD`
  const lines = [
    ['recording', place],
    ['operations', recorded.join(', ') || 'none'],
    ['remedy', remedy],
  ]
  return { phase: 'operation', nearest: [], remedy, message: layOut(fact, lines) }
}

/** The miss of a request whose equals are all played. */
export function describeExhausted(operation: string, entries: readonly Entry[]): Miss {
  const [first] = entries
  const remedy = "record as many exchanges as the test makes, or say what comes after the last: afterLast: 'repeat', or --after-last repeat"
  const fact = `Every recorded exchange that equals this ${operation} is played: ${entries.length} of ${entries.length}.`
  const nearest = entries.slice(0, 3).map((entry) => ({ recording: entry.recording, exchange: entry.exchange, differences: [] }))
  return {
    phase: 'exhausted',
    nearest,
    remedy,
    message: layOut(fact, [
      ['recording', `${first?.recording ?? ''} ${formatExchangeNumbers(entries.map(({ exchange }) => exchange))}`],
      ['remedy', remedy],
    ]),
  }
}

/** The miss of a request that differs from each recorded one of its operation. */
export function describeDifferent(sent: Identity, near: readonly Near<Entry>[], place: string, broken: readonly Finding[]): Miss {
  const nearest = near.map(({ candidate, differences }) => ({
    recording: candidate.recording,
    exchange: candidate.exchange,
    differences: differences.map(formatFinding),
  }))
  const [closest] = near
  const remedy = suggestRemedy(closest?.differences ?? [])
  const lines = [
    ['recording', place],
    ...near.flatMap(({ candidate, differences }, index) => describeNear(candidate, differences, index === 0 ? 6 : 1)),
    ...broken.slice(0, 3).map((finding) => ['contract', `${finding.pointer}: ${finding.message}`]),
    ['remedy', remedy],
  ]
  const fact = `No recorded exchange answers this ${sent.operation}.`
  return { phase: broken.length > 0 ? 'contract' : 'body', nearest, remedy, message: layOut(fact, lines) }
}

function describeNear(entry: Entry, differences: readonly Difference[], most: number): string[][] {
  const count = differences.length === 1 ? 'one difference' : `${differences.length} differences`
  const shown = differences.slice(0, most).map(formatDifference)
  const place = `${entry.recording} #${entry.exchange}, ${count}`
  const [only] = shown
  if (shown.length === 1 && only) return [['nearest', `${place}: ${only}${differences.length > 1 ? ' …' : ''}`]]
  return [['nearest', place], ...shown.map((text) => ['', `  ${text}`]), ...(differences.length > most ? [['', '  …']] : [])]
}

function formatDifference(difference: Difference): string {
  const pointer = difference.pointer || 'the body'
  switch (difference.kind) {
    case 'changed':
      return `${pointer} recorded ${formatValueBriefly(difference.recorded)}, sent ${formatValueBriefly(difference.sent)}`
    case 'missing':
      return `${pointer} recorded ${formatValueBriefly(difference.recorded)}, not sent`
    case 'added':
      return `${pointer} not recorded, sent ${formatValueBriefly(difference.sent)}`
  }
}

function formatFinding(difference: Difference): Finding {
  return {
    pointer: difference.pointer,
    rule: `match.${difference.kind}`,
    severity: 'error',
    message: formatDifference(difference),
    source: 'the recorded request',
    ...(difference.recorded === undefined ? {} : { expected: difference.recorded }),
    ...(difference.sent === undefined ? {} : { actual: difference.sent }),
  }
}

/** What a StartTask is about: to ignore one of these would make different launches the same. */
const ESSENTIAL = /^\/(taskDefinition|containerInstances|cluster)(\/|$)/

function suggestRemedy(differences: readonly Difference[]): string {
  const pointers = [...new Set(differences.map(({ pointer }) => pointer))]
  const isIgnorable = pointers.length > 0 && pointers.length <= 3 && pointers.every((pointer) => pointer !== '' && !ESSENTIAL.test(pointer))
  if (!isIgnorable) return 'send what was recorded, or record this request: starttask record --out PATH -- CMD'
  const ignore = pointers.map((pointer) => `'${pointer}'`).join(', ')
  return `record it again, or let the place not count: match: { ignore: [${ignore}] }, or --ignore ${pointers.join(',')}`
}

function layOut(fact: string, lines: readonly string[][]): string {
  return [fact, ...lines.map(([label = '', text = '']) => `  ${label.padEnd(10)} ${text}`)].join('\n')
}
