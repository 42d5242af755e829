/** What a test reports about its recordings: which exchanges it played, and which it did not. */
import { resolve } from 'node:path'

import type { TestArtifactBase } from 'vitest'

import { type Tracked, watchReplayers } from '../replayer/engine/index.ts'

/** The type of the artifacts in which tests report what they played. */
export const REPLAY_ARTIFACT = 'starttask-harness:replay'

/** The recordings of one test, and what it played of them. Exchanges are numbers, from 1. */
export interface ReplayArtifact extends TestArtifactBase {
  type: typeof REPLAY_ARTIFACT
  recordings: PlayedRecording[]
}

export interface PlayedRecording {
  /** Absolute: workers and projects may run in other folders. */
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

/** Unused exchanges of an archive are not listed: each test would send the list to another process. */
const MOST_EXCHANGES = 10_000

/** Describes what a replayer played of the recordings that have a file: only from a file can unused exchanges be removed. */
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

/** A replayer of this process. It is held until it was reported once, and then only as long as its owner holds it. */
interface Watched {
  replayer: Tracked | undefined
  reference: WeakRef<Tracked>
  /** How often it had played when it was reported. */
  reported: number
}

/** Watches the replayers that are made from now on. The function returns those that are new, or that have played since its last call. */
export function watchPlayed(): () => Tracked[] {
  let watched: Watched[] = []
  watchReplayers((replayer) =>
    watched.push({ replayer, reference: new WeakRef(replayer), reported: -1 }),
  )
  return () => {
    watched = watched.filter(({ reference }) => reference.deref() !== undefined)
    return watched.flatMap((one) => {
      const replayer = one.reference.deref()
      if (!replayer) return []
      const played = countPlayed(replayer)
      if (played === one.reported) return []
      Object.assign(one, { reported: played, replayer: undefined })
      return [replayer]
    })
  }
}

function countPlayed(replayer: Tracked): number {
  return replayer.used().reduce((sum, { times }) => sum + times, 0)
}
