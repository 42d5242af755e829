import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a broker got to publish. */
export interface Published {
  pacticipantName: string
  pacticipantVersionNumber: string
  branch?: string
  tags?: string[]
  contracts: { consumerName: string; providerName: string; content: string }[]
}

/** How the broker behaves: as it should, or not. */
export type BrokerMood = 'fine' | 'unauthorised' | 'conflict' | 'silent' | 'stuck' | 'html'

/** A double of the Pact Broker's documented API: the index with its links, and the publication of contracts. */
export async function startBroker(mood: BrokerMood) {
  const published: Published[] = []
  const authorizations: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      authorizations.push(request.headers.authorization)
      const reply = (status: number, body: object) =>
        response
          .writeHead(status, { 'content-type': 'application/hal+json' })
          .end(JSON.stringify(body))
      if (mood === 'silent' || (mood === 'stuck' && request.method !== 'HEAD')) return
      if (mood === 'html')
        return void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html>hello</html>')
      if (mood === 'unauthorised')
        return void reply(401, {
          error: { message: `no entry for ${request.headers.authorization ?? 'nobody'}` },
        })
      const base = `http://${request.headers.host}`
      if (request.url === '/')
        return void reply(200, {
          _links: {
            self: { href: base },
            'pb:publish-contracts': { href: `${base}/contracts/publish` },
          },
        })
      if (request.url !== '/contracts/publish') return void reply(404, {})
      if (mood === 'conflict')
        return void reply(409, {
          notices: [{ type: 'error', text: 'another pact has this version' }],
          errors: { contracts: ['conflict'] },
        })
      published.push(JSON.parse(Buffer.concat(pieces).toString('utf8')))
      return void reply(200, {
        notices: [{ type: 'success', text: 'published' }],
        _embedded: {},
        _links: {},
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const waiting = Promise.withResolvers<void>()
  server.on('connection', (socket) => {
    socket.once('close', () =>
      server.getConnections((_error, count) => count === 0 && waiting.resolve()),
    )
  })
  return {
    /** Resolves when nobody is connected any more. */
    left: waiting.promise,
    url: `http://127.0.0.1:${port}`,
    published,
    authorizations,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
