import { connect, type Socket } from 'node:net'

import {
  type Listener,
  type ListenerResponse,
  type ListenerOptions,
  startListener,
} from '../../src/listener/index.ts'

/** A response that closes nothing by itself. */
export const OK: ListenerResponse = {
  status: 200,
  headers: { 'content-type': 'text/plain', 'content-length': '2' },
  body: 'ok',
}

/** A listener that answers `OK`, unless a test says otherwise. */
export function startTestListener(options: Partial<ListenerOptions> = {}): Promise<Listener> {
  return startListener({
    maxBodyBytes: 1000,
    refuse: (status, name, message) => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, message }),
    }),
    respond: () => Promise.resolve(OK),
    ...options,
  })
}

/** A connection of its own, on which a test writes the bytes that it wants. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {}) // a reset is what some tests wait for
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  return socket
}

/** Writes bytes and reads until the other side closes. */
export async function exchangeBytes(port: number, bytes: string): Promise<string> {
  const socket = await openSocket(port)
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString('latin1')))
  socket.write(bytes)
  await new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return received
}

/** A request's bytes with the headers given; the connection closes after its response. */
export function formatRequest(headers: Record<string, string>): string {
  const lines = Object.entries({ connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return ['GET / HTTP/1.1', ...lines, '', ''].join('\r\n')
}

/** A promise with its ends, for a test that decides when a response comes. */
export function createGate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}
