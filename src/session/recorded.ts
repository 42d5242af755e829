import { isHarnessError, HarnessError } from '../errors.ts'
import { listRecordingFiles, loadStoredRecordings, type Recording } from '../recording/index.ts'
import type { TransportFailure, WireRequest, WireResponse } from '../protocol/index.ts'
import { createReplayer, type ExchangePlace, type Miss, type Replayer, type ReplayOptions } from '../replayer/index.ts'

/** What the recordings have for a request. */
export interface Played {
  answer: WireResponse | TransportFailure
  /** Which exchange it is; `undefined` for a miss. */
  place: ExchangePlace | undefined
}

/** The recordings of a session. */
export interface Recorded {
  /** The recorded answer, or a miss. Which of them it is stands fast at once, before the answer has taken its time. */
  play(request: WireRequest): { isMissed: boolean; answer: ReturnType<Replayer['answer']> }
  /** As `play`, and tells which exchange it was. */
  find(request: WireRequest): Promise<Played>
  unused(): ExchangePlace[]
}

/**
 * Opens the recordings that a session replays. Throws what loading them throws, with how to record them: a session without recordings
 * never begins.
 */
export function openRecorded(path: string, options: ReplayOptions): Recorded {
  try {
    return watchMisses(path, options)
  } catch (error) {
    if (!isHarnessError(error, 'not-found') && !isHarnessError(error, 'recording-invalid')) throw error
    throw new HarnessError(
      error.code,
      [
        error.message,
        '  remedy     record it against a service that you name, which starts real tasks:',
        `             STARTTASK_MODE=record STARTTASK_RECORDINGS=${path} STARTTASK_UPSTREAM=URL node --import starttask-harness/register APP`,
      ].join('\n'),
      { cause: error },
    )
  }
}

/** As {@link openRecorded}, but nothing is there at first: then every request is a miss. */
export function openRecordedIfAny(path: string, options: ReplayOptions): Recorded {
  return watchMisses(isAnythingRecorded(path) ? path : NOTHING, options)
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

function watchMisses(recordings: string | Recording, options: ReplayOptions): Recorded {
  let isMissed = false
  const onMiss = (miss: Miss) => {
    isMissed = true // told before the replayer first waits
    options.onMiss?.(miss)
  }
  const replayer = createReplayer(recordings, { ...options, onMiss })
  const play: Recorded['play'] = (request) => {
    isMissed = false
    const answer = replayer.answer(request)
    return { isMissed, answer }
  }
  return {
    play,
    async find(request) {
      const before = new Map(replayer.used().map((place) => [`${place.exchange} ${place.recording}`, place.times]))
      const { isMissed: hasMissed, answer } = play(request)
      const used = replayer.used().find(({ recording, exchange, times }) => before.get(`${exchange} ${recording}`) !== times)
      const place = used && !hasMissed ? { recording: used.recording, exchange: used.exchange } : undefined
      return { answer: await answer, place }
    },
    unused: () => replayer.unused(),
  }
}

const NOTHING: Recording = {
  format: 'starttask-recording',
  version: 1,
  recordedAt: new Date(0).toISOString(),
  provenance: {},
  exchanges: [],
}
