import { formatCount, formatValueBriefly, HarnessError } from '../message/index.ts'
import { isObject } from '../protocol/index.ts'
import type { Departure } from './departures.ts'
import { type IncidentFinding } from './finding.ts'
import type { Timeline } from './timeline.ts'

/** What today's code must do, and must not, when an incident happens to it again. */
export interface IncidentExpectations {
  /** Findings that there must not be, by their rules: `incident.double-launch`. */
  forbid?: readonly string[]
  /** Departures from that day's requests that there must not be, by their kinds. */
  forbidDepartures?: readonly string[]
  /** How many tasks must have been launched in the end. */
  launches?: { atLeast?: number; atMost?: number }
}

/** Reads expectations. Throws `recording-invalid` for what is none. */
function parseExpectations(value: unknown, place: string): IncidentExpectations {
  const refuse = (what: string) =>
    new HarnessError('recording-invalid', `The expectations of ${place}: ${what}.`)
  if (!isObject(value)) throw refuse('they are no object')
  const unknown = Object.keys(value).find(
    (name) => !['forbid', 'forbidDepartures', 'launches'].includes(name),
  )
  if (unknown !== undefined)
    throw refuse(`${formatValueBriefly(unknown)} is none of forbid, forbidDepartures, launches`)
  const { forbid, forbidDepartures, launches } = value
  return {
    ...(forbid === undefined
      ? {}
      : { forbid: readTexts(forbid, () => refuse('forbid is no list of texts')) }),
    ...(forbidDepartures === undefined
      ? {}
      : {
          forbidDepartures: readTexts(forbidDepartures, () =>
            refuse('forbidDepartures is no list of texts'),
          ),
        }),
    ...(launches === undefined
      ? {}
      : {
          launches: readBounds(launches, () =>
            refuse('launches has no atLeast and atMost that are whole numbers'),
          ),
        }),
  }
}

function readTexts(value: unknown, refuse: () => Error): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw refuse()
}

function readBounds(value: unknown, refuse: () => Error): { atLeast?: number; atMost?: number } {
  const entries = isObject(value) ? Object.entries(value) : []
  const isSound =
    isObject(value) &&
    entries.every(
      ([name, bound]) => ['atLeast', 'atMost'].includes(name) && Number.isInteger(bound),
    )
  if (!isSound) throw refuse()
  return Object.fromEntries(entries.map(([name, bound]) => [name, Number(bound)]))
}

/** The expectations that an incident's recordings state, all of them together; `undefined` where none does. */
export function readExpectations({ sources }: Timeline): IncidentExpectations | undefined {
  const stated = sources.flatMap(({ provenance, recording }) =>
    provenance['expectations'] === undefined
      ? []
      : [parseExpectations(provenance['expectations'], recording)],
  )
  if (stated.length === 0) return undefined
  return {
    forbid: stated.flatMap(({ forbid = [] }) => forbid),
    forbidDepartures: stated.flatMap(({ forbidDepartures = [] }) => forbidDepartures),
    launches: Object.assign({}, ...stated.map(({ launches }) => launches ?? {})),
  }
}

interface Seen {
  findings: readonly IncidentFinding[]
  departures: readonly Departure[]
  launches: number
}

/** What speaks against a run, in words; nothing where it is as expected. */
export function judge(
  { forbid = [], forbidDepartures = [], launches = {} }: IncidentExpectations,
  seen: Seen,
): string[] {
  const { atLeast = 0, atMost = Infinity } = launches
  const launched = `launches: ${formatCount(seen.launches, 'task was', 'tasks were')} launched`
  return [
    ...seen.findings
      .filter(({ rule }) => forbid.includes(rule))
      .map(({ rule, message }) => `${rule}: ${message}`),
    ...seen.departures
      .filter(({ kind }) => forbidDepartures.includes(kind))
      .map(({ kind, message }) => `${kind}: ${message}`),
    ...(seen.launches < atLeast ? [`${launched}, and at least ${atLeast} should have been`] : []),
    ...(seen.launches > atMost ? [`${launched}, and at most ${atMost} should have been`] : []),
  ]
}
