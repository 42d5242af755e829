import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

import { HarnessError } from '../message/index.ts'
import type { ArchiveFinding } from './format.ts'
import { expandFrame, type Frame, isZstd, readSeekTable, walkFrames } from './compression.ts'

/** What is in an archive file, compressed or not. Offsets are those of the content. */
export interface Content {
  /** The bytes that it had when it was opened: what is added later is not seen. */
  readonly size: number
  /** Tells one state of the file from another. */
  readonly stamp: string
  readonly findings: readonly ArchiveFinding[]
  /** Throws when the file has become shorter. */
  readAt(offset: number, length: number): Buffer
  /** Fills the target from `at` on, as far as there is content; gives how many bytes. */
  readInto(target: Buffer, at: number, offset: number): number
  /** Where the next part begins that can be read by itself, behind the one that this byte is in. */
  findNextPart(offset: number): number
  /** What is said of the file now, where it is no longer what it was. */
  lookAgain(): ArchiveFinding | undefined
}

/** Files are closed when nobody can ask for them any more: nobody tells a replayer that it is needed no more. */
const forgotten = new FinalizationRegistry<number>((file) => closeSync(file))

/** Opens the file. Throws `not-found`, and `recording-invalid` for a compressed file that cannot be read from its middle, with what to do about it. */
export function openContent(path: string): Content {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw new HarnessError('not-found', `${path} does not exist or cannot be read.`, {
      cause: error,
    })
  }
  const { size, mtimeNs, ctimeNs, ino, dev } = fstatSync(file, { bigint: true })
  const bytes = Number(size)
  const readFile = (offset: number, length: number) =>
    readBytes(file, offset, Math.min(length, Math.max(0, bytes - offset)))
  const begin = readFile(0, 4)
  let frames: Frames | undefined
  try {
    if (begin[0] === 0x1f && begin[1] === 0x8b) throw describeUnseekable(path, 'gzip')
    frames = isZstd(begin) ? findFrames(path, readFile, bytes) : undefined
  } catch (error) {
    closeSync(file)
    throw error
  }
  const readAt = frames
    ? readExpanded(frames.list, readFile)
    : (offset: number, length: number) => requireAll(readFile(offset, length), length)
  const contentBytes = frames ? (frames.list.at(-1)?.contentEnd ?? 0) : bytes
  const content: Content = {
    size: contentBytes,
    stamp: [dev, ino, size, mtimeNs, ctimeNs].join(' '),
    findings: frames?.findings ?? [],
    readAt,
    readInto: frames
      ? (target, at, offset) =>
          readAt(
            offset,
            Math.min(target.length - at, endOfFrame(frames.list, offset) - offset),
          ).copy(target, at)
      : (target, at, offset) =>
          readSync(file, target, at, Math.min(target.length - at, bytes - offset), offset),
    findNextPart: (offset) => (frames ? endOfFrame(frames.list, offset) : contentBytes),
    lookAgain: () => describeChange(bytes, fstatSync(file).size),
  }
  forgotten.register(content, file)
  return content
}

function describeChange(before: number, now: number): ArchiveFinding | undefined {
  if (now === before) return undefined
  const what = now > before ? `${now - before} bytes were added` : `${before - now} bytes are gone`
  return {
    rule: now > before ? 'archive.grown' : 'archive.cut',
    offset: Math.min(now, before),
    message: `${what} since the archive was opened; open it again to see them`,
  }
}

function describeUnseekable(path: string, kind: string): HarnessError {
  return new HarnessError(
    'recording-invalid',
    `${path} is ${kind}, which can only be read from its beginning.`,
    { remedy: `starttask archive ${path} --out ARCHIVE.ndjson.zst` },
  )
}

function readBytes(file: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let done = 0
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, offset + done)
    if (count === 0) break
    done += count
  }
  return done === length ? bytes : bytes.subarray(0, done)
}

function requireAll(bytes: Buffer, length: number): Buffer {
  if (bytes.length < length) throw new Error('the file ends before')
  return bytes
}

interface Frames {
  list: readonly Frame[]
  findings: ArchiveFinding[]
}

function findFrames(
  path: string,
  readFile: (offset: number, length: number) => Buffer,
  size: number,
): Frames {
  const table = readSeekTable(readFile, size)
  if (table) return { list: table, findings: [] }
  const { frames, end } = walkFrames(readFile, size)
  if (frames.length <= 1) throw describeUnseekable(path, 'zstd of a single frame')
  const missing: ArchiveFinding = {
    rule: 'archive.frame',
    offset: end,
    message:
      end < size
        ? `the frame that begins here is cut off or damaged, and no table of frames follows; ${frames.length} whole frames before it are served`
        : `no table of frames closes the file; its ${frames.length} frames were found one by one`,
  }
  return { list: frames, findings: [missing] }
}

const MOST_KEPT = 16

/** Frames that were expanded last are kept. */
function readExpanded(
  frames: readonly Frame[],
  readFile: (offset: number, length: number) => Buffer,
) {
  const kept = new Map<Frame, Buffer>()
  const expand = (frame: Frame): Buffer => {
    const known = kept.get(frame)
    if (known) return known
    const made = expandFrame(readFile(frame.start, frame.end - frame.start), frame)
    const [oldest] = kept.keys()
    if (kept.size >= MOST_KEPT && oldest) kept.delete(oldest)
    kept.set(frame, made)
    return made
  }
  return (offset: number, length: number): Buffer => {
    const parts: Buffer[] = []
    for (let at = offset, index = findFrame(frames, offset); at < offset + length; index++) {
      const frame = frames[index]
      if (!frame) throw new Error('the file ends before')
      const part = expand(frame).subarray(
        at - frame.contentStart,
        offset + length - frame.contentStart,
      )
      parts.push(part)
      at += part.length
    }
    const [only] = parts
    return parts.length === 1 && only ? only : Buffer.concat(parts)
  }
}

function endOfFrame(frames: readonly Frame[], offset: number): number {
  return frames[findFrame(frames, offset)]?.contentEnd ?? offset
}

/** The frame that holds the byte, by halving. */
function findFrame(frames: readonly Frame[], offset: number): number {
  let [low, high] = [0, frames.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((frames[middle]?.contentEnd ?? 0) > offset) high = middle
    else low = middle + 1
  }
  return low
}
