import { escapeControls } from '../message/index.ts'
import {
  countNoun,
  formatLine,
  type MatcherContext,
  type MatcherResult,
  shortenLines,
} from './matcher.ts'
import { type BodySide, checkSubject } from './subject.ts'

/**
 * Passes when nothing of a request, a response or an exchange breaks the documented contract; warnings and infos do not count. It takes bodies,
 * commands of AWS SDK v3 and what they gave, requests and answers on the wire, and recorded exchanges.
 *
 * @param side which body it is, where neither `tasks`, `failures` nor `$metadata` tell a response: an empty object for example
 */
export function toConformToStartTask(
  this: MatcherContext,
  received: unknown,
  side?: BodySide,
): MatcherResult {
  const broken = checkSubject(received, side).filter(({ severity }) => severity === 'error')
  const pass = broken.length === 0
  const lines = broken.map(({ pointer, message, rule, source }) =>
    formatLine(
      escapeControls(pointer === '' ? '(whole)' : pointer),
      `${escapeControls(message)} (${rule}; ${source})`,
    ),
  )
  return {
    pass,
    message: () =>
      pass
        ? 'Expected something that breaks the documented contract of StartTask; nothing does.'
        : [
            `Expected what the contract of StartTask documents; ${countNoun(broken.length, 'rule')} ${broken.length === 1 ? 'is' : 'are'} broken.`,
            ...shortenLines(lines, 'broken'),
            formatLine('remedy', 'docs/rules.md says where each rule stands, and what it accepts'),
          ].join('\n'),
  }
}
