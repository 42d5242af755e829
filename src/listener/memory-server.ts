import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

import { type Answering, type Handling, handleRequest } from './handling.ts'

/** Speaks HTTP on connections within the process, and listens nowhere. */
export interface MemoryServer {
  /** Takes one end of a connection. */
  accept(connection: Duplex): void
}

/** Creates one. Whoever holds the other end is in this process: nobody is refused. */
export function createMemoryServer(options: Answering): MemoryServer {
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
