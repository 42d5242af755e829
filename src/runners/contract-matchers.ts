import { escapeLine, formatCount, formatDetail } from '../message/index.ts'
import { type MatcherContext, type MatcherResult, shortenLines } from './matcher.ts'
import { type BodySide, checkSubject } from './subject.ts'

/**
 * Passes when a request, a response or an exchange breaks no rule of the documented contract; warnings and infos do not count. It takes bodies,
 * commands of AWS SDK v3 and their results, requests and responses on the wire, and recorded exchanges.
 *
 * @param side which body it is, if neither `tasks`, `failures` nor `$metadata` identify a response: an empty object for example
 */
export function toConformToStartTask(
  this: MatcherContext,
  received: unknown,
  side?: BodySide,
): MatcherResult {
  const broken = checkSubject(received, side).filter(({ severity }) => severity === 'error')
  const pass = broken.length === 0
  const lines = broken.map(({ pointer, message, rule, source }) =>
    formatDetail(
      escapeLine(pointer === '' ? '(whole)' : pointer),
      `${escapeLine(message)} (${rule}; ${source})`,
    ),
  )
  return {
    pass,
    message: () =>
      pass
        ? 'Expected something that breaks the documented contract of StartTask; it breaks no rule.'
        : [
            `Expected a value that follows the contract of StartTask; it breaks ${formatCount(broken.length, 'rule')}.`,
            ...shortenLines(lines, 'broken'),
            formatDetail(
              'remedy',
              'find each rule, its source and what it accepts in docs/rules.md',
            ),
          ].join('\n'),
  }
}
