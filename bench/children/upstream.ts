/** A service that answers each request with the same recorded body. Tells its URL on standard output. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [, , file = ''] = process.argv
const body = readFileSync(file)

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response
      .writeHead(200, {
        'content-type': 'application/x-amz-json-1.1',
        'content-length': body.length,
      })
      .end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})
process.on('disconnect', () => process.exit())
