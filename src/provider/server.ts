import { requirePort, startListener } from '../listener/index.ts'
import { buildErrorResponse, MAX_BODY_BYTES } from '../protocol/index.ts'
import { createDefaultState } from './default-state.ts'
import { createProvider, type ProviderOptions, refuseUnknownOptions } from './provider.ts'
import { openStateFile, type StateFile } from './state-file.ts'
import { parseProviderState } from './state-parser.ts'
import type { ProviderState } from './state.ts'

export interface ProviderServerOptions {
  /** The port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number
  /**
   * Where the state is kept: read when the file exists, created when not, written after each change and before its response. It holds the
   * overrides of tasks, environment values included.
   */
  stateFile?: string
  /** What there is at first, when there is no state file or it does not exist yet. */
  state?: ProviderState
  seed?: number
  clock?: { now(): number }
}

/** A server that runs. `stop` resolves when answers under way are given and all changes are written; disposal stops. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string
  stop(): Promise<void>
}

/** Starts a provider over HTTP on this machine. Throws `usage`, `not-json` or `write-failed` for options or files, `port-in-use`. */
export async function startProvider(options: ProviderServerOptions = {}): Promise<RunningServer> {
  refuseUnknownOptions('startProvider', options, ['port', 'stateFile', 'state', 'seed', 'clock'])
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
      // Node writes the true Date: a clock of a test's own would make SDK v3 retry every error and sign with that time.
      const { date: _date, ...headers } = response.headers
      return { ...response, headers }
    },
  })
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= listener.stop().then(() => file?.settle()))
  return { url: listener.url, stop, [Symbol.asyncDispose]: stop }
}
