import { type Agent, request as sendRequest } from 'node:https'
import { Readable } from 'node:stream'

import type { ReplayRequestHandler } from '../../src/replayer/adapters/index.ts'

/** As a client without any SDK goes through an adapter: in fetch's terms, so that one suite serves all of them. */
export type AdapterFetch = (
  url: string,
  init: { headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> },
) => Promise<Response>

export const fetchOverNetwork: AdapterFetch = (url, init) => fetch(url, { method: 'POST', ...init })

/** With Node.js's own HTTP client and the agent. */
export const fetchThroughAgent =
  (agent: Agent): AdapterFetch =>
  (url, { headers, body }) =>
    new Promise((resolve, reject) => {
      const request = sendRequest(url, { agent, method: 'POST', headers }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve(buildResponse(incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks))),
        )
      })
      request.on('error', reject)
      request.end(body)
    })

/** As the SDK calls its request handler. */
export const fetchThroughHandler =
  (handler: ReplayRequestHandler): AdapterFetch =>
  async (url, { headers, body }) => {
    const { response } = await handler.handle({
      method: 'POST',
      path: new URL(url).pathname,
      headers,
      body,
    })
    const bytes =
      response.body instanceof Readable
        ? Buffer.concat(await response.body.toArray())
        : response.body
    return buildResponse(
      response.statusCode,
      response.headers,
      bytes instanceof Uint8Array ? Buffer.from(bytes) : Buffer.alloc(0),
    )
  }

function buildResponse(
  status: number,
  headers: NodeJS.Dict<string | string[]>,
  body: Buffer<ArrayBuffer>,
): Response {
  const all = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  return new Response(body, { status, headers: all })
}
