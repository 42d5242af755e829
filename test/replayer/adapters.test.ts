import { expect, test } from 'vitest'

import { isTransportFailure, type WireRequest } from '../../src/protocol/index.ts'
import { createReplayer } from '../../src/replayer/engine/index.ts'
import { startReplay } from '../../src/replayer/adapters/msw.ts'
import { startReplayServer } from '../../src/replayer/adapters/index.ts'
import { buildRecording, TARGET } from './recorded-exchanges.ts'
import { generateVariants, type Variant, VARIED } from './request-variants.ts'

const SEED = Number(process.env['TEST_SEED'] ?? 20_261_123)
const VARIANTS = generateVariants(400, SEED)
const RECORDING = buildRecording(...VARIED)
const OPTIONS = { afterLast: 'repeat' } as const
const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET }

/** Headers that differ each time, or that belong to the connection rather than to the response. */
const OWN_HEADERS = new Set(['date', 'x-amzn-requestid', 'connection', 'keep-alive'])

interface Met {
  status: number
  headers: Record<string, string>
  body: string
}

function describeMet(status: number, headers: Iterable<[string, string]>, body: Uint8Array): Met {
  const compared = [...headers]
    .filter(([name]) => !OWN_HEADERS.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    status,
    headers: Object.fromEntries(compared),
    body: Buffer.from(body).toString('base64'),
  }
}

async function sendAll(url: string): Promise<Met[]> {
  const met: Met[] = []
  for (const { text } of VARIANTS) {
    const response = await fetch(url, { method: 'POST', headers: HEADERS, body: text })
    met.push(
      describeMet(response.status, response.headers, new Uint8Array(await response.arrayBuffer())),
    )
  }
  return met
}

async function answerAll(): Promise<Met[]> {
  const replayer = createReplayer(RECORDING, OPTIONS)
  const met: Met[] = []
  for (const { text } of VARIANTS) {
    const request: WireRequest = { method: 'POST', url: '/', headers: HEADERS, body: text }
    const response = await replayer.respond(request)
    if (isTransportFailure(response)) throw new Error('No transport failure is recorded.')
    met.push(
      describeMet(response.status, Object.entries(response.headers), Buffer.from(response.body)),
    )
  }
  return met
}

/** Which recorded exchange a response is; `undefined` for a miss. */
function readPlayed({ body }: Met): Variant['expected'] {
  const members: unknown = JSON.parse(Buffer.from(body, 'base64').toString('utf8'))
  return typeof members === 'object' && members !== null && 'index' in members
    ? Number(members.index)
    : undefined
}

test(`answers ${VARIANTS.length} variants of requests as they should be, seed ${SEED}`, async () => {
  const met = await answerAll()
  const wrong = VARIANTS.flatMap(({ text, expected }, index) => {
    const response = met[index]
    return response && readPlayed(response) === expected ? [] : [{ index, text, expected }]
  })
  expect(wrong).toEqual([])
  expect(new Set(VARIANTS.map(({ expected }) => expected)).size).toBe(VARIED.length + 1)
})

test(`answers alike through the HTTP server, seed ${SEED}`, async () => {
  await using server = await startReplayServer(RECORDING, OPTIONS)
  expect(await sendAll(server.url)).toEqual(await answerAll())
})

test(`answers alike through msw, seed ${SEED}`, async () => {
  using replay = startReplay(RECORDING, OPTIONS)
  expect(await sendAll('https://ecs.eu-west-1.amazonaws.com/')).toEqual(await answerAll())
  expect(replay.unused()).toEqual([])
})
