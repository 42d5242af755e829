/** A proxy on node:http that passes everything on and knows nothing. Tells its URL on standard output. */
import { createServer, request as send } from 'node:http'

const [, , upstream = ''] = process.argv
const { hostname, port } = new URL(upstream)

const server = createServer((request, response) => {
  const { method, url, headers } = request
  const outgoing = send({ hostname, port, method, path: url, headers }, (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, incoming.headers)
    incoming.pipe(response)
  })
  request.pipe(outgoing)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})
process.on('disconnect', () => process.exit())
