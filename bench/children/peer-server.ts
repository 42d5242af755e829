/**
 * A peer with the bench's recordings, set up as its users would for AWS JSON: by target and JSON body. Arguments: which peer, how many recordings.
 * Tells its URL on standard output.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { getResponse } from 'msw'
import { http, HttpResponse } from 'msw/http'

import { makeExchanges, makeFolder, TARGET } from '../recordings.ts'

const [, , peer = '', count = ''] = process.argv
const exchanges = makeExchanges(Number(count))
const HEADERS = { 'content-type': 'application/x-amz-json-1.1' }
const modules = join(import.meta.dirname, '../node_modules')
const require = createRequire(join(modules, 'x.js'))

const PEERS: Record<string, () => Promise<string> | string> = {
  wiremock() {
    const mappings = exchanges.map(({ request, response }) => ({
      request: {
        method: 'POST',
        urlPath: '/',
        headers: { 'X-Amz-Target': { equalTo: TARGET } },
        bodyPatterns: [{ equalToJson: JSON.stringify(request) }],
      },
      response: { status: 200, headers: HEADERS, body: JSON.stringify(response) },
    }))
    const folder = makeFolder({})
    mkdirSync(join(folder, 'mappings'))
    writeFileSync(join(folder, 'mappings/all.json'), JSON.stringify({ mappings }))
    const jar = join(modules, 'wiremock/build/wiremock-standalone-3.13.2.jar')
    const options = [
      '--port',
      '0',
      '--bind-address',
      '127.0.0.1',
      '--root-dir',
      folder,
      '--no-request-journal',
      '--disable-banner',
    ]
    return readPort(keep(spawn('java', ['-jar', jar, ...options])), /port:?\s+(\d+)/i)
  },
  async mountebank() {
    const stubs = exchanges.map(({ request, response }) => ({
      predicates: [
        { equals: { headers: { 'x-amz-target': TARGET } } },
        { deepEquals: { body: request } },
      ],
      responses: [
        {
          is: {
            statusCode: 200,
            headers: { ...HEADERS, connection: 'keep-alive' },
            body: JSON.stringify(response),
          },
        },
      ], // it closes otherwise
    }))
    const [admin, port] = [await findFreePort(), await findFreePort()]
    const folder = makeFolder({
      'imposters.json': JSON.stringify({ imposters: [{ protocol: 'http', port, stubs }] }),
    })
    const options = [
      '--configfile',
      join(folder, 'imposters.json'),
      '--port',
      String(admin),
      '--localOnly',
      '--nologfile',
      '--pidfile',
    ]
    const child = keep(
      spawn(process.execPath, [
        join(modules, 'mountebank/bin/mb'),
        ...options,
        join(folder, 'mb.pid'),
      ]),
    )
    await waitFor(child, /Open for business/)
    return `http://127.0.0.1:${port}`
  },
  async talkback() {
    const folder = makeFolder({})
    const meta = {
      createdAt: '2026-11-21T22:00:32.000Z',
      host: 'http://127.0.0.1:1',
      resHumanReadable: true,
      reqHumanReadable: true,
    }
    for (const [index, { request, response }] of exchanges.entries()) {
      const req = {
        headers: { 'x-amz-target': TARGET, 'content-type': 'application/json' },
        url: '/',
        method: 'POST',
        body: request,
      }
      const res = { status: 200, headers: { 'content-type': ['application/json'] }, body: response }
      writeFileSync(join(folder, `${index}.json5`), JSON.stringify({ meta, req, res }))
    }
    const talkback: (options: object) => { start(): Promise<unknown> } = require('talkback')
    const port = await findFreePort()
    const options = {
      host: 'http://127.0.0.1:1',
      port,
      path: folder,
      record: 'DISABLED',
      silent: true,
      summary: false,
    }
    await talkback({ ...options, allowHeaders: ['x-amz-target'] }).start()
    return `http://127.0.0.1:${port}`
  },
  msw() {
    const responses = new Map(
      exchanges.map(({ request, response }) => [JSON.stringify(request), JSON.stringify(response)]),
    )
    const handlers = [
      http.post('http://127.0.0.1/', async ({ request }) => {
        const response = responses.get(JSON.stringify(await request.json()))
        return response === undefined
          ? new HttpResponse(null, { status: 404 })
          : new HttpResponse(response, { headers: HEADERS })
      }),
    ]
    const server = createServer((incoming, response) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        const request = new Request('http://127.0.0.1/', {
          method: 'POST',
          headers: readHeaders(incoming),
          body: Buffer.concat(chunks),
        })
        void getResponse(handlers, request).then(async (served) => {
          const body = Buffer.from((await served?.arrayBuffer()) ?? new ArrayBuffer(0))
          response
            .writeHead(served?.status ?? 500, {
              ...Object.fromEntries(served?.headers ?? []),
              'content-length': body.length,
            })
            .end(body)
        })
      })
    })
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
      })
    })
  },
}

function readHeaders({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).map(([name, value]) => [name, String(value)])
}

/** It ends with this process. */
function keep(child: ChildProcess): ChildProcess {
  process.on('exit', () => child.kill('SIGKILL'))
  child.stderr?.resume()
  return child
}

async function waitFor(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  if (!child.stdout) throw new Error('The peer has no standard output.')
  for await (const line of createInterface(child.stdout)) {
    const match = pattern.exec(line)
    if (match) {
      child.stdout.resume()
      return match
    }
  }
  throw new Error(`${peer} ended before it was ready.`)
}

async function readPort(child: ChildProcess, pattern: RegExp): Promise<string> {
  return `http://127.0.0.1:${(await waitFor(child, pattern))[1]}`
}

function findFreePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0
      server.close(() => resolve(port))
    })
  })
}

process.on('disconnect', () => process.exit())
const start = PEERS[peer]
if (!start) throw new Error(`There is no peer ${peer}.`)
console.log(await start())
