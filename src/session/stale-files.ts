import { statSync } from 'node:fs'

import { listRecordingFiles } from '../recording/index.ts'

/** The recording files of a folder that nobody has written since a time, in milliseconds since 1970; none for a single file. */
export function listStaleFiles(path: string, since: number): string[] {
  if (path.endsWith('.json')) return []
  return listFiles(path).filter(
    (file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? since) < since,
  )
}

function listFiles(path: string): string[] {
  try {
    return listRecordingFiles(path)
  } catch {
    return [] // no folder, or nothing in it
  }
}
