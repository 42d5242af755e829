const LINE_FEED = 0x0a

/** A line that is not empty. Its bytes are left out when there were too many. */
export interface Line {
  /** Counts from 1. */
  line: number
  bytes: Buffer | undefined
  /** No line feed ends it: the file may have been cut short there. */
  isUnended: boolean
}

export interface LineSplitter {
  /** The lines that end in this chunk. */
  push(chunk: Buffer): Line[]
  /** The line that nothing ended, when there is one. */
  end(): Line[]
}

/** Splits bytes into lines and holds no more than one line of `most` bytes; of a longer one nothing is held. */
export function createLineSplitter(most: number): LineSplitter {
  let pieces: Buffer[] = []
  let size = 0
  let count = 0
  const take = (piece: Buffer) => {
    size += piece.length
    if (size > most) pieces = []
    else if (piece.length > 0) pieces.push(piece)
  }
  const finish = (isUnended: boolean): Line[] => {
    const bytes = size > most ? undefined : joinPieces(pieces)
    pieces = []
    size = 0
    count++
    return bytes && isBlank(bytes) ? [] : [{ line: count, bytes, isUnended }]
  }
  return {
    push(chunk) {
      const lines: Line[] = []
      let start = 0
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        take(chunk.subarray(start, end))
        lines.push(...finish(false))
        start = end + 1
      }
      take(chunk.subarray(start))
      return lines
    },
    end: () => finish(true),
  }
}

/** A line mostly lies in one chunk, and is not copied then. */
function joinPieces(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces
  return first && pieces.length === 1 ? first : Buffer.concat(pieces)
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every(isSpace)
}

/** Whether a byte is white space of JSON. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
