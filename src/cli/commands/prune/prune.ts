import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { isArchive } from '../../../archive/index.ts'
import { HarnessError } from '../../../message/index.ts'
import {
  listJournals,
  listRecordingFiles,
  readRecording,
  saveRecording,
} from '../../../recording/index.ts'
import type { Recording } from '../../../protocol/index.ts'
import { formatExchangeNumbers } from '../../../replayer/engine/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { EXIT, printData, printNotice, printText } from '../../output/terminal.ts'
import { describeChanged, readUsage } from '../../input/usage-files.ts'
import { loadConfig } from '../../../config/index.ts'
import {
  acceptRecording,
  createRedaction,
  loadPseudonymKey,
  type Redaction,
} from '../../../redaction/index.ts'

export interface PruneCommand {
  paths: string[]
  /** The folder in which runs noted what they played. */
  usage: string
  check: boolean
  json: boolean
}

/** What a recording has that no run played. */
interface Found {
  path: string
  exchanges: number
  unused: number[]
  /** Whether no run loaded it at all. */
  isNeverLoaded: boolean
}

/** Drops what no run played, or tells of it; gives the exit code. Looks at everything before it writes anything. */
export function prune({ paths, usage, check, json }: PruneCommand): number {
  const archived = paths.find((path) => isArchive(path))
  if (archived !== undefined)
    throw new HarnessError('usage', `${archived} is an archive, which is not pruned.`, {
      remedy: `prune the recordings that it was made of, and make it anew: starttask archive PATH --out ${archived}`,
    })
  const played = readUsage(usage)
  const files = [...new Set(paths.flatMap((path) => listRecordingFiles(path)))]
  const recordings = files.map((path) => ({
    path,
    recording: readRecording(path),
  }))
  const found = recordings.map(({ path, recording }) =>
    findUnused(path, recording, played.get(resolve(path))),
  )
  if (!check)
    for (const [index, { path, unused }] of found.entries())
      drop(path, recordings[index]?.recording, unused)
  const isFound = found.some(({ unused }) => unused.length > 0)
  if (json)
    printData(
      formatJson({
        schemaVersion: 1,
        usage,
        recordings: found.map(({ isNeverLoaded, ...told }) => ({
          ...told,
          neverLoaded: isNeverLoaded,
        })),
      }),
    )
  else printFound(found, check)
  return check && isFound ? EXIT.failed : EXIT.fine
}

function findUnused(
  path: string,
  recording: Recording,
  usage: { exchanges: number; played: Set<number> } | undefined,
): Found {
  if (listJournals(path).length > 0)
    throw new HarnessError('recording-invalid', `A recorder was killed beside ${path}.`, {
      remedy: `starttask recover ${path}, then run the tests and prune again`,
    })
  const { length } = recording.exchanges
  if (usage && usage.exchanges !== length) throw describeChanged(path)
  const isPlayed = (index: number) => usage?.played.has(index + 1) === true
  const invocations = new Set(
    recording.exchanges.flatMap(({ invocation }, index) =>
      isPlayed(index) ? (invocation ?? []) : [],
    ),
  )
  const unused = recording.exchanges.flatMap(({ invocation }, index) => {
    const isKept = isPlayed(index) || (invocation !== undefined && invocations.has(invocation)) // attempts belong together
    return isKept ? [] : [index + 1]
  })
  return { path, exchanges: length, unused, isNeverLoaded: !usage }
}

/** A recording of which nothing is left goes with its file. */
function drop(path: string, recording: Recording | undefined, unused: readonly number[]): void {
  if (!recording || unused.length === 0) return
  if (unused.length === recording.exchanges.length && !recording.taskStateChanges)
    return rmSync(path)
  const gone = new Set(unused)
  const exchanges = recording.exchanges.filter((_, index) => !gone.has(index + 1))
  saveRecording(path, acceptRecording({ ...recording, exchanges }, createTeamRedaction))
}

function createTeamRedaction(): Redaction {
  const { keep, redact } = loadConfig({})
  return createRedaction({ key: loadPseudonymKey().key, keep, redact })
}

function printFound(found: readonly Found[], isCheck: boolean): void {
  const touched = found.filter(({ unused }) => unused.length > 0)
  const dropped = touched.reduce((sum, { unused }) => sum + unused.length, 0)
  for (const { path, exchanges, unused, isNeverLoaded } of touched) {
    const what = isNeverLoaded
      ? 'no run loaded it'
      : unused.length === exchanges
        ? 'nothing of it was played'
        : `unused ${formatExchangeNumbers(unused)} of ${exchanges}`
    printText(
      `${isCheck ? 'unused' : unused.length === exchanges ? 'deleted' : 'pruned'}     ${path}: ${what}`,
    )
  }
  printNotice(
    `starttask: ${dropped} of ${found.reduce((sum, { exchanges }) => sum + exchanges, 0)} recorded exchanges in ${found.length} files ${isCheck ? 'are unused' : 'dropped'}`,
  )
}
