import { Agent } from 'node:https'
import type { Duplex } from 'node:stream'

import { createMemoryServer, type MemoryServer } from '../../listener/index.ts'
import { MAX_BODY_BYTES } from '../../protocol/index.ts'
import {
  type Accounting,
  carryAccounting,
  createEngine,
  type Engine,
  type Recordings,
  refuse,
  type ReplayOptions,
} from '../engine/index.ts'
import { convertDecided } from './client-response.ts'
import { MemorySocket } from './memory-socket.ts'

/** An agent for clients on `node:https` and `node:http`, with the accounting of its replayer. */
export interface ReplayAgent extends Agent, Accounting {}

/**
 * An `https.Agent` whose connections end in this process: whatever client it is given to writes and reads real HTTP, and nothing is
 * patched. It serves `https:` and `http:` URLs of any host. A recorded refusal is a reset, as at the HTTP server; a recorded time-out lasts
 * until the client's own time limit.
 */
export function replayAgent(recordings: Recordings, options: ReplayOptions = {}): ReplayAgent {
  return openAgent(createEngine(recordings, options))
}

/** As {@link replayAgent}, over an engine that others ask as well. */
export function openAgent(engine: Engine): ReplayAgent {
  const server = createMemoryServer({
    maxBodyBytes: MAX_BODY_BYTES,
    refuse,
    respond: (request) => convertDecided(engine.decide(request).response),
  })
  const agent = new MemoryAgent(server)
  return Object.assign(agent, carryAccounting(engine), { protocol: undefined }) // without one, Node.js takes it for either scheme
}

class MemoryAgent extends Agent {
  readonly #server: MemoryServer

  constructor(server: MemoryServer) {
    super({ keepAlive: true })
    this.#server = server
  }

  override createConnection(): Duplex {
    const [near, far] = MemorySocket.createPair()
    this.#server.accept(far)
    return near
  }
}
