/** `starttask-harness/nock`: for those who have nock, a front end on its recorder, and its definitions in and out. */

import type nockModule from 'nock'

import { chooseOperations } from '../contract/index.ts'
import { HarnessError } from '../message/index.ts'
import {
  type Collector,
  type CollectorOptions,
  createCollector,
  type RecordingSession,
  refuseWrongRecorderOptions,
} from '../recorder/index.ts'
import {
  NOCK_LIMITS,
  parseDefinition,
  readDefinitionOperation,
  readDefinitionRequest,
} from './nock-definitions.ts'

export interface StartNockRecordingOptions {
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
 * Records this process's StartTask exchanges by nock's own recorder. nock is loaded here and not before, without the mocking that loading
 * it begins otherwise; where it mocked already it does so no longer until the recording stops, as with `nock.recorder.rec()`. What
 * that recorder cannot see is not in the recording: failures, times, clients of npm's undici, digits beyond 2^53. `startRecording` has them.
 *
 * Rejects with `usage` for a wrong option or when nock is not installed, with `already-active` when nock records already or another
 * library has the process's requests, such as a listening msw server, and with what opening a recording that exists throws.
 */
export async function startNockRecording(
  options: StartNockRecordingOptions,
): Promise<RecordingSession> {
  refuseWrongRecorderOptions(options, ['out', 'allow', 'note', 'config'])
  const { out, allow, note, config } = options
  const operations = chooseOperations(allow)
  const nock = await loadNock()
  const wasActive = nock.isActive()
  let lastSeen = performance.now()
  let missed = 0
  const release = startNockRecorder(nock, (definition) => {
    lastSeen = performance.now()
    try {
      recordDefinition(definition, operations, collector)
    } catch {
      missed += 1 // nock would let it end the process
    }
  })
  const giveBack = () => {
    release()
    if (wasActive) nock.activate()
  }
  const provenance = {
    source: "nock's recorder",
    limits: NOCK_LIMITS,
    ...(note === undefined ? {} : { note }),
  }
  const collector = openCollector(
    { out, provenance, ...(config === undefined ? {} : { config }) },
    giveBack,
  )
  const stopNow = async () => {
    await waitForQuiet(() => lastSeen)
    giveBack()
    const { written, lost } = await collector.stop()
    return { written, lost: lost + missed }
  }
  let stopped: ReturnType<RecordingSession['stop']> | undefined
  const stop = () => (stopped ??= stopNow())
  return { stop, [Symbol.asyncDispose]: () => stop().then(() => {}) }
}

/** Where nothing can be recorded, nock is left as it was. */
function openCollector(options: CollectorOptions, giveBack: () => void): Collector {
  try {
    return createCollector(options)
  } catch (error) {
    giveBack()
    throw error
  }
}

type Nock = typeof nockModule

/** nock begins to mock when it is loaded, unless this variable says otherwise. */
const OFF = 'NOCK_OFF'

async function loadNock(): Promise<Nock> {
  const before = process.env[OFF]
  process.env[OFF] = 'true'
  try {
    const { default: nock } = await import('nock')
    return nock
  } catch (cause) {
    throw new HarnessError(
      'usage',
      'nock cannot be loaded. Install it beside this package: npm install --save-dev nock.',
      { cause },
    )
  } finally {
    if (before === undefined) delete process.env[OFF]
    else process.env[OFF] = before
  }
}

/** Hands over each definition as nock makes it, so that nothing waits in memory; gives the function that ends it. */
function startNockRecorder(nock: Nock, take: (definition: unknown) => void): () => void {
  const wasActive = nock.isActive()
  try {
    nock.recorder.rec({
      output_objects: true,
      enable_reqheaders_recording: true, // the target is among them
      use_separator: false,
      logging: (definition: unknown) => {
        forget(nock.recorder.play(), definition)
        take(definition)
      },
    })
  } catch (cause) {
    const isRecording = cause instanceof Error && cause.message.includes('already in progress')
    if (isRecording)
      throw new HarnessError('already-active', 'nock records already. Stop that recording first.', {
        cause,
      })
    nock.restore()
    if (wasActive) nock.activate()
    throw new HarnessError(
      'already-active',
      'nock cannot record: another library has the requests of this process, such as a listening msw server. Stop that one, or use startRecording, which works beside it.',
      { cause },
    )
  }
  return () => nock.restore()
}

/** nock's own list would keep it, secrets and all. */
function forget(outputs: unknown[], definition: unknown): void {
  const index = outputs.indexOf(definition)
  if (index >= 0) outputs.splice(index, 1)
}

function recordDefinition(
  value: unknown,
  operations: readonly string[],
  collector: Collector,
): void {
  const definition = parseDefinition(value, '')
  const operation =
    definition.headers['x-amz-target'] === undefined
      ? undefined
      : readDefinitionOperation(definition, undefined, operations)
  if (operation === undefined) return
  const { headers, body } = readDefinitionRequest(definition, operation)
  void collector.begin(headers).finish(body, definition.response)
}

/** How long nothing may come before nothing is taken to be under way: nock does not tell what is. */
const QUIET_MS = 100
const LONGEST_WAIT_MS = 2000

async function waitForQuiet(readLast: () => number): Promise<void> {
  const until = performance.now() + LONGEST_WAIT_MS
  const began = performance.now()
  for (;;) {
    const now = performance.now()
    if (now >= until || now - Math.max(began, readLast()) >= QUIET_MS) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
