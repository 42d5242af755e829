import { HarnessError } from '../../message/index.ts'
import { MAX_BODY_BYTES } from '../../protocol/index.ts'

const NO_BYTES = new Uint8Array()

/**
 * A request body as bytes: text, bytes, or a stream of either, which is read to its end or to the limit. Throws, or rejects with, `usage` for
 * any other body, and `too-large` for a stream beyond the limit.
 */
export function readBytes(body: unknown): Uint8Array | Promise<Uint8Array> {
  if (body === undefined || body === null) return NO_BYTES
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return body
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  if (isAsyncIterable(body)) return readStream(body)
  throw new HarnessError(
    'usage',
    'The request body is neither text nor bytes nor a stream of them. AWS JSON requests have a text.',
  )
}

function isAsyncIterable(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

async function readStream(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (!(bytes instanceof Uint8Array))
      throw new HarnessError('usage', 'The request body is a stream of neither text nor bytes.')
    length += bytes.length
    if (length > MAX_BODY_BYTES)
      throw new HarnessError(
        'too-large',
        `The request body has more than ${MAX_BODY_BYTES} bytes; it was not read.`,
      )
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
