/** What startReplay would be with msw 2's name of its option: msw 3 ignores that name, and a request without a handler leaves the process. */
import { createServer } from 'node:http'

import { setupServer } from 'msw/node'

import { replayHandlers } from '../../../src/replayer/adapters/msw.ts'
import { describe, RECORDING } from './offline-requests.ts'

const service = createServer((_request, response) => response.end('from outside'))
const port = await new Promise<number>((resolve) => {
  service.listen({ port: 0, host: '127.0.0.1' }, () => {
    const address = service.address()
    resolve(typeof address === 'object' && address !== null ? address.port : 0)
  })
})
const server = setupServer(...replayHandlers(RECORDING))
// past the types, which know no such option
Reflect.apply(server.listen, server, [{ onUnhandledRequest: 'error' }])
const results = [
  await describe(fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'not ECS' })),
  await describe(fetch('https://service.invalid/', { method: 'POST', body: 'not ECS' })),
]
server.close()
service.close()
service.closeAllConnections()
process.stdout.write(JSON.stringify({ results, endpoint: `http://127.0.0.1:${port}` }))
