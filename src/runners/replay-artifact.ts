/** What a test tells the reporter of the recordings that it had. */
import { resolve } from 'node:path'

import type { TestArtifactBase } from 'vitest'

import type { Tracked } from '../replayer/engine/index.ts'

/** The type of the artifacts by which tests tell what they played. */
export const REPLAY_ARTIFACT = 'starttask-harness:replay'

/** What one test had, and what it played of it. Exchanges are numbers, from 1. */
export interface ReplayArtifact extends TestArtifactBase {
  type: typeof REPLAY_ARTIFACT
  recordings: PlayedRecording[]
}

export interface PlayedRecording {
  /** Absolute: workers and projects may stand in other folders. */
  path: string
  exchanges: number
  used: number[]
  unused: number[]
}

const key: unique symbol = Symbol('starttask-harness:replay')

declare module 'vitest' {
  interface TestArtifactRegistry {
    [key]: ReplayArtifact
  }
}

/** Of an archive it is not told what nobody asked for: the list would go between processes with each test. */
const MOST_EXCHANGES = 10_000

/** Accounts for the recordings that have a file: others have nothing that could be taken out. */
export function describePlayed(replayer: Tracked): ReplayArtifact {
  const stored = replayer.recordings().filter(({ recording }) => STORED.test(recording))
  const usedBy = Map.groupBy(replayer.used(), ({ recording }) => recording)
  const unusedBy = Map.groupBy(
    stored.some(({ exchanges }) => exchanges > MOST_EXCHANGES) ? [] : replayer.unused(),
    ({ recording }) => recording,
  )
  return {
    type: REPLAY_ARTIFACT,
    recordings: stored.map(({ recording, exchanges }) => ({
      path: resolve(recording),
      exchanges,
      used: (usedBy.get(recording) ?? []).map(({ exchange }) => exchange),
      unused: (unusedBy.get(recording) ?? []).map(({ exchange }) => exchange),
    })),
  }
}

const STORED = /\.(?:json|ndjson|ndjson\.zst)$/
