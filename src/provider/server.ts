import { requirePort, startListener } from '../listener/index.ts'
import { requireKnownOptions } from '../message/index.ts'
import { buildErrorResponse, MAX_BODY_BYTES } from '../protocol/index.ts'
import { createProvider, type ProviderOptions } from './provider.ts'
import { openStateFile, type StateFile } from './state-file.ts'
import { parseProviderState } from './state-parser.ts'
import { createDefaultState, type ProviderState } from './state.ts'

/** Options of {@link startProvider}. */
export interface ProviderServerOptions {
  /** The port on 127.0.0.1. @default 0, which takes a free one */
  port?: number
  /**
   * The file that keeps the state. It is read if it exists and created otherwise, and written after each change, before the response. It contains
   * the overrides of tasks, including environment values.
   */
  stateFile?: string
  /** The first state, if there is no state file or it does not exist yet. */
  state?: ProviderState
  seed?: number
  clock?: { now(): number }
}

/** A running server. `stop` resolves when the responses in progress are sent and all changes are written. Disposal stops. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string
  stop(): Promise<void>
}

/** Starts a provider over HTTP on this machine. Throws `usage`, `not-json` or `write-failed` for options or files, `port-in-use`. */
export async function startProvider(options: ProviderServerOptions = {}): Promise<RunningServer> {
  requireKnownOptions('option of startProvider', options, [
    'port',
    'stateFile',
    'state',
    'seed',
    'clock',
  ])
  const { port = 0, stateFile, state, ...rest } = options
  requirePort(port)
  const createFirst = () =>
    state === undefined ? createDefaultState() : parseProviderState(JSON.stringify(state))
  const file = stateFile === undefined ? undefined : await openStateFile(stateFile, createFirst)
  return listen({ ...rest, state: file?.initial ?? createFirst() }, port, file)
}

async function listen(
  options: ProviderOptions,
  port: number,
  file: StateFile | undefined,
): Promise<RunningServer> {
  const provider = createProvider({ ...options, onChange: (state) => file?.save(state) })
  const now = () => options.clock?.now() ?? Date.now()
  const listener = await startListener({
    port,
    maxBodyBytes: MAX_BODY_BYTES,
    refuse: (status, name, message) =>
      buildErrorResponse(status, { name, message }, { now: now(), requestId: 'refused' }),
    respond: async (request) => {
      const response = await provider.respond(request)
      await file?.settle()
      // Node.js writes the real Date: with the time of a test's clock, SDK v3 would retry every error and sign with that time.
      const { date: _date, ...headers } = response.headers
      return { ...response, headers }
    },
  })
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= listener.stop().then(() => file?.settle()))
  return { url: listener.url, stop, [Symbol.asyncDispose]: stop }
}
