import { EventEmitter } from 'node:events'
import { Readable } from 'node:stream'

/** Is told the bytes of a body once its reader has them all; `undefined` when it broke off. */
type Tell = (bytes: Uint8Array | undefined) => void

/** The bytes of a body that is whole, of their own; `undefined` for a stream, and for what is no body. */
export function copyBytes(body: unknown): Uint8Array | undefined {
  if (body === undefined || body === null) return new Uint8Array()
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0))
  return ArrayBuffer.isView(body)
    ? Buffer.from(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
    : undefined
}

/**
 * Watches the body of a message while its reader reads it, at the reader's pace: no byte, no error and no time of the reader's is changed.
 * A web stream is put in place of `body`, since that kind cannot be watched. `false` for a body that nothing here can watch, which is then
 * left as it was.
 */
export function watchBody(message: unknown, tell: Tell): boolean {
  if (typeof message !== 'object' || message === null) return false
  const body: unknown = Reflect.get(message, 'body')
  const bytes = copyBytes(body)
  if (bytes) tell(bytes)
  else if (body instanceof Readable) watchReadable(body, tell)
  else if (body instanceof ReadableStream)
    return Reflect.set(message, 'body', createWatchedStream(body, tell))
  else if (body instanceof Blob)
    void body.arrayBuffer().then(
      (whole) => tell(new Uint8Array(whole)),
      () => tell(undefined),
    )
  else return false
  return true
}

function watchReadable(body: Readable, tell: Tell): void {
  const chunks: Uint8Array[] = []
  const take = (chunk: unknown) => {
    const bytes =
      typeof chunk === 'string' ? Buffer.from(chunk, body.readableEncoding ?? 'utf8') : chunk
    if (bytes instanceof Uint8Array) chunks.push(bytes)
  }
  const tellOnce = createOnce(tell)
  EventEmitter.prototype.on.call(body, 'data', take) // its own `on` would start the stream before its reader is there
  body.once('end', () => tellOnce(Buffer.concat(chunks)))
  body.once('close', () => tellOnce(undefined))
  if (body.closed) tellOnce(undefined)
}

/** Pulls only when it is pulled from. */
function createWatchedStream(
  body: ReadableStream<Uint8Array>,
  tell: Tell,
): ReadableStream<Uint8Array> {
  const chunks: Uint8Array[] = []
  const tellOnce = createOnce(tell)
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          reader ??= body.getReader()
          const { done, value } = await reader.read()
          if (done) {
            tellOnce(Buffer.concat(chunks))
            return controller.close()
          }
          chunks.push(value)
          return controller.enqueue(value)
        } catch (error) {
          tellOnce(undefined)
          throw error // which gives it to the reader
        }
      },
      cancel(reason) {
        tellOnce(undefined)
        return (reader ?? body).cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function createOnce(tell: Tell): Tell {
  let isTold = false
  return (bytes) => {
    if (isTold) return
    isTold = true
    tell(bytes)
  }
}
