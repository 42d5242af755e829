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

/** Creates a test's replayer, and what ends it. Throws what loading recordings and options throws. */
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
