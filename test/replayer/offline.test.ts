import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

import { expect, inject, test } from 'vitest'

const CHILDREN = new URL('children/', import.meta.url)
const HAS_UNSHARE = inject('programs').unshare

/** What each adapter gives: a hit, a recorded error, a miss, one request too many, an operation never recorded, a body that is no JSON. */
const RESULTS = [
  'a response',
  'ClusterNotFoundException in 1',
  'NoRecordingMatched in 1',
  'NoRecordingMatched in 1',
  'NoRecordingMatched in 1',
  'fetch 400',
  'unused 0',
]

interface ChildReport {
  results: string[]
  endpoint?: string
  /** What the trap saw, where it was set. */
  tried: string[]
}

/** Runs a child of children/, with the trap or with a network of its own that leads nowhere. */
async function runChild(
  name: string,
  how: 'trapped' | 'unshared' | 'unshared with loopback',
): Promise<ChildReport> {
  const node = [
    process.execPath,
    ...(how === 'trapped' ? ['--import', new URL('connection-trap.ts', CHILDREN).href] : []),
  ]
  const command = [...node, new URL(name, CHILDREN).pathname]
  const [file = '', ...args] =
    how === 'trapped'
      ? command
      : [
          'unshare',
          '-n',
          'sh',
          '-c',
          `${how === 'unshared' ? '' : LOOPBACK_UP}exec "$@"`,
          'sh',
          ...command,
        ]
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  const [, ...streams] = child.stdio
  const [stdout = '', stderr, tried] = await Promise.all(
    streams.map((stream) => (stream instanceof Readable ? text(stream) : Promise.resolve(''))),
  )
  if (stdout === '') throw new Error(`${name} failed: ${stderr}`)
  return {
    ...(JSON.parse(stdout) as Omit<ChildReport, 'tried'>),
    tried: JSON.parse(tried || '[]') as string[],
  } // both are written by the children
}

const LOOPBACK_UP = '{ ip link set lo up || ifconfig lo up; } && '

test(
  'opens no connection through msw, whatever the region, hit or miss',
  { timeout: 30_000 },
  async () => {
    const { results, tried } = await runChild('offline-msw.ts', 'trapped')
    expect(results.slice(0, -4)).toEqual([...RESULTS, ...RESULTS])
    expect(tried).toEqual([])
  },
)

test(
  'lets no request of another service leave the process while msw replays',
  { timeout: 30_000 },
  async () => {
    const { results, tried } = await runChild('offline-msw.ts', 'trapped')
    expect(results.slice(-4)).toEqual([
      'TypeError: fetch failed',
      'TypeError: fetch failed',
      expect.stringContaining('Error'),
      'unused 2',
    ])
    expect(tried).toEqual([])
  },
)

const BROKEN = [
  'a response',
  'ClusterNotFoundException in 1',
  'HarnessFailure in 1',
  'HarnessFailure in 1',
  'HarnessFailure in 1',
]

/** What each adapter within the process gives, and with a callback that throws. */
const IN_PROCESS = [
  ...RESULTS.slice(0, 5),
  ...RESULTS.slice(0, 5),
  'fetch 400',
  ...BROKEN,
  ...BROKEN,
  'fetch 400',
]

test(
  'opens no connection through request handler, agent and fetch, not even when a callback throws',
  { timeout: 30_000 },
  async () => {
    const { results, tried } = await runChild('offline-in-process.ts', 'trapped')
    expect(results).toEqual(IN_PROCESS)
    expect(tried).toEqual([])
  },
)

test.skipIf(!HAS_UNSHARE)(
  'answers within the process in a network that has not even a loopback',
  { timeout: 30_000 },
  async () => {
    expect((await runChild('offline-in-process.ts', 'unshared')).results).toEqual(IN_PROCESS)
  },
)

test(
  "opens no connection through the HTTP server but the client's own",
  { timeout: 30_000 },
  async () => {
    const { results, endpoint = '', tried } = await runChild('offline-server.ts', 'trapped')
    expect(results).toEqual(RESULTS)
    expect(new Set(tried)).toEqual(new Set([`TCPCONNECTWRAP ${new URL(endpoint).host}`]))
  },
)

test('sees the leak that an option of another name would be', { timeout: 30_000 }, async () => {
  const { results, endpoint = '', tried } = await runChild('planted-leak.ts', 'trapped')
  expect(results).toEqual(['fetch 200', 'TypeError: fetch failed'])
  expect(tried).toEqual([`TCPCONNECTWRAP ${new URL(endpoint).host}`, 'lookup service.invalid'])
})

test.skipIf(!HAS_UNSHARE)(
  'answers through msw in a network that has not even a loopback',
  { timeout: 30_000 },
  async () => {
    const { results } = await runChild('offline-msw.ts', 'unshared')
    expect(results.slice(0, -4)).toEqual([...RESULTS, ...RESULTS])
  },
)

test.skipIf(!HAS_UNSHARE)(
  'answers through the HTTP server in a network that has nothing but loopback',
  { timeout: 30_000 },
  async () => {
    const { results } = await runChild('offline-server.ts', 'unshared with loopback')
    expect(results).toEqual(RESULTS)
  },
)
