/** The service of one case, behind every adapter that a client may come through. */
import { START_TASK } from '../contract/index.ts'
import { createRecording } from '../recording/index.ts'
import { type Recording } from '../protocol/index.ts'
import type { Accounting, Recordings, ReplayOptions } from '../replayer/engine/index.ts'
import {
  type ReplayAgent,
  replayAgent,
  replayFetch,
  type ReplayFetch,
  replayRequestHandler,
  type ReplayRequestHandler,
  startReplayServer,
} from '../replayer/adapters/index.ts'
import type { OutcomeCase } from './outcome-cases.ts'

/** Where the code under test sends its requests: whichever of these its client takes. Nothing of them reaches a network. */
export interface OutcomeService {
  /** The endpoint of a server on this machine. */
  readonly url: string
  /** For AWS SDK v3: `new ECSClient({ requestHandler })`. */
  readonly requestHandler: ReplayRequestHandler
  readonly fetch: ReplayFetch
  /** An https.Agent. */
  readonly agent: ReplayAgent
  /** What happens: `unplaced: AGENT`. */
  readonly name: string
}

/** A service that runs, with the count of the StartTask requests that came. */
export interface RunningOutcome extends AsyncDisposable {
  service: OutcomeService
  countRequests(): number
}

/** Starts the service of a case. `others`: recordings of the other operations that the code asks for. */
export async function startOutcome(
  outcome: OutcomeCase,
  others: readonly Recording[],
): Promise<RunningOutcome> {
  const recordings: Recordings = [makeRecording(outcome), ...others.map(withoutStartTask)]
  // Any StartTask request gets the response, and the response is as it would be to that request.
  const options: ReplayOptions = {
    match: { ignore: ['/*'] },
    afterLast: 'repeat',
    echo: 'documented',
    faults: outcome.faults,
  }
  const server = await startReplayServer(recordings, options)
  const opened: Accounting[] = [server]
  const open = <Adapter extends Accounting>(adapter: Adapter): Adapter => {
    opened.push(adapter)
    return adapter
  }
  const once = <Adapter>(make: () => Adapter): (() => Adapter) => {
    let made: { adapter: Adapter } | undefined
    return () => (made ??= { adapter: make() }).adapter
  }
  const openHandler = once(() => open(replayRequestHandler(recordings, options)))
  const openFetch = once(() => open(replayFetch(recordings, options)))
  const openAgent = once(() => open(replayAgent(recordings, options)))
  return {
    service: {
      name: outcome.name,
      url: server.url,
      get requestHandler() {
        return openHandler()
      },
      get fetch() {
        return openFetch()
      },
      get agent() {
        return openAgent()
      },
    },
    countRequests: () => opened.reduce((sum, adapter) => sum + countAdapter(adapter, outcome), 0),
    [Symbol.asyncDispose]: () => server.stop(),
  }
}

/** Of a fault that comes instead of the response nothing is played; one that spoils it is both. */
function countAdapter(adapter: Accounting, { isInstead }: OutcomeCase): number {
  const played = adapter
    .used()
    .filter(({ recording, exchange }) => recording === RECORDING_NAME && exchange === 1)
    .reduce((sum, { times }) => sum + times, 0)
  const faulted = isInstead
    ? adapter.sessions().reduce((sum, session) => sum + (session.faulted ?? 0), 0)
    : 0
  return played + faulted
}

const RECORDING_NAME = 'recording 1'

function makeRecording({ exchange, name }: OutcomeCase): Recording {
  return createRecording({
    recordedAt: '1970-01-01T00:00:00.000Z',
    provenance: {
      source: 'composed by starttask-harness from the documented contract; never seen of a service',
      outcome: name,
    },
    exchanges: [exchange],
  })
}

function withoutStartTask(recording: Recording): Recording {
  return {
    ...recording,
    exchanges: recording.exchanges.filter(({ operation }) => operation !== START_TASK),
  }
}
