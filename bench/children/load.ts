/**
 * Drives a server: 16 connections on raw sockets, each with a request in flight, bytes made beforehand; reads responses by their length and compares
 * them. Told over IPC: `{ load: url, file, orders }` prepares (how many orders of members each body has; 0: as recorded); `{ run: ms }` measures and
 * answers `{ micros, requests, cpu }`: microseconds for one request of the server, and the share of a core that this process took.
 */
import { connect, type Socket } from 'node:net'

import {
  type BenchExchange,
  createChance,
  makeExchanges,
  shuffleMembers,
  TARGET,
} from '../recordings.ts'

const CONNECTIONS = 16
const VARIANTS_AT_MOST = 40_000

interface Prepared {
  bytes: Buffer
  expected: Buffer
  /** What no other response holds: all that is looked for in a response that a peer writes in its own way. */
  mark: Buffer
}

type Told =
  | { load: string; count: number; orders: number; isCompared: boolean }
  | { run: number; requests?: number }

const HEADERS = [
  `x-amz-target: ${TARGET}`,
  'content-type: application/x-amz-json-1.1',
  'user-agent: aws-sdk-js/3.1164.0 ua/2.1 os/linux#6 lang/js md/nodejs#24.21.0 api/ecs#3.1164.0 m/E',
  'x-amz-user-agent: aws-sdk-js/3.1164.0',
  'amz-sdk-invocation-id: 8a7d0c35-54d0-4f0b-8d25-43f1b5a7c1de',
  'amz-sdk-request: attempt=1; max=3',
  'x-amz-date: 20261121T220032Z',
  'x-amz-content-sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  `authorization: AWS4-HMAC-SHA256 Credential=BENCHKEYID/20261121/eu-central-1/ecs/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'b7c1'.repeat(16)}`,
]

let isWhole = true
let url = new URL('http://127.0.0.1')
let prepared: Prepared[] = []
const chance = createChance(7)

function prepare(count: number, orders: number, isCompared: boolean): void {
  isWhole = isCompared
  const exchanges = makeExchanges(count)
  const times = Math.max(1, Math.min(orders, Math.floor(VARIANTS_AT_MOST / count)))
  prepared = exchanges.flatMap((exchange) =>
    Array.from({ length: times }, () => prepareOne(exchange, orders > 0)),
  )
}

function prepareOne({ request, response }: BenchExchange, isShuffled: boolean): Prepared {
  const body = Buffer.from(JSON.stringify(isShuffled ? shuffleMembers(request, chance) : request))
  const head = [
    'POST / HTTP/1.1',
    `host: ${url.host}`,
    ...HEADERS,
    `content-length: ${body.length}`,
    '',
    '',
  ].join('\r\n')
  const mark = Buffer.from(/run-\d+/.exec(body.toString())?.[0] ?? '')
  return {
    bytes: Buffer.concat([Buffer.from(head), body]),
    expected: Buffer.from(JSON.stringify(response)),
    mark,
  }
}

function isRight(body: Buffer, { expected, mark }: Prepared): boolean {
  return isWhole ? expected.equals(body) : body.includes(mark)
}

/** Runs for a time, or for a number of requests, whichever ends first. */
async function run(ms: number, most: number): Promise<object> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, openSocket))
  const cpuBefore = process.cpuUsage()
  const start = performance.now()
  let sent = 0
  let done = 0
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          let current: Prepared | undefined
          const next = () => {
            if (sent >= most || performance.now() - start >= ms) return resolve()
            sent++
            current = prepared[Math.floor(chance() * prepared.length)]
            if (current) socket.write(current.bytes)
          }
          let received: Buffer = Buffer.alloc(0)
          socket.on('data', (chunk: Buffer) => {
            received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
            const response = readResponse(received)
            if (!response) return
            received = Buffer.alloc(0)
            if (!current || response.status !== 200 || !isRight(response.body, current))
              return reject(
                new Error(
                  `A wrong response: HTTP ${response.status} ${response.body.toString().slice(0, 300)}`,
                ),
              )
            done++
            next()
          })
          socket.on('close', () => reject(new Error('The server closed a connection.')))
          next()
        }),
    ),
  )
  const elapsed = performance.now() - start
  const { user, system } = process.cpuUsage(cpuBefore)
  for (const socket of sockets) socket.removeAllListeners('close').destroy()
  return { micros: (elapsed * 1000) / done, requests: done, cpu: (user + system) / 1000 / elapsed }
}

function openSocket(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => resolve(socket))
    socket.setNoDelay().on('error', reject)
  })
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** The response, once it is there whole: by its length, or by chunks, which some servers write. */
function readResponse(received: Buffer): { status: number; body: Buffer } | undefined {
  const end = received.indexOf(END_OF_HEAD)
  if (end < 0) return undefined
  const head = received.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) {
    const whole = end + 4 + Number(length)
    return received.length >= whole
      ? { status, body: received.subarray(end + 4, whole) }
      : undefined
  }
  return readChunks(received.subarray(end + 4), status)
}

function readChunks(
  received: Buffer,
  status: number,
): { status: number; body: Buffer } | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const lineEnd = received.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16)
    if (received.length < lineEnd + 2 + size + 2) return undefined
    if (size === 0) return { status, body: Buffer.concat(parts) }
    parts.push(received.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}

process.on('message', (told: Told) => {
  const work = async () => {
    if ('run' in told) return run(told.run, told.requests ?? Number.POSITIVE_INFINITY)
    url = new URL(told.load)
    prepare(told.count, told.orders, told.isCompared)
    return {}
  }
  work().then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
