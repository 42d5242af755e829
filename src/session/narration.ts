import { escapeControls, formatCount, formatDetail } from '../message/index.ts'
import type { SessionReport } from './session.ts'

/** What a process has to say of its session when it ends: one line, and one for each difference from the recordings. */
export function narrate(report: SessionReport, path: string): string {
  const { missed, refused, stale = [], differences = [] } = report
  const parts = [
    ...describeDone(report, path),
    ...(missed > 0 ? [`${formatCount(missed, 'request was', 'requests were')} not recorded`] : []),
    ...(refused > 0 ? [`${formatCount(refused, 'request was', 'requests were')} not sent`] : []),
    ...(stale.length > 0 ? [`not recorded again: ${stale.join(', ')}`] : []),
  ]
  return escapeControls(
    [
      `starttask: ${parts.join('; ')}`,
      ...differences.slice(0, MOST_SHOWN).map(describeDifference),
      ...describeMore(differences.length),
    ].join('\n'),
  )
}

const MOST_SHOWN = 20

function describeDone(
  { mode, replayed, recorded, verified, unused, differences = [] }: SessionReport,
  path: string,
): string[] {
  switch (mode) {
    case 'off':
      return []
    case 'replay':
      return [
        `replayed ${formatCount(replayed, 'exchange')} of ${path}`,
        ...describeUnused(unused.length),
      ]
    case 'record':
    case 're-record':
      return [`recorded ${formatCount(recorded, 'exchange')} in ${path}`]
    case 'record-missing':
      return [`replayed ${replayed} and recorded ${formatCount(recorded, 'exchange')} in ${path}`]
    case 'verify-live': {
      const places = new Set(
        differences.map(({ recording, exchange }) => `${exchange} ${recording}`),
      ).size
      return [
        `compared ${formatCount(verified, 'live response')} with ${path}: ${places === 0 ? 'no difference' : `${places} of the exchanges differ`}`,
      ]
    }
  }
}

function describeUnused(unused: number): string[] {
  return unused === 0 ? [] : [`${unused} unused`]
}

function describeDifference({
  recording,
  exchange,
  pointer,
  recorded,
  live,
}: NonNullable<SessionReport['differences']>[number]): string {
  return formatDetail(
    'differs',
    `${recording} #${exchange} ${pointer}: recorded ${recorded}, live ${live}`,
  )
}

function describeMore(differences: number): string[] {
  return differences > MOST_SHOWN ? [`  … and ${differences - MOST_SHOWN} more`] : []
}
