import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

import { type Handling, handleRequest, type Responding } from './handling.ts'

/** An HTTP server for connections within the process. It does not listen. */
export interface MemoryServer {
  /** Serves one end of a connection. */
  accept(connection: Duplex): void
}

/** Creates an HTTP server for connections within the process. No caller is refused: the other end is in this process. */
export function createMemoryServer(options: Responding): MemoryServer {
  const server = createServer({ keepAliveTimeout: 0 })
  const handling: Handling = {
    options,
    refuseCaller: () => undefined,
    isEnding: () => false,
    begin: () => () => {},
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    handleRequest(handling, request, response),
  )
  server.on('clientError', (_error, connection) => connection.destroy())
  return { accept: (connection) => void server.emit('connection', connection) }
}
