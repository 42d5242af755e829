import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Preloaded: before a file is renamed or removed, everything beside it that is no finished recording is copied to the folder KEPT_FILES,
 * where a test looks at what the process had on disk for a moment. A file leaves the disk in no other way but these, or stays.
 */
const kept = process.env['KEPT_FILES'] ?? ''
let count = 0

function keepBeside(path: fs.PathLike): void {
  const folder = dirname(String(path))
  if (!fs.existsSync(folder)) return
  const filter = (source: string) => source === folder || !source.endsWith('.json')
  fs.cpSync(folder, join(kept, String(count++)), { recursive: true, filter })
}

const { renameSync, rmSync, unlinkSync } = fs
fs.renameSync = (from, to) => {
  keepBeside(from)
  renameSync(from, to)
}
fs.rmSync = (path, options) => {
  keepBeside(path)
  rmSync(path, options)
}
fs.unlinkSync = (path) => {
  keepBeside(path)
  unlinkSync(path)
}
syncBuiltinESMExports()
