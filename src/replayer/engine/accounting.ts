import { formatCount, HarnessError } from '../../message/index.ts'
import { type ExchangePlace, formatExchangeNumbers, type Library } from './library.ts'

import type { Miss } from './miss.ts'
import { listPlayed, type SentRequest, type Session, type Sessions } from './sessions.ts'

/** What a replayer played, and what not: of all its sessions together. */
export interface Accounting {
  used(): (ExchangePlace & { times: number })[]
  /** What nobody asked for. */
  unused(): ExchangePlace[]
  /** All that can be played. */
  all(): ExchangePlace[]
  /** The recordings that were loaded, with how many exchanges each holds. */
  recordings(): { recording: string; exchanges: number }[]
  /**
   * Throws `unused` when something recorded was not asked for, naming it. Says nothing where the test has failed already: what it did not come
   * to is no finding then.
   */
  requireAllUsed(state?: { hasFailed?: boolean }): void
  /** Starts every sequence of a session again, of all sessions without a name, and forgets what was used. */
  reset(session?: string): void
  /** The sessions that there were, with their counts; `faulted`, where faults were made, counts the attempts that met one. */
  sessions(): { session: string; played: number; missed: number; faulted?: number }[]
  /** The latest misses, at most a hundred, oldest first. */
  unmatched(): UnmatchedRequest[]
  /** The latest requests, at most a thousand, oldest first: each attempt that came, whatever answered it. */
  sent(): SentRequest[]
}

/** A request that no recorded exchange answered. */
export interface UnmatchedRequest {
  session: string
  phase: Miss['phase']
  message: string
}

/** The accounting as the engine keeps it. */
interface OpenAccounting extends Accounting {
  noteMiss(session: Session, miss: Miss): void
}

const MOST_UNMATCHED = 100

export function createAccounting(
  { listPlaces, recordings }: Pick<Library, 'listPlaces' | 'recordings'>,
  sessions: Sessions,
): OpenAccounting {
  let unmatched: UnmatchedRequest[] = []

  /** By recording and number: an archive has no entries but for what was asked of it. */
  const countTimes = (): Map<string, number> => {
    const all = new Map<string, number>()
    for (const session of sessions.list()) {
      for (const { entry, times } of listPlayed(session))
        all.set(namePlace(entry), (all.get(namePlace(entry)) ?? 0) + times)
    }
    return all
  }
  const unused = () => {
    const times = countTimes()
    return listPlaces().filter((place) => !times.has(namePlace(place)))
  }
  return {
    noteMiss({ name }, { phase, message }) {
      if (unmatched.length >= MOST_UNMATCHED) unmatched.shift()
      unmatched.push({ session: name, phase, message })
    },
    used() {
      const times = countTimes()
      return listPlaces().flatMap((place) =>
        times.has(namePlace(place)) ? [{ ...place, times: times.get(namePlace(place)) ?? 0 }] : [],
      )
    },
    unused,
    all: () => listPlaces(),
    recordings: () => [...recordings],
    requireAllUsed({ hasFailed = false } = {}) {
      const left = hasFailed ? [] : unused()
      if (left.length > 0) throw describeUnused(left, listPlaces().length)
    },
    reset(name) {
      sessions.reset(name)
      unmatched = name === undefined ? [] : unmatched.filter(({ session }) => session !== name)
    },
    sessions: () =>
      [...sessions.list()].map((session) => ({
        session: session.name,
        played: [...listPlayed(session)].reduce((sum, { times }) => sum + times, 0),
        missed: session.missed,
        ...(session.faulted > 0 ? { faulted: session.faulted } : {}),
      })),
    unmatched: () => [...unmatched],
    sent: () => sessions.listSent(),
  }
}

/** The accounting of a replayer, for an adapter to carry. */
export function carryAccounting(replayer: Accounting): Accounting {
  return {
    used: () => replayer.used(),
    unused: () => replayer.unused(),
    all: () => replayer.all(),
    recordings: () => replayer.recordings(),
    requireAllUsed: (state) => replayer.requireAllUsed(state),
    reset: (session) => replayer.reset(session),
    sessions: () => replayer.sessions(),
    unmatched: () => replayer.unmatched(),
    sent: () => replayer.sent(),
  }
}

function namePlace({ recording, exchange }: ExchangePlace): string {
  return `${exchange} ${recording}`
}

const MOST_NAMED = 10

function describeUnused(left: readonly ExchangePlace[], count: number): HarnessError {
  const byRecording = [...Map.groupBy(left, ({ recording }) => recording)]
  const texts = byRecording
    .slice(0, MOST_NAMED)
    .map(
      ([recording, places]) =>
        `${recording} ${formatExchangeNumbers(places.map(({ exchange }) => exchange))}`,
    )
  if (byRecording.length > MOST_NAMED)
    texts.push(`… and ${byRecording.length - MOST_NAMED} more recordings`)
  return new HarnessError(
    'unused',
    `${left.length} of ${formatCount(count, 'recorded exchange was', 'recorded exchanges were')} not asked for.`,
    { details: texts.map((text) => ['unused', text]), remedy: UNUSED_REMEDY },
  )
}

const UNUSED_REMEDY =
  'find out why the code no longer sends these requests; or take them out: starttask prune PATH --usage DIR'
