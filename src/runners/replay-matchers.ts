/** Matchers of the requests that a replay adapter received, and of the exchanges that it played. */
import { START_TASK } from '../contract/index.ts'
import {
  escapeControls,
  escapeLine,
  formatCount,
  formatDetail,
  formatValueBriefly,
  HarnessError,
} from '../message/index.ts'
import { isObject, parsePointer } from '../protocol/index.ts'
import { redactRequestBody } from '../redaction/index.ts'
import {
  type Accounting,
  formatExchangeNumbers,
  type SentRequest,
} from '../replayer/engine/index.ts'
import { type MatcherContext, type MatcherResult, shortenLines } from './matcher.ts'
import { findUnmet, formatExpected, type Unmet } from './partial-match.ts'

/** Passes when all recorded exchanges were played. */
export function toHaveReplayedAll(this: MatcherContext, received: unknown): MatcherResult {
  const adapter = requireAdapter(received, 'toHaveReplayedAll')
  const left = adapter.unused()
  const pass = left.length === 0
  const lines = [...Map.groupBy(left, ({ recording }) => recording)].map(([recording, places]) =>
    formatDetail(
      'unused',
      `${escapeLine(recording)} ${formatExchangeNumbers(places.map(({ exchange }) => exchange))}`,
    ),
  )
  return {
    pass,
    message: () =>
      pass
        ? 'Expected a recorded exchange that was not played; all were played.'
        : [
            `Expected all recorded exchanges to be played; ${left.length} of ${formatCount(adapter.all().length, 'exchange')} not played.`,
            ...shortenLines(lines, 'unused'),
            formatDetail(
              'remedy',
              'find out why the code no longer sends these requests, or give the test only the recordings that it plays',
            ),
          ].join('\n'),
  }
}

/** Passes when each request was answered from the recordings. */
export function toHaveNoMisses(this: MatcherContext, received: unknown): MatcherResult {
  const adapter = requireAdapter(received, 'toHaveNoMisses')
  const count = adapter.sessions().reduce((sum, { missed }) => sum + missed, 0)
  const pass = count === 0
  const lines = adapter
    .unmatched()
    .map(({ message }) => formatDetail('miss', escapeControls(message)))
  return {
    pass,
    message: () =>
      pass
        ? 'Expected a request without a recorded response; there was none.'
        : [
            `Expected every request to be recorded; ${formatCount(count, 'request')} not recorded.`,
            ...shortenLines(lines, 'miss', 3),
          ].join('\n'),
  }
}

/**
 * Passes when StartTask was sent once. Each attempt counts: StartTask has no client token, so a request that is sent twice can launch twice.
 * Other operations do not count.
 */
export function toHaveBeenSentOnce(this: MatcherContext, received: unknown): MatcherResult {
  return matchTimes(requireAdapter(received, 'toHaveBeenSentOnce'), 1)
}

/** Passes when StartTask was sent `times` times, attempts included; at most a thousand are counted. */
export function toHaveBeenSentTimes(
  this: MatcherContext,
  received: unknown,
  times: number,
): MatcherResult {
  return matchTimes(requireAdapter(received, 'toHaveBeenSentTimes'), times)
}

/** Passes when a StartTask was sent whose body is as expected; it may have more members than expected. */
export function toHaveBeenSentWith(
  this: MatcherContext,
  received: unknown,
  expected: object,
): MatcherResult {
  return matchBody(requireAdapter(received, 'toHaveBeenSentWith'), expected, 'once or more')
}

/**
 * Passes when of the requests whose body is as expected exactly one was sent, attempts included: this launch was requested once. Other
 * requests may have been sent, too.
 */
export function toHaveBeenSentOnceWith(
  this: MatcherContext,
  received: unknown,
  expected: object,
): MatcherResult {
  return matchBody(requireAdapter(received, 'toHaveBeenSentOnceWith'), expected, 'once')
}

function requireAdapter(received: unknown, matcher: string): Accounting {
  if (isAdapter(received)) return received
  throw new HarnessError(
    'usage',
    `${matcher} takes a replay adapter: the result of replayRequestHandler, replayFetch, replayAgent, replayHandlers, startReplay, startReplayServer or createReplayer.`,
  )
}

const ACCOUNTING = [
  'unused',
  'all',
  'sessions',
  'unmatched',
  'sent',
] as const satisfies readonly (keyof Accounting)[]

/** An agent and a `fetch` are adapters too: functions and objects of a class. */
function isAdapter(value: unknown): value is Accounting {
  const isHolder = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isHolder && ACCOUNTING.every((name) => typeof Reflect.get(value, name) === 'function')
}

function matchTimes(adapter: Accounting, times: number): MatcherResult {
  const sent = listSent(adapter)
  const pass = sent.length === times
  const found = `it was sent ${countTimes(sent.length)}`
  return {
    pass,
    actual: sent.length,
    expected: times,
    message: () =>
      [
        `Expected StartTask ${pass ? 'not ' : ''}to be sent ${countTimes(times)}; ${found}.`,
        ...describeSent(sent),
      ].join('\n'),
  }
}

function matchBody(
  adapter: Accounting,
  given: object,
  mode: 'once' | 'once or more',
): MatcherResult {
  const expected = 'input' in given && 'middlewareStack' in given ? given.input : given // a command of the SDK
  const compared = listSent(adapter).map((one) => ({ one, unmet: findUnmet(expected, one.body) }))
  const met = compared.flatMap(({ one, unmet }) => (unmet ? [] : [one]))
  const pass = mode === 'once' ? met.length === 1 : met.length > 0
  const wish = `StartTask ${pass ? 'not ' : ''}to be sent ${mode} with ${formatExpected(expected)}`
  return {
    pass,
    message: () =>
      met.length === 0
        ? [
            `Expected ${wish}; no such request was sent.`,
            ...shortenLines(
              compared.map(({ one, unmet }) => describeUnmet(one, unmet)),
              'sent',
            ),
          ].join('\n')
        : [`Expected ${wish}; it was sent ${countTimes(met.length)}.`, ...describeSent(met)].join(
            '\n',
          ),
  }
}

function listSent(adapter: Accounting): SentRequest[] {
  return adapter.sent().filter(({ operation }) => operation === START_TASK)
}

function countTimes(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}

/** Describes which of several requests are one invocation that the client itself sent again. */
function describeSent(sent: readonly SentRequest[]): string[] {
  if (sent.length < 2) return []
  const attempts = [
    ...Map.groupBy(sent, ({ invocation }, index) => invocation ?? String(index)).values(),
  ]
  const again = attempts.filter(({ length }) => length > 1).length
  const clients =
    again === 0
      ? 'none of them a retry'
      : `${formatCount(again, 'invocation')} of ${attempts.length} was tried again by the client`
  return [
    formatDetail(
      'sent',
      `${formatCount(attempts.length, 'invocation')}, ${formatCount(sent.length, 'attempt')}: ${clients}`,
    ),
    formatDetail(
      'remedy',
      'find out what came back first: StartTask has no client token, and each attempt can launch',
    ),
  ]
}

/** Sent values are shown redacted, because CI keeps the output of tests. */
function describeUnmet({ headers, body }: SentRequest, unmet: Unmet | undefined): string {
  if (body === undefined)
    return formatDetail('sent', 'a body that is not JSON, or is larger than 64 KiB')
  const { pointer = '', expected } = unmet ?? {}
  const shown = readPlace(redactRequestBody(headers, body), pointer)
  const place = pointer === '' ? 'the body' : escapeLine(pointer)
  return formatDetail(
    'sent',
    `${place} is ${formatValueBriefly(shown)}, expected ${formatExpected(expected)}`,
  )
}

function readPlace(body: unknown, pointer: string): unknown {
  return (parsePointer(pointer) ?? []).reduce((value: unknown, name) => {
    if (Array.isArray(value)) return value[Number(name)] as unknown
    return isObject(value) ? value[name] : undefined
  }, body)
}
