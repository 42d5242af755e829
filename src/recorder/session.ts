import { HarnessError } from '../message/index.ts'
import { captureRequests } from './capture.ts'
import { createCollector } from './collector.ts'
import { chooseOperations } from '../contract/index.ts'
import { refuseWrongRecorderOptions } from './options.ts'

export interface StartRecordingOptions {
  /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
  out: string
  /** Operations that are recorded besides StartTask. */
  allow?: readonly string[]
  /** A line of your own for the recordings' provenance. */
  note?: string
  /** The configuration file whose `keep` and `redact` apply; otherwise `starttask.config.json`, in the working directory or above. */
  config?: string
}

/** A recording under way; disposal stops. */
export interface RecordingSession extends AsyncDisposable {
  /**
   * Resolves when all is written. Requests in flight have two seconds to end; what has no end then goes on undisturbed, is not recorded,
   * and `lost` counts it. What is sent after the call is not recorded. Throws `write-failed`; the same when called again.
   */
  stop(): Promise<{ written: string[]; lost: number }>
}

const ACTIVE = Symbol.for('starttask-harness.recording')

/**
 * Records this process's StartTask exchanges, by whatever HTTP client it uses, while they go to the live service as ever. Responses that a
 * mock gave are not recorded. While a session runs, `node:http2` clients of the process hang: it is for tests and tools. A process that
 * ends by `process.exit()` keeps what had ended; one that a signal ends keeps what was written before. Requests over a connection that was
 * open already when the recording began are not seen: begin before the first one.
 *
 * Throws `already-active` when a session runs already, `usage` for a wrong option, and what opening a recording that exists throws.
 */
export function startRecording(options: StartRecordingOptions): RecordingSession {
  refuseWrongRecorderOptions(options, ['out', 'allow', 'note', 'config'])
  const operations = chooseOperations(options.allow)
  if (Reflect.get(globalThis, ACTIVE))
    throw new HarnessError(
      'already-active',
      'A recording runs in this process already. Stop it first.',
    )
  const collector = createCollector({
    out: options.out,
    provenance: {
      source: 'recorder in the process',
      ...(options.note === undefined ? {} : { note: options.note }),
    },
    ...(options.config === undefined ? {} : { config: options.config }),
  })
  const stopCapture = captureRequests(operations, (headers) => collector.begin(headers))
  Reflect.set(globalThis, ACTIVE, true)
  const stopNow = async () => {
    await stopCapture()
    Reflect.deleteProperty(globalThis, ACTIVE)
    return collector.stop()
  }
  let stopped: ReturnType<RecordingSession['stop']> | undefined
  const stop = () => (stopped ??= stopNow())
  return { stop, [Symbol.asyncDispose]: () => stop().then(() => {}) }
}
