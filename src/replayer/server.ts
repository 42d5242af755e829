import { startListener } from '../listener/index.ts'
import { buildErrorAnswer, MAX_BODY_BYTES } from '../protocol/index.ts'
import type { Recordings } from './library.ts'
import type { ReplayOptions } from './options.ts'
import { createReplayer, type Replayer } from './replayer.ts'

export interface ReplayServerOptions extends ReplayOptions {
  /** The port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number
}

/** A replay server that runs; disposal stops it. */
export interface ReplayServer extends AsyncDisposable, Pick<Replayer, 'used' | 'unused' | 'reset'> {
  readonly url: string
  stop(): Promise<void>
}

/** Serves recordings over HTTP on 127.0.0.1, for clients in any language: give them `url` as the endpoint. */
export async function startReplayServer(recordings: Recordings, options: ReplayServerOptions = {}): Promise<ReplayServer> {
  const { port = 0, ...replayOptions } = options
  const replayer = createReplayer(recordings, replayOptions)
  const listener = await startListener({
    port,
    maxBodyBytes: MAX_BODY_BYTES,
    refuse: (status, name, message) => buildErrorAnswer(status, { name, message }, { now: Date.now(), requestId: 'none' }),
    answer: (request) => replayer.answer(request),
  })
  return {
    url: listener.url,
    used: () => replayer.used(),
    unused: () => replayer.unused(),
    reset: () => replayer.reset(),
    stop: () => listener.stop(),
    [Symbol.asyncDispose]: () => listener.stop(),
  }
}
