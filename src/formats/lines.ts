import { describeReason } from '../message/index.ts'
import type { ImportSource, TellFinding } from './imported.ts'

/** The longest line, or record, that is read. A response of StartTask has some tens of kilobytes. */
export const MAX_RECORD_BYTES = 8 * 1024 * 1024
const LINE_FEED = 0x0a

/** A line without its end; `line` counts from 1. */
export interface Line {
  text: string
  line: number
}

/** The lines of a source. One that is too long is told and left out; where the source breaks off, that is told, and what came before is given. */
export async function* readLines(source: ImportSource, tell: TellFinding): AsyncGenerator<Line> {
  let pieces: Uint8Array[] = []
  let bytes = 0
  let line = 1
  const take = (): Line | undefined => {
    const isTooLong = bytes > MAX_RECORD_BYTES
    const text = isTooLong ? '' : Buffer.concat(pieces).toString('utf8').replace(/\r$/, '')
    if (isTooLong) tell(describeTooLarge(line, bytes))
    pieces = []
    bytes = 0
    return isTooLong ? undefined : { text, line }
  }
  for await (const chunk of readToEnd(source, tell, () => line)) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      bytes += end - start
      if (bytes <= MAX_RECORD_BYTES) pieces.push(chunk.subarray(start, end))
      const taken = take()
      line += 1
      start = end + 1
      if (taken) yield taken
    }
    bytes += chunk.length - start
    if (bytes <= MAX_RECORD_BYTES) pieces.push(chunk.subarray(start))
    else pieces = []
  }
  const last = bytes > 0 ? take() : undefined
  if (last) yield last
}

/** What there is of a source that may break off: a cut gzip stream, a disk that fails. */
export async function* readToEnd(
  source: ImportSource,
  tell: TellFinding,
  line: () => number | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source.read()
  } catch (error) {
    const at = line()
    const reason = describeReason(error)
    tell({
      ...(at === undefined ? {} : { line: at }),
      rule: 'import.cut',
      severity: 'error',
      message: `what follows cannot be read: ${reason}`,
    })
  }
}

export function describeTooLarge(line: number, bytes: number) {
  return {
    line,
    rule: 'import.too-large',
    severity: 'error',
    message: `a record of ${bytes} bytes; more than ${MAX_RECORD_BYTES} are not read`,
  } as const
}
