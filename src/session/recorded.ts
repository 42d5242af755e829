import { isHarnessError, HarnessError } from '../message/index.ts'
import { createRecording, listRecordingFiles, loadStoredRecordings } from '../recording/index.ts'
import { type Recording, type WireRequest } from '../protocol/index.ts'
import {
  createEngine,
  type Decision,
  type ExchangePlace,
  type ReplayOptions,
} from '../replayer/engine/index.ts'

/** The recordings of a session. */
export interface Recorded {
  /** The recorded response and the exchange it is of, or a miss, which is of none. Which of them it is stands fast at once. */
  decide(request: WireRequest): Decision
  unused(): ExchangePlace[]
}

/**
 * Opens the recordings that a session replays. Throws what loading them throws, with how to record them: a session without recordings
 * never begins.
 */
export function openRecorded(path: string, options: ReplayOptions): Recorded {
  try {
    return openEngine(path, options)
  } catch (error) {
    if (!isHarnessError(error, 'not-found') && !isHarnessError(error, 'recording-invalid'))
      throw error
    throw new HarnessError(error.code, error.summary, {
      details: error.details,
      remedy: `Record it against a service that you name, which starts real tasks:
STARTTASK_MODE=record STARTTASK_RECORDINGS=${path} STARTTASK_UPSTREAM=URL node --import starttask-harness/register APP`,
      cause: error,
    })
  }
}

/** As {@link openRecorded}, but nothing is there at first: then every request is a miss. */
export function openRecordedIfAny(path: string, options: ReplayOptions): Recorded {
  return openEngine(isAnythingRecorded(path) ? path : NOTHING, options)
}

/** A folder that is empty but for the journal of a recorder that was killed holds recordings too. */
function isAnythingRecorded(path: string): boolean {
  try {
    return listRecordingFiles(path).length > 0
  } catch {
    return isJournalThere(path)
  }
}

function isJournalThere(path: string): boolean {
  try {
    return loadStoredRecordings(path).length > 0
  } catch {
    return false
  }
}

function openEngine(recordings: string | Recording, options: ReplayOptions): Recorded {
  const engine = createEngine(recordings, options)
  return { decide: (request) => engine.decide(request), unused: () => engine.unused() }
}

const NOTHING: Recording = createRecording({
  recordedAt: new Date(0).toISOString(),
  provenance: {},
  exchanges: [],
})
