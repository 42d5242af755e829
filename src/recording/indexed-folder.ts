import { statSync } from 'node:fs'

import type { Exchange, Recording } from '../protocol/index.ts'
import { HarnessError } from '../message/index.ts'
import {
  type Derived,
  type IndexedRecording,
  isSettled,
  keepInCache,
  locateInCache,
  readFromCache,
} from './index-cache.ts'
import { listFilesBelow, readRecording } from './store.ts'

const FORMAT = 'starttask-folder-index 1'
/** Fewer are parsed faster than an index pays for. */
const FEWEST_FILES = 50
/** Files that were read last are kept. */
const MOST_KEPT = 100

/** What is known of a file, in one state of it. */
interface KnownFile {
  stamp: string
  redactedBy: unknown
  outlines: Derived[]
}

/**
 * Opens a folder with many recordings by what an earlier opening left in the user's cache: files that are as they were then are read when one of their exchanges
 * is asked for. `undefined` for a folder with few files, or with what a killed recorder left. Throws what reading a recording throws.
 *
 * @param rules tells one way of deriving from another
 */
export function openIndexedFolder(
  path: string,
  rules: string,
  derive: (exchange: Exchange, redactedBy: unknown) => Derived,
): (IndexedRecording & { path: string })[] | undefined {
  const files = listFilesBelow(path, ['.json'])
  if (files.length < FEWEST_FILES || listFilesBelow(path, ['.journal']).length > 0) return undefined
  const place = locateInCache(`folder ${path}`, rules)
  if (place === undefined) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- in the user's own cache; what it leads to is looked at again
  const before = (readFromCache(place, FORMAT) ?? {}) as Record<string, KnownFile>
  const kept = new Map<string, Recording>()
  const now: Record<string, KnownFile> = {}
  let isChanged = Object.keys(before).length !== files.length
  const opened = files.map((file) => {
    const stamp = readStamp(file)
    const known = Object.hasOwn(before, file) ? before[file] : undefined
    const isKnown = known !== undefined && known.stamp === stamp.text
    const facts = isKnown ? known : describeFile(file, stamp.text, derive)
    if (!isKnown) isChanged = true
    if (stamp.isSettled) now[file] = facts
    return openFile(file, facts, kept)
  })
  if (isChanged) keepInCache(place, FORMAT, now)
  return opened
}

function readStamp(file: string): { text: string; isSettled: boolean } {
  const { ino, size, mtimeMs, ctimeMs } = statSync(file)
  return { text: [ino, size, mtimeMs, ctimeMs].join(' '), isSettled: isSettled(ctimeMs) }
}

function describeFile(
  file: string,
  stamp: string,
  derive: (exchange: Exchange, redactedBy: unknown) => Derived,
): KnownFile {
  const { provenance, exchanges } = readRecording(file)
  const redactedBy = provenance['redaction']
  return { stamp, redactedBy, outlines: exchanges.map((exchange) => derive(exchange, redactedBy)) }
}

function openFile(
  path: string,
  { stamp, redactedBy, outlines }: KnownFile,
  kept: Map<string, Recording>,
): IndexedRecording & { path: string } {
  const read = (): Recording => {
    const known = kept.get(path)
    if (known) return known
    if (readStamp(path).text !== stamp)
      throw new HarnessError(
        'recording-invalid',
        `${path} cannot be read any more: it was changed meanwhile. Start the replayer again.`,
      )
    const recording = readRecording(path)
    const [oldest] = kept.keys()
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    kept.set(path, recording)
    return recording
  }
  return {
    path,
    redactedBy,
    outlines,
    read(index) {
      const exchange = read().exchanges[index]
      if (!exchange)
        throw new HarnessError(
          'recording-invalid',
          `${path} has no exchange ${index + 1} any more.`,
        )
      return exchange
    },
    readAll: () => read().exchanges,
  }
}
