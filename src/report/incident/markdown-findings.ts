import type { IncidentFinding } from '../../incident/index.ts'
import { sayCode, sayText } from './markdown.ts'
import type { Fitted } from './budget.ts'
import { cutTo, type Place } from './facts.ts'

/** What is shown, and in a line of its own how many are not. */
export function tellShown(
  fitted: Fitted<unknown, string>,
  what: string,
  join: (lines: readonly string[]) => string,
): string[] {
  const lines = fitted.shown.map(({ built }) => built)
  const cut = fitted.left > 0 ? [`${fitted.left} more ${what} are not shown here.`] : []
  return [...(lines.length > 0 ? [join(lines)] : []), ...cut]
}

/** Lines one under the other. */
export function joinLines(lines: readonly string[]): string {
  return lines.join('\n')
}

const MOST_EVENTS = 6

/** A finding as an item of a list; without the times and events of a timeline that is not shown. */
export function formatFinding(
  { severity, rule, message, basis, how, atMs, events }: IncidentFinding,
  clock: Place['clock'] | undefined,
): string {
  const shown = events.slice(0, MOST_EVENTS).join(', ')
  const about =
    events.length === 0
      ? ''
      : `, events ${shown}${events.length > MOST_EVENTS ? ` and ${events.length - MOST_EVENTS} more` : ''}`
  const when = clock ? `${clock.format(atMs)}${about}; ` : ''
  return `- **${severity}** ${sayText(cutTo(message, 400))}<br>${when}${sayCode(rule)} ${basis}: ${sayText(cutTo(how, 200))}`
}
