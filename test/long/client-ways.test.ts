import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { describeExchanges } from '../recorder/recorders.ts'

const CLIENTS = [
  'AWS SDK v3',
  'AWS SDK v2',
  'fetch',
  'undici fetch',
  'undici request',
  'axios',
  'axios on fetch',
  'got',
]

const folder = mkdtempSync(join(tmpdir(), 'starttask-ways-'))
const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
const REQUEST =
  'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1'.split(
    ' ',
  )
const HAS_CERTIFICATE =
  spawnSync('openssl', REQUEST.concat('-keyout', keyFile, '-out', certificateFile)).status === 0
if (!HAS_CERTIFICATE && process.env['CI'])
  throw new Error('CI is set, where nothing is skipped: openssl made no certificate.')

/** Records one request in a process of its own; gives the recording's exchanges as a line each. */
async function recordOne(
  client: string,
  url: string,
  more: { limit?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<string[]> {
  const out = join(mkdtempSync(join(tmpdir(), 'starttask-ways-')), 'all.json')
  const inputs = [{ taskDefinition: 'web', containerInstances: ['ci-a'] }]
  const told = JSON.stringify({
    client,
    url,
    inputs,
    record: { way: 'process', out },
    limit: more.limit,
  })
  const script = join(import.meta.dirname, '../recorder/children/call-start-task.ts')
  await new Promise<void>((resolve, reject) => {
    execFile(
      process.execPath,
      [script, told],
      { env: { ...process.env, ...more.env }, timeout: 60_000 },
      (error, _stdout, stderr) => (error ? reject(new Error(stderr)) : resolve()),
    )
  })
  return describeExchanges(out).map((line) => line.replace(/^invocation-1 attempt 1 /, ''))
}

test.skipIf(!HAS_CERTIFICATE).each(CLIENTS)(
  'records %s over TLS (needs openssl)',
  async (client) => {
    const server = createHttpsServer(
      { key: readFileSync(keyFile), cert: readFileSync(certificateFile) },
      (request, response) => {
        request.resume().on('end', () => response.end('{"tasks":[],"failures":[]}'))
      },
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    expect(await recordOne(client, url, { env: { NODE_EXTRA_CA_CERTS: certificateFile } })).toEqual(
      ['200'],
    )
    server.close().closeAllConnections()
  },
)

/** Clients that close the connection themselves when they wait no longer: Node.js then tells of a reset, to them as to the recorder. */
const CLOSES_ITSELF = new Set(['AWS SDK v2'])

test.each(CLIENTS)('records that %s waited no longer', async (client) => {
  const server = createHttpServer((request) => void request.resume())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const expected = CLOSES_ITSELF.has(client)
    ? /^reset ECONNRESET$/
    : /^timeout (ETIMEDOUT|UND_ERR_HEADERS_TIMEOUT)$/
  expect(await recordOne(client, url, { limit: 200 })).toEqual([expect.stringMatching(expected)])
  server.close().closeAllConnections()
})
