import { gzipSync } from 'node:zlib'

import { array, constantFrom, oneof, sample, tuple } from 'fast-check'
import { expect, test } from 'vitest'

import type { Exchange, Recording } from '../../src/protocol/index.ts'
import {
  createRedaction,
  scanExchange,
  scanRecording,
  scanText,
} from '../../src/redaction/index.ts'
import { loadRecordings } from '../../src/recording/index.ts'

const KEY_ID = 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2'
const TOKEN = 'gh' + 'p_' + 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'
/** Known to secretlint alone. */
const EXTERNAL_MODEL = 'shp' + 'at_' + 'ab12cd34ab12cd34ab12cd34ab12cd34'

function ask(body: unknown, more: Partial<Exchange> = {}): Exchange {
  return {
    operation: 'StartTask',
    startedAtMs: 0,
    request: { headers: {}, body },
    response: { status: 200, headers: {}, body: { tasks: [], failures: [] } },
    ...more,
  }
}

function record(...exchanges: Exchange[]): Recording {
  return {
    format: 'starttask-recording',
    version: 1,
    recordedAt: '2026-11-24T00:00:00.000Z',
    provenance: {},
    exchanges,
  }
}

test('names the place and the kind, never the value', () => {
  const leaks = scanExchange(
    ask({ overrides: { containerOverrides: [{ command: ['run', `--id=${KEY_ID}`] }] } }),
  )
  expect(leaks).toEqual([
    {
      exchange: 1,
      pointer: '/request/body/overrides/containerOverrides/0/command/1',
      kind: 'AWS key id',
    },
  ])
})

test('finds nothing in what redaction has cleaned', async () => {
  const redaction = createRedaction()
  const exchange = redaction.redactExchange(
    ask({
      tags: [{ key: 'DB_PASSWORD', value: 'x' }],
      startedBy: KEY_ID,
      overrides: { containerOverrides: [{ command: ['--token', TOKEN] }] },
    }),
  )
  expect(scanExchange(exchange)).toEqual([])
  expect(await scanRecording(record(exchange))).toEqual([])
})

test('finds nothing in the recordings that ship', async () => {
  const recordings = await loadRecordings('recordings')
  expect(recordings.length).toBeGreaterThan(5)
  for (const recording of recordings) {
    expect(await scanRecording(recording)).toEqual([])
    expect(recording.exchanges.flatMap(scanExchange)).toEqual([])
  }
})

test('does not tell a name that is a secret, neither at its place nor below', async () => {
  const exchange = ask({ a: { [TOKEN]: { b: KEY_ID } } })
  const expected = [
    { pointer: '/request/body/a/(redacted)', kind: 'GitHub token' },
    { pointer: '/request/body/a/(redacted)/b', kind: 'AWS key id' },
  ]
  expect(scanExchange(exchange)).toMatchObject(expected)
  expect(await scanRecording(record(exchange))).toMatchObject(expected)
})

test('does not tell a name that secretlint alone knows for a secret', async () => {
  const leaks = await scanRecording(record(ask({ [EXTERNAL_MODEL]: { b: KEY_ID } })))
  expect(leaks).toMatchObject([
    { pointer: '/request/body/(redacted)' },
    { pointer: '/request/body/(redacted)/b' },
  ])
})

test('numbers exchanges from 1 and calls the recording itself 0', async () => {
  const recording = {
    ...record(...Array.from({ length: 1001 }, () => ask({})), ask({ startedBy: TOKEN })),
    provenance: { note: KEY_ID },
  }
  expect(await scanRecording(recording)).toEqual([
    { exchange: 0, pointer: '/provenance/note', kind: 'AWS key id' },
    { exchange: 1002, pointer: '/request/body/startedBy', kind: 'GitHub token' },
  ])
})

test('names every place of a secret that stands in several', async () => {
  const leaks = await scanRecording(
    record(
      ask({ startedBy: EXTERNAL_MODEL }),
      ask({ group: EXTERNAL_MODEL, startedBy: EXTERNAL_MODEL }),
    ),
  )
  expect(leaks.map(({ exchange, pointer }) => `${exchange} ${pointer}`)).toEqual([
    '1 /request/body/startedBy',
    '2 /request/body/group',
    '2 /request/body/startedBy',
  ])
})

test('calls an encoded secret what it is when it is decoded', async () => {
  const [one, two] = [
    Buffer.from(`x ${TOKEN}`).toString('base64'),
    gzipSync(`x ${KEY_ID}`).toString('base64'),
  ]
  const leaks = await scanRecording(record(ask({ group: one, startedBy: two })))
  expect(leaks.map(({ kind }) => kind)).toEqual(['GitHub token', 'AWS key id'])
})

test('reads bytes that are no text, compressed or not', async () => {
  const bytes = [
    Buffer.from(`\u00ff${TOKEN}`, 'latin1'),
    gzipSync(TOKEN),
    Buffer.from(TOKEN, 'utf16le'),
  ]
  const exchanges = bytes.map((body) =>
    ask(
      {},
      { response: { status: 500, headers: {}, body: null, bodyBase64: body.toString('base64') } },
    ),
  )
  const leaks = await scanRecording(record(...exchanges))
  expect(leaks).toEqual(
    [1, 2, 3].map((exchange) => ({
      exchange,
      pointer: '/response/bodyBase64',
      kind: 'GitHub token',
    })),
  )
})

test('does not put the end of one text and the beginning of the next together', async () => {
  const digest = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'
  const texts = [
    'AWS_SECRET_ACCESS_KEY=(redacted)',
    digest,
    'postgres://me:(redacted)',
    '@host/x',
  ].map((text, index) => ({
    pointer: `/${index}`,
    text,
  }))
  expect(await scanText(texts)).toEqual([])
})

test('lets pass a connection string without its password, where the service takes no parentheses', async () => {
  const exchange = createRedaction().redactExchange(
    ask({
      startedBy: 'post' + 'gres://me:hunter2@db.example.com/orders',
      tags: [{ key: 'url', value: 'my' + 'sql://me:hunter2@db.example.com/x' }],
    }),
  )
  expect(JSON.stringify(exchange)).not.toContain('hunter2')
  expect(scanExchange(exchange)).toEqual([])
  expect(await scanRecording(record(exchange))).toEqual([])
})

/** What secrets are made of, and what stands beside them. */
const FRAGMENTS = [
  [
    'pass' + 'word=',
    '--pass' + 'word',
    'token: ',
    '"value": "',
    '\\"',
    '"',
    "'",
    ' ',
    '=',
    ':',
    '/',
    '@',
    '.',
    ',',
    '{',
    '[',
    '&',
    '%3D',
    '\n',
  ],
  [
    'Bearer ',
    'Authorization: ',
    'Cookie: a=b',
    '?sig=abc',
    'AWS_SECRET_ACCESS' + '_KEY=',
    'curl -u a:b',
    'key',
    'secret',
    'abc',
  ],
  [
    '10.0.0.5',
    '111122223333',
    '(redacted)',
    'redacted',
    'https://',
    'post' + 'gres://u:p@h/x',
    '-----BEGIN ' + 'RSA PRIVATE KEY-----',
  ],
  [
    KEY_ID,
    TOKEN,
    'wJalrXUtnFEMI' + 'K7MDENGbPxRfiCYzzzzzzzKEYab',
    'eyJhbGciOiJIUzI1NiJ9',
    'xox' + 'b-',
    'sk_' + 'live_',
    'np' + 'm_',
  ],
].flat()

test('lets pass whatever redaction has cleaned: an exchange that is stopped is lost', async () => {
  const redaction = createRedaction()
  const text = array(constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 8 }).map((parts) =>
    parts.join(''),
  )
  const encoded = oneof(
    text,
    text,
    text.map((plain) => Buffer.from(plain).toString('base64')),
    text.map((plain) => encodeURIComponent(plain)),
    text.map((plain) => JSON.stringify({ a: plain })),
  )
  const exchange = tuple(encoded, encoded, encoded, text).map(([one, other, third, name]) =>
    redaction.redactExchange(
      ask(
        {
          startedBy: one,
          tags: [{ key: other, value: third }],
          overrides: { containerOverrides: [{ name, command: [one, third] }] },
          [name]: other,
        },
        {
          response: {
            status: 400,
            headers: {},
            body: { __type: 'ClientException', message: third },
          },
        },
      ),
    ),
  )
  const exchanges = sample(exchange, { numRuns: 400, seed: 4 })
  expect(exchanges.flatMap(scanExchange)).toEqual([])
  expect(await scanRecording(record(...exchanges))).toEqual([])
})

test('does not take what stands in the place of a secret for one', async () => {
  const texts = [
    'postgres://me:(redacted)@db.example.com/orders',
    'https://me:(redacted)@example.com/',
    'AWS_SECRET_ACCESS_KEY=(redacted)',
  ]
  expect(await scanText(texts.map((text, index) => ({ pointer: `/${index}`, text })))).toEqual([])
})

test('takes no text at all', async () => {
  expect(await scanText([])).toEqual([])
})

test('finds a secret however often harmless texts were looked at before', () => {
  for (let index = 0; index < 12_000; index++) scanExchange(ask({ startedBy: `nothing-${index}` }))
  expect(scanExchange(ask({ startedBy: TOKEN }))).toHaveLength(1)
  expect(scanExchange(ask({ startedBy: TOKEN }))).toHaveLength(1)
})
