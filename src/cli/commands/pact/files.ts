import { statSync } from 'node:fs'

import { HarnessError } from '../../../message/index.ts'
import { listFilesBelow } from '../../../recording/index.ts'

/** The pact files that paths name; of a folder all that end in .json. Throws `not-found` for a path that does not exist, or a folder without any. */
export function listPactFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found)
      throw new HarnessError('not-found', `${path} does not exist.`, {
        remedy: 'name a pact file, or a folder with some',
      })
    if (!found.isDirectory()) return [path]
    const files = listFilesBelow(path, ['.json'])
    if (files.length === 0)
      throw new HarnessError('not-found', `${path} holds no .json file.`, {
        remedy: 'name a pact file, or a folder with some',
      })
    return files
  })
}
