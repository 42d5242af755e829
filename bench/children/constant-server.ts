/** The floor: node:http that reads each request and answers with the same bytes. Argument: the answer's body. Tells its URL. */
import { createServer } from 'node:http'

const body = Buffer.from(process.argv[2] ?? '')
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': body.length }).end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})
process.on('disconnect', () => process.exit())
