import { parseBody } from '../../../protocol/index.ts'
import { isSpace } from '../../input/lines.ts'

const LINE_FEED = 0x0a

/**
 * Whether bytes are several documents, one a line: when the first line that is not empty is JSON by itself and another follows. One
 * document over several lines never is, since a JSON text ends where it is whole. `all` gives the bytes from their beginning.
 */
export async function hasManyDocuments(
  chunks: AsyncGenerator<Buffer>,
  most: number,
): Promise<{ isMany: boolean; all: AsyncIterable<Buffer> }> {
  const head: Buffer[] = []
  const seesSecondLine = createSecondLineWatch()
  let size = 0
  let isSecondSeen = false
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    head.push(next.value)
    size += next.value.length
    isSecondSeen = seesSecondLine(next.value)
    if (isSecondSeen || size > most) break
  }
  return {
    isMany: isSecondSeen && isJson(readFirstLine(Buffer.concat(head)), most),
    all: joinChunks(head, chunks),
  }
}

/** Watches chunks go by and says when the second line that is not empty has begun. */
function createSecondLineWatch(): (chunk: Buffer) => boolean {
  let hasText = false
  let isNext = false
  return (chunk) => {
    for (const byte of chunk) {
      if (byte === LINE_FEED) isNext = hasText
      else if (!isSpace(byte)) {
        if (isNext) return true
        hasText = true
      }
    }
    return false
  }
}

function readFirstLine(head: Buffer): Buffer {
  const start = head.findIndex((byte) => !isSpace(byte))
  return head.subarray(start, head.indexOf(LINE_FEED, start))
}

function isJson(bytes: Buffer, most: number): boolean {
  try {
    return parseBody(bytes, most) !== undefined
  } catch {
    return false
  }
}

async function* joinChunks(
  head: readonly Buffer[],
  rest: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  yield* head
  yield* rest
}
