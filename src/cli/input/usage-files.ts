/** What runs noted of what they played. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { HarnessError } from '../../message/index.ts'
import { isObject, parseBody } from '../../protocol/index.ts'
import { type RecordingUsage, USAGE_FORMAT, USAGE_VERSION } from '../../replayer/engine/index.ts'

/** What all runs together played, by absolute path. Throws `not-found` where none has noted anything, `recording-invalid` for other files. */
export function readUsage(folder: string): Map<string, { exchanges: number; played: Set<number> }> {
  const all = new Map<string, { exchanges: number; played: Set<number> }>()
  const files = listUsageFiles(folder)
  if (files.length === 0)
    throw new HarnessError('not-found', `No run has noted in ${folder} what it played.`, {
      remedy: `STARTTASK_USAGE=${folder} npm test, or starttask replay PATH --usage ${folder} -- CMD`,
    })
  for (const file of files) {
    for (const { path: told, exchanges, played } of readUsageFile(join(folder, file))) {
      const path = resolve(folder, told)
      const known = all.get(path) ?? { exchanges, played: new Set<number>() }
      all.set(path, known)
      if (known.exchanges !== exchanges || !existsSync(path)) throw describeChanged(path)
      for (const exchange of played) known.played.add(exchange)
    }
  }
  return all
}

function listUsageFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
}

function readUsageFile(path: string): RecordingUsage[] {
  const value = parseBody(readFileSync(path, 'utf8'), 64 * 1024 * 1024)
  const recordings =
    isObject(value) && value['format'] === USAGE_FORMAT && value['version'] === USAGE_VERSION
      ? value['recordings']
      : undefined
  if (Array.isArray(recordings) && recordings.every(isUsage)) return recordings
  throw new HarnessError('recording-invalid', `${path} does not tell what a run played.`, {
    remedy: 'give a folder that holds nothing else, and let the runs note it anew',
  })
}

function isUsage(value: unknown): value is RecordingUsage {
  if (!isObject(value)) return false
  const { path, exchanges, played } = value
  return (
    typeof path === 'string' &&
    Number.isSafeInteger(exchanges) &&
    Array.isArray(played) &&
    played.every((one) => Number.isSafeInteger(one))
  )
}

/** A usage that no longer fits its recording. */
export function describeChanged(path: string): HarnessError {
  return new HarnessError(
    'recording-invalid',
    `${path} has changed, or is gone, since a run noted what it played of it.`,
    { remedy: 'empty the usage folder, run the tests, and prune again' },
  )
}
