/** The fixtures of the vitest adapter: a replayer and a recorder for each test. */

import { formatCount, formatMessage } from '../message/index.ts'
import { type RecordableClient, recordCommands, type RecordingSession } from '../recorder/index.ts'
import {
  type Accounting,
  carryAccounting,
  createEngine,
  type Recordings,
  type ReplayOptions,
} from '../replayer/engine/index.ts'
import {
  openAgent,
  openFetch,
  openRequestHandler,
  type ReplayAgent,
  type ReplayFetch,
  type ReplayRequestHandler,
  type ReplayServer,
  serveEngine,
} from '../replayer/adapters/index.ts'

/**
 * A test's own replayer, with every adapter that patches nothing: tests may run at the same time. All adapters share its counters; what was used, missed
 * and sent is counted over all of them.
 */
export interface TestReplay extends Accounting {
  /** For AWS SDK v3: `new ECSClient({ requestHandler })`. */
  readonly requestHandler: ReplayRequestHandler
  readonly fetch: ReplayFetch
  /** An in-memory `https.Agent`. */
  readonly agent: ReplayAgent
  /** Listens on this machine until the test ends, and gives the URL: an endpoint for any client. The same when called again. */
  listen(): Promise<string>
}

/** Creates a test's replayer, and the function that ends it. Throws what loading recordings and options throws. */
export function createTestReplay(
  recordings: Recordings,
  options: ReplayOptions,
): { replay: TestReplay; stop: () => Promise<void> } {
  const engine = createEngine(recordings, options)
  let server: Promise<ReplayServer> | undefined
  const openHandler = makeOnce(() => openRequestHandler(engine))
  const openFetchAdapter = makeOnce(() => openFetch(engine))
  const openAgentAdapter = makeOnce(() => openAgent(engine))
  const replay: TestReplay = {
    ...carryAccounting(engine),
    get requestHandler() {
      return openHandler()
    },
    get fetch() {
      return openFetchAdapter()
    },
    get agent() {
      return openAgentAdapter()
    },
    async listen() {
      server ??= serveEngine(engine, { ports: [0] })
      return (await server).url
    },
  }
  return {
    replay,
    async stop() {
      await (await server)?.stop()
    },
  }
}

function makeOnce<Adapter>(make: () => Adapter): () => Adapter {
  let made: { adapter: Adapter } | undefined
  return () => (made ??= { adapter: make() }).adapter
}

/** Records what a test sends to a live service. Sessions that the test does not stop are stopped at its end. */
export interface TestRecorder {
  /** The file or folder of the recording. */
  readonly out: string
  /** Records one client of AWS SDK v3: middleware, which patches nothing, so that tests may run at the same time. */
  commands(client: RecordableClient): RecordingSession
  /** Records this process, whatever its HTTP client, from when it resolves: one test at a time. */
  process(): Promise<RecordingSession>
}

/** Creates a test's recorder, and the function that ends it: it throws what writing throws, and warns of requests without a response. */
export function createTestRecorder(out: string): {
  recorder: TestRecorder
  stop: () => Promise<void>
} {
  const sessions: RecordingSession[] = []
  const keep = (session: RecordingSession): RecordingSession => {
    sessions.push(session)
    return session
  }
  return {
    recorder: {
      out,
      commands: (client) => keep(recordCommands(client, { out })),
      async process() {
        const { startRecording } = await import('../recorder/session.ts')
        return keep(startRecording({ out }))
      },
    },
    async stop() {
      const reports = await Promise.all(sessions.map((session) => session.stop()))
      const lost = reports.reduce((sum, report) => sum + report.lost, 0)
      if (lost > 0)
        process.emitWarning(
          formatMessage({
            summary: `${formatCount(lost, 'request')} of a test had no response when the test ended, and ${lost === 1 ? 'is' : 'are'} not recorded.`,
            details: [['recording', out]],
            remedy: 'let the test await what it sends',
          }),
          { type: 'StartTaskRecordingWarning', code: 'STARTTASK_RECORDING_LOST' },
        )
    },
  }
}

/** Makes a file name of a test's name: only letters, digits and hyphens. */
export function nameRecording(testName: string): string {
  const name = testName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(-120) // the end distinguishes a test from its neighbours
    .replaceAll(/^-|-$/g, '')
  return `${name === '' ? 'test' : name}.json`
}
