import { statSync } from 'node:fs'
import { readOperation } from '../contract/index.ts'
import { formatMessage } from '../message/index.ts'
import {
  describeUnsupportedProtocol,
  readUnsupportedProtocol,
  translateError,
  type WireResponse,
} from '../protocol/index.ts'
import {
  captureRequests,
  createCollector,
  type OpenExchange,
  PSEUDONYM_REFUSAL,
  readRunStart,
  refusePseudonyms,
} from '../recorder/index.ts'
import { listRecordingFiles } from '../recording/index.ts'
import type { Verdict } from '../replayer/adapters/index.ts'
import { type ExchangePlace, refuse } from '../replayer/engine/index.ts'
import type { EcsRequest } from './ecs-requests.ts'
import type { LiveMode } from './mode.ts'
import type { SessionSettings } from './options.ts'
import { openRecorded, openRecordedIfAny } from './recorded.ts'
import { createVerification, type LiveDifference } from './verification.ts'

/** What happened so far, in numbers. */
export interface Tally {
  /** Requests that were answered from recordings. */
  replayed: number
  /** Exchanges with the service that were recorded. */
  recorded: number
  /** Live responses that were compared with recorded ones. */
  verified: number
  /** Requests that nothing recorded equals: in `replay` misses, in `verify-live` responses that could not be compared. */
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

/** The settings of every mode except `off`. */
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

/**
 * Returns the response to a request that must not go to the live service, or `undefined` if it may go. It must not if its destination is not
 * the upstream, if it uses a protocol that is not recorded, or if it contains a pseudonym, and so comes from a recording.
 */
function refuseLive(request: EcsRequest, upstream: string): WireResponse | undefined {
  if (request.origin !== upstream) {
    return refuse(
      400,
      'UpstreamNotNamed',
      formatMessage({
        summary: 'This request was not sent: its destination is not the service that was named.',
        details: [['place', `the request goes to ${request.origin}, the upstream is ${upstream}`]],
        remedy: `Set STARTTASK_UPSTREAM=${request.origin}, or give the client the endpoint ${upstream}.`,
      }),
    )
  }
  const protocol = readUnsupportedProtocol(request)
  if (protocol) {
    const { fact, remedy } = describeUnsupportedProtocol(protocol, 'recorded')
    return translateError(
      refuse(
        400,
        'ProtocolNotRecorded',
        formatMessage({ summary: `${fact} It was not sent.`, remedy }),
      ),
      protocol,
    )
  }
  const reason = refusePseudonyms(request.body)
  return reason === undefined ? undefined : refuse(400, PSEUDONYM_REFUSAL, reason)
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

/** Lists the recording files of a folder that were not written since a time, in milliseconds since 1970; none for a single file. */
function listStaleFiles(path: string, since: number): string[] {
  if (path.endsWith('.json')) return []
  return listFiles(path).filter(
    (file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? since) < since,
  )
}

function listFiles(path: string): string[] {
  try {
    return listRecordingFiles(path)
  } catch {
    return [] // the folder does not exist, or is empty
  }
}
