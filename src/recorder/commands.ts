/** Records what one AWS SDK v3 client does, by middleware of its own: nothing global is patched, and nothing of the SDK is loaded. */

import { HarnessError } from '../message/index.ts'
import { type Collector, type CollectorOptions, createCollector } from './collector.ts'
import { captureCommands, type CommandCapture, type RecordableClient } from './command-capture.ts'
import { chooseOperations } from '../contract/index.ts'
import { refuseWrongRecorderOptions } from './options.ts'
import type { RecordingSession } from './session.ts'

export type { RecordableClient } from './command-capture.ts'

export interface RecordCommandsOptions {
  /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
  out: string
  /** Operations that are recorded besides StartTask. */
  allow?: readonly string[]
  /** A line of your own for the recordings' provenance. */
  note?: string
  /** The configuration file whose `keep` and `redact` apply; otherwise `starttask.config.json`, in the working directory or above. */
  config?: string
}

/**
 * Records the StartTask exchanges of one client, each attempt as an exchange, until it is stopped. The client's commands go on as ever,
 * whatever becomes of the recording: what could not be kept is counted in `lost`, or thrown by `stop`. Safe in a live service: other
 * clients of the process, those of `node:http2` among them, notice nothing. What a mock answers in place of the service is recorded too,
 * for nothing here tells the two apart.
 *
 * Throws `usage` for a wrong option or what is no client of SDK v3, `already-active` for a client that is recorded already, and what
 * opening a recording that exists throws. Several clients may be recorded at once.
 */
export function recordCommands(
  client: RecordableClient,
  options: RecordCommandsOptions,
): RecordingSession {
  refuseWrongRecorderOptions(options, ['out', 'allow', 'note', 'config'])
  requireClient(client)
  const { out, allow, note, config } = options
  const capture = captureCommands(client, chooseOperations(allow), (headers) =>
    collector.begin(headers),
  )
  const provenance = { source: 'AWS SDK v3 middleware', ...(note === undefined ? {} : { note }) }
  const collector = openCollector(
    { out, provenance, ...(config === undefined ? {} : { config }) },
    capture,
  )
  const stopNow = async () => {
    const { missed } = await capture.stop()
    const { written, lost } = await collector.stop()
    return { written, lost: lost + missed }
  }
  let stopped: ReturnType<RecordingSession['stop']> | undefined
  const stop = () => (stopped ??= stopNow())
  return { stop, [Symbol.asyncDispose]: () => stop().then(() => {}) }
}

/** Where nothing can be recorded, the client is left as it was. */
function openCollector(options: CollectorOptions, capture: CommandCapture): Collector {
  try {
    return createCollector(options)
  } catch (error) {
    void capture.stop()
    throw error
  }
}

/** For callers without types. */
function requireClient(client: unknown): void {
  const stack: unknown =
    typeof client === 'object' && client !== null
      ? Reflect.get(client, 'middlewareStack')
      : undefined
  if (
    typeof stack === 'object' &&
    stack !== null &&
    typeof Reflect.get(stack, 'add') === 'function'
  )
    return
  throw new HarnessError(
    'usage',
    'recordCommands needs a client of AWS SDK v3, such as new ECSClient(), which has a middlewareStack.',
  )
}
