import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

import { createRecordedReader, outline, type ReadingSettings } from '../matching/index.ts'
import { describeReason, HarnessError } from '../message/index.ts'
import type { Exchange } from '../protocol/index.ts'
import type { RedactedExchange, RedactedProvenance } from '../redaction/index.ts'
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, formatLine, shortenDigest } from './format.ts'
import { compressFrame, formatSeekTable } from './compression.ts'

/** Writes an archive; it stands at its place whole, or not at all. */
export interface ArchiveWriter {
  /** @param digest what identifies its request, in base64 */
  add(exchange: RedactedExchange, digest: string): void
  finish(): void
  /** Takes away what was written so far. */
  abandon(): void
}

/** What stands in its first line. */
interface Heading {
  recordedAt: string
  provenance: RedactedProvenance
  keys: string
}

/** How much goes into one frame, or into one writing: a lookup expands a frame. */
const PIECE_BYTES = 128 * 1024

/** Opens an archive for writing; a name that ends in `.zst` makes it one of frames. Throws `write-failed`. */
export function createArchiveWriter(
  path: string,
  { recordedAt, provenance, keys }: Heading,
): ArchiveWriter {
  const isCompressed = path.endsWith('.zst')
  const temporary = `${path}.${crypto.randomUUID()}.tmp`
  const file = attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true })
    return openSync(temporary, 'wx')
  })
  const frames: { compressed: number; content: number }[] = []
  let lines: Buffer[] = []
  let bytes = 0
  const write = (piece: Uint8Array) => {
    for (let done = 0; done < piece.length;) done += writeSync(file, piece, done)
  }
  const flush = () => {
    if (bytes === 0) return
    const content = Buffer.concat(lines)
    const piece = isCompressed ? compressFrame(content) : content
    write(piece)
    frames.push({ compressed: piece.length, content: content.length })
    lines = []
    bytes = 0
  }
  const put = (text: string) => {
    const line = Buffer.from(text)
    lines.push(line)
    bytes += line.length
    if (bytes >= PIECE_BYTES) attempt(path, flush)
  }
  const takeAway = () => rmSync(temporary, { force: true })
  const abandon = () => {
    process.off('exit', takeAway)
    closeSync(file)
    takeAway()
  }
  process.once('exit', takeAway) // whoever ends the process in between leaves nothing half written
  put(
    `${JSON.stringify({ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, recordedAt, provenance, keys })}\n`,
  )
  return {
    add: (exchange, digest) => put(formatLine(exchange, shortenDigest(digest))),
    finish() {
      try {
        attempt(path, () => {
          flush()
          if (isCompressed) write(formatSeekTable(frames))
          fsyncSync(file)
        })
      } catch (error) {
        abandon()
        throw error
      }
      process.off('exit', takeAway)
      closeSync(file)
      attempt(path, () => renameSync(temporary, path))
    },
    abandon,
  }
}

function attempt<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const reason = describeReason(error)
    throw new HarnessError('write-failed', `Cannot write ${path}: ${reason}.`, { cause: error })
  }
}

/** What stands in archives to find their exchanges by. */
export interface Keys {
  /** Tells these keys from those of other rules. */
  readonly rules: string
  digest(exchange: Exchange): string
}

/** Makes keys as a replayer with these settings looks for them; of exchanges that the same redaction has been through. */
export function createKeys(settings: Pick<ReadingSettings, 'match' | 'redaction'>): Keys {
  const reader = createRecordedReader({ ...settings, attempts: 'recorded' })
  return {
    rules: reader.keys,
    digest: (exchange) => outline(exchange, settings.redaction.rulesHash, reader).digest,
  }
}
