import { readFile, rename, rm, writeFile } from 'node:fs/promises'

import { HarnessError, isHarnessError } from '../message/index.ts'
import { parseProviderState } from './state-parser.ts'
import type { ProviderState } from './state.ts'

/** A state kept in a file. One provider to a file: two would overwrite each other's changes. */
export interface StateFile {
  /** What the file held at first, or was created with. */
  readonly initial: ProviderState
  /** Takes a new state for writing; a later one replaces it when it is not being written yet. */
  save(state: ProviderState): void
  /** Resolves when all that was taken is in the file; rejects with `write-failed` when that could not be done. */
  settle(): Promise<void>
}

/** Opens a state file, or creates it with `fallback`. Throws `usage` or `not-json` for a file that holds no state, naming it. */
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
      `The state file ${path} cannot be read: ${describe(error)}.`,
      { cause: error },
    )
  }
  try {
    return parseProviderState(text)
  } catch (error) {
    if (!isHarnessError(error)) throw error
    const remedy = 'remedy  mend the file, or remove it to begin with a new state'
    throw new HarnessError(
      error.code,
      `The state file ${path} holds no provider state.\n${error.message}\n  ${remedy}`,
      { cause: error },
    )
  }
}

/** Beside the file first, then in its place: whoever reads it finds the old state or the new one, whole. For its owner's eyes alone. */
async function writeState(path: string, state: ProviderState): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  try {
    await writeFile(beside, `${JSON.stringify(state, undefined, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {}) // what could not be written may not be removable either
    throw new HarnessError(
      'write-failed',
      `The state file ${path} cannot be written: ${describe(error)}.\n  remedy  name a path in a folder that exists and may be written`,
      { cause: error },
    )
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
