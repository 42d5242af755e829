import {
  captureRequests,
  createCollector,
  type OpenExchange,
  readRunStart,
} from '../recorder/index.ts'
import { readOperation } from '../contract/index.ts'
import type { ExchangePlace } from '../replayer/engine/index.ts'
import type { EcsRequest } from './ecs-request.ts'
import type { Verdict } from './gate.ts'
import type { LiveMode } from './mode.ts'
import type { SessionSettings } from './options.ts'
import { openRecorded, openRecordedIfAny } from './recorded.ts'
import { refuseLive } from './refusal.ts'
import { listStaleFiles } from './stale-files.ts'
import { createVerification, type LiveDifference } from './verification.ts'

/** What happened so far, in numbers. */
export interface Tally {
  /** Requests that were answered from recordings. */
  replayed: number
  /** Exchanges with the service that were recorded. */
  recorded: number
  /** Live answers that were compared with recorded ones. */
  verified: number
  /** Requests that nothing recorded equals: in `replay` misses, in `verify-live` answers that could not be compared. */
  missed: number
  /** Requests that were not sent to the service, and why is in their response. */
  refused: number
}

/** What a mode does with requests, and what it has to tell at the end. */
export interface Plan {
  decide(request: EcsRequest): Verdict | Promise<Verdict>
  tally(): Tally
  unused(): ExchangePlace[]
  stale?(): string[]
  differences?(): LiveDifference[]
  stop(): Promise<{ written: string[]; lost: number }>
}

/** The settings of a mode that does something. */
export type ActiveSettings = Exclude<SessionSettings, { mode: 'off' }>
type LiveSettings = Extract<SessionSettings, { mode: LiveMode }>

/** Opens what a mode needs. Throws what opening recordings, and a collector, throws. */
export function openPlan(settings: ActiveSettings): Plan {
  switch (settings.mode) {
    case 'replay':
      return planReplay(settings)
    case 'record':
    case 're-record':
      return planRecording(settings)
    case 'record-missing':
      return planMissing(settings)
    case 'verify-live':
      return planVerification(settings)
  }
}

const NOTHING_WRITTEN = { written: [], lost: 0 }

function startTally(): Tally {
  return { replayed: 0, recorded: 0, verified: 0, missed: 0, refused: 0 }
}

function planReplay({ recordings, replay }: Extract<SessionSettings, { mode: 'replay' }>): Plan {
  const tally = startTally()
  const recorded = openRecorded(recordings, replay)
  return {
    decide(request) {
      const { place, response } = recorded.decide(request)
      tally[place ? 'replayed' : 'missed'] += 1
      return response
    },
    tally: () => ({ ...tally }),
    unused: () => recorded.unused(),
    stop: () => Promise.resolve(NOTHING_WRITTEN),
  }
}

function planRecording(settings: LiveSettings): Plan {
  const tally = startTally()
  const since = readRunStart(process.env) // the other processes of a tree have written some of the files
  const recorder = openRecorder(settings, tally)
  return {
    decide: (request) => Promise.resolve(decideLive(request, settings, tally)),
    tally: () => ({ ...tally }),
    unused: () => [],
    ...(settings.mode === 're-record'
      ? { stale: () => listStaleFiles(settings.recordings, since) }
      : {}),
    stop: () => recorder.stop(),
  }
}

function planMissing(settings: LiveSettings): Plan {
  const tally = startTally()
  const recorded = openRecordedIfAny(settings.recordings, settings.replay)
  const recorder = openRecorder(settings, tally)
  return {
    decide(request) {
      const { place, response } = recorded.decide(request)
      if (!place) return Promise.resolve(decideLive(request, settings, tally))
      tally.replayed += 1
      return response
    },
    tally: () => ({ ...tally }),
    unused: () => recorded.unused(),
    stop: () => recorder.stop(),
  }
}

function planVerification(settings: LiveSettings): Plan {
  const tally = startTally()
  const recorded = openRecorded(settings.recordings, {
    afterLast: 'repeat',
    ...settings.replay,
    latency: 'none',
  })
  const verification = createVerification(recorded)
  const stopCapture = captureRequests(settings.operations, (headers) => verification.begin(headers))
  return {
    async decide(request) {
      const verdict = decideLive(request, settings, tally)
      if (verdict !== 'live' || readOperation(request.target, settings.operations) === undefined)
        return verdict
      if ((await verification.expect(request)).isMissed) tally.missed += 1
      return verdict
    },
    tally: () => ({ ...tally, verified: verification.compared }),
    unused: () => recorded.unused(),
    differences: () => [...verification.differences],
    async stop() {
      await stopCapture()
      return NOTHING_WRITTEN
    },
  }
}

function decideLive(request: EcsRequest, { upstream }: LiveSettings, tally: Tally): Verdict {
  const refusal = refuseLive(request, upstream)
  if (refusal) tally.refused += 1
  return refusal ?? 'live'
}

const EXISTING = {
  record: 'keep',
  'record-missing': 'add',
  're-record': 'replace',
  'verify-live': 'keep',
} as const

function openRecorder(
  { mode, recordings, config, operations }: LiveSettings,
  tally: Tally,
): { stop: Plan['stop'] } {
  const collector = createCollector({
    out: recordings,
    provenance: { source: 'recorder in the process' },
    existing: EXISTING[mode],
    ...(config === undefined ? {} : { config }),
  })
  const stopCapture = captureRequests(operations, (headers) =>
    count(collector.begin(headers), tally),
  )
  return {
    async stop() {
      await stopCapture()
      return collector.stop()
    },
  }
}

/** An exchange may be told twice to have ended: once more when the process does. */
function count(exchange: OpenExchange, tally: Tally): OpenExchange {
  let isCounted = false
  return {
    finish(...end) {
      if (!isCounted) tally.recorded += 1
      isCounted = true
      return exchange.finish(...end)
    },
    drop: () => exchange.drop(),
  }
}
