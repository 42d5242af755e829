import { readFile, rename, rm, writeFile } from 'node:fs/promises'

import { describeReason, HarnessError, isHarnessError } from '../message/index.ts'
import { parseProviderState } from './state-parser.ts'
import type { ProviderState } from './state.ts'

/** A state that is kept in a file. Only one provider may use a file: two would overwrite each other's changes. */
export interface StateFile {
  /** The state that the file had at first, or was created with. */
  readonly initial: ProviderState
  /** Accepts a new state to be written. A later one replaces it while it is not being written. */
  save(state: ProviderState): void
  /** Resolves when every accepted state is in the file. Rejects with `write-failed`. */
  settle(): Promise<void>
}

/** Opens a state file, or creates it with `fallback`. Throws `usage` or `not-json` for a file without a valid state. */
export async function openStateFile(
  path: string,
  fallback: () => ProviderState,
): Promise<StateFile> {
  const found = await loadState(path)
  const initial = found ?? fallback()
  if (!found) await writeState(path, initial)
  let waiting: ProviderState | undefined
  let writing: Promise<void> = Promise.resolve()

  const writeWaiting = async (): Promise<void> => {
    const next = waiting
    if (next === undefined) return // an earlier turn wrote it
    waiting = undefined
    try {
      await writeState(path, next)
    } catch (error) {
      waiting ??= next // the next change, or stop, tries again
      throw error
    }
  }
  return {
    initial,
    save: (state) => {
      waiting = state
    },
    settle: () => (writing = writing.then(writeWaiting, writeWaiting)),
  }
}

async function loadState(path: string): Promise<ProviderState | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new HarnessError(
      'not-found',
      `The state file ${path} cannot be read: ${describeReason(error)}.`,
      { cause: error },
    )
  }
  try {
    return parseProviderState(text)
  } catch (error) {
    if (!isHarnessError(error)) throw error
    throw new HarnessError(error.code, `The state file is invalid. ${error.summary}`, {
      details: [['file', path], ...error.details],
      remedy: error.remedy ?? 'Correct the file, or remove it to start with a new state.',
      cause: error,
    })
  }
}

/** Writes a temporary file and renames it, so that readers find the old state or the new one. Only the owner may read it. */
async function writeState(path: string, state: ProviderState): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await writeFile(temporary, `${JSON.stringify(state, undefined, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}) // what could not be written may not be removable either
    throw new HarnessError(
      'write-failed',
      `The state file ${path} cannot be written: ${describeReason(error)}.`,
      { remedy: 'Pass a path in an existing folder that you may write to.', cause: error },
    )
  }
}
