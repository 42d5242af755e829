import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request as the service met it. */
export interface MetRequest {
  url: string
  headers: IncomingMessage['headers']
  rawHeaders: string[]
  body: string
}

/** A service that answers as a test wants it, and counts. */
export interface Upstream extends AsyncDisposable {
  url: string
  met: MetRequest[]
}

export type AnswerRequest = (
  request: MetRequest,
  response: ServerResponse,
  count: number,
) => unknown

/** Starts an HTTP server on this machine; `answer` gets the number of earlier requests. */
export async function startUpstream(answer: AnswerRequest): Promise<Upstream> {
  const met: MetRequest[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      const read = {
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: bytes.toString('utf8'),
      }
      met.push(read)
      return answer(read, response, met.length - 1)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const dispose = async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${port}`, met, [Symbol.asyncDispose]: dispose }
}

/** Answers with JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers })
    .end(JSON.stringify(body))
}

/** What a service answers that starts nothing, `mark` so that responses differ. */
export function answerNothing(response: ServerResponse, mark = 'ci-a'): void {
  answerJson(response, 200, { tasks: [], failures: [{ arn: mark, reason: 'AGENT' }] })
}
