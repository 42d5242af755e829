import type { Finding } from '../../contract/index.ts'
import { type Difference, type Identity, type Near, replaceVolatile } from '../../matching/index.ts'
import {
  describeUnsupportedProtocol,
  type Exchange,
  type UnsupportedProtocol,
} from '../../protocol/index.ts'
import {
  type Details,
  formatCount,
  formatMessage,
  formatValueBriefly,
} from '../../message/index.ts'
import { formatExchangeNumbers, type Library } from './library.ts'
import { describeSession, type Entry, type Sequence } from './sessions.ts'

/** The `__type` of the response to a request that no recorded exchange answers. */
export const MISS_NAME = 'NoRecordingMatched'

/** Why no recorded exchange answers a request. */
export interface Miss {
  /**
   * How far the request came: no exchange of its operation is recorded; its body differs from each; all that equal it are played; or it
   * differs and breaks the documented contract as well.
   */
  phase: 'operation' | 'body' | 'exhausted' | 'contract'
  /** At most three recorded requests of the same operation, closest first. `exchange` counts from 1. */
  nearest: { recording: string; exchange: number; differences: Finding[] }[]
  remedy: string
  /** All of it in words, as the client's error message gives it. */
  message: string
}

/** The miss of a request whose operation has no recorded exchange, that names none, or speaks a protocol that nothing is recorded in. */
export function describeUnknownOperation(
  operation: string | undefined,
  { operations, place }: Pick<Library, 'operations' | 'place'>,
  foreign?: UnsupportedProtocol,
): Miss {
  if (foreign) return describeUnsupportedProtocolMiss(foreign, place)
  const fact =
    operation === undefined
      ? 'This request names no ECS operation in X-Amz-Target.'
      : `No exchange of ${operation} is recorded.`
  const remedy =
    operation === undefined
      ? 'send AWS JSON 1.1 with its X-Amz-Target header'
      : `record one: starttask record --allow ${operation} --out PATH -- CMD`
  const details: Details = [
    ['recording', place],
    ['operations', operations.join(', ') || 'none'],
  ]
  return buildMiss('operation', fact, { details, remedy })
}

function describeUnsupportedProtocolMiss(foreign: UnsupportedProtocol, place: string): Miss {
  const { fact, remedy } = describeUnsupportedProtocol(foreign, 'replayed')
  return buildMiss('operation', fact, { details: [['recording', place]], remedy })
}

/** The miss of a request whose equals are all played. */
export function describeExhausted({ operation, invocations }: Sequence, session: string): Miss {
  const entries = invocations.flat()
  const remedy =
    "record as many exchanges as the test makes, or say what comes after the last one: afterLast: 'repeat', or --after-last repeat; tests that share a replayer need sessions of their own"
  const fact = `Nothing is left to answer this ${operation}${describeSession(session)}: played ${entries.length} of ${entries.length} that equal it.`
  const nearest = entries
    .slice(0, 3)
    .map((entry) => ({ recording: entry.recording, exchange: entry.exchange, differences: [] }))
  return buildMiss('exhausted', fact, { nearest, details: listPlaces('played', entries), remedy })
}

/** Why a request is answered, in words. */
export function describeMatch({ operation, invocations }: Sequence, next: Entry): string {
  const entries = invocations.flat()
  const count = formatCount(
    entries.length,
    'recorded exchange equals it',
    'recorded exchanges equal it, and answer in this order',
  )
  return formatMessage({
    summary: `This ${operation} is answered: ${count}.`,
    details: [...listPlaces('recording', entries), ['next', `${next.recording} #${next.exchange}`]],
  })
}

const MOST_PLACES = 10

function listPlaces(label: string, entries: readonly Entry[]): Details {
  const byRecording = [...Map.groupBy(entries, ({ recording }) => recording)]
  const texts = byRecording
    .slice(0, MOST_PLACES)
    .map(
      ([recording, those]) =>
        `${recording} ${formatExchangeNumbers(those.map(({ exchange }) => exchange))}`,
    )
  if (byRecording.length > MOST_PLACES)
    texts.push(`… and ${byRecording.length - MOST_PLACES} more recordings`)
  return texts.map((text) => [label, text])
}

/** A recorded request as far as another can be near to it. */
interface Candidate {
  entry: Entry
  recorded: Exchange
}

/** The body of a recorded request, also of one that was no JSON. */
export function describeRecordedBody({ request }: Exchange): unknown {
  return request.body ?? request.bodyText ?? request.bodyBase64 ?? {}
}

/** The miss of a request that differs from each recorded one of its operation. */
export function describeDifferent(
  sent: Identity,
  near: readonly Near<Candidate>[],
  { place }: Pick<Library, 'place'>,
  broken: readonly Finding[],
): Miss {
  const nearest = near.map(({ candidate: { entry }, differences }) => ({
    recording: entry.recording,
    exchange: entry.exchange,
    differences: differences.map(formatFinding),
  }))
  const [closest] = near
  const remedy = suggestRemedy(sent.operation, closest?.differences ?? [], broken)
  const details: Details = [
    ['recording', place],
    ...near.map(
      ({ candidate: { entry }, differences }, index) =>
        ['nearest', describeNear(entry, differences, index === 0 ? 6 : 1)] as const,
    ),
    ...broken
      .slice(0, 3)
      .map(({ pointer, message }) => ['contract', `${pointer}: ${message}`] as const),
  ]
  const fact = `No recorded exchange answers this ${sent.operation}.`
  return buildMiss(broken.length > 0 ? 'contract' : 'body', fact, { nearest, details, remedy })
}

/** Puts a miss together; its message has every part in words. */
function buildMiss(
  phase: Miss['phase'],
  summary: string,
  {
    nearest = [],
    details,
    remedy,
  }: Partial<Pick<Miss, 'nearest'>> & { details: Details; remedy: string },
): Miss {
  return { phase, nearest, remedy, message: formatMessage({ summary, details, remedy }) }
}

function describeNear(entry: Entry, differences: readonly Difference[], most: number): string {
  const shown = differences.slice(0, most).map(formatDifference)
  const place = `${entry.recording} #${entry.exchange}, ${formatCount(differences.length, 'difference')}`
  const hasMore = differences.length > most
  const [only] = shown
  if (shown.length === 1 && only) return `${place}: ${only}${hasMore ? ' …' : ''}`
  return [place, ...shown.map((text) => `  ${text}`), ...(hasMore ? ['  …'] : [])].join('\n')
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

/** What to do about it; the line in quotation marks is one of the configuration file. */
function suggestRemedy(
  operation: string,
  differences: readonly Difference[],
  broken: readonly Finding[],
): string {
  if (broken.length > 0)
    return 'send what the contract allows; starttask check REQUEST --as request says all that is wrong'
  const pointers = [...new Set(differences.map(({ pointer }) => pointer))]
  const isIgnorable =
    pointers.length > 0 &&
    pointers.length <= 3 &&
    pointers.every((pointer) => pointer !== '' && !ESSENTIAL.test(pointer))
  const allow = operation === 'StartTask' ? '' : ` --allow ${operation}`
  if (!isIgnorable)
    return `send what was recorded, or record this request: starttask record${allow} --out PATH -- CMD`
  const way = differences.every(looksAlike) ? 'loosen' : 'ignore'
  const line = `"match": { "${way}": [${pointers.map((pointer) => JSON.stringify(pointer)).join(', ')}] }`
  const effect = way === 'loosen' ? 'let only its look count' : 'let the place not count'
  return `record it again, or ${effect}: ${line} in starttask.config.json, or --${way} ${pointers.join(',')}`
}

/** Whether two texts differ in what changes with each run alone. */
function looksAlike({ kind, recorded, sent }: Difference): boolean {
  if (kind !== 'changed' || typeof recorded !== 'string' || typeof sent !== 'string') return false
  return replaceVolatile(recorded) === replaceVolatile(sent)
}
