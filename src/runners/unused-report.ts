import { resolve } from 'node:path'

import { escapeControls } from '../message/index.ts'
import { listFilesBelow } from '../recording/index.ts'
import { formatExchangeNumbers } from '../replayer/engine/index.ts'
import { formatLine, shortenLines } from './matcher.ts'
import type { PlayedRecording } from './replay-artifact.ts'

/** What a whole run did not play. Paths are absolute; exchanges are numbers, from 1. */
export interface UnusedReport {
  unused: { path: string; exchanges: number; unused: number[] }[]
  /** Recording files that no test loaded. */
  orphans: string[]
}

/** What of one test counts. */
export interface TestPlayed {
  /** Whether a test of its file has: what that did not come to is no finding. */
  hasFailed: boolean
  recordings: readonly PlayedRecording[]
}

/**
 * What all tests together did not play. An exchange is used when one test used it, in whatever worker or project. Of a recording that a file with
 * a failed test loaded nothing is told.
 *
 * @param folders where recordings lie that some test should load
 */
export function findUnused(tests: readonly TestPlayed[], folders: readonly string[]): UnusedReport {
  const played = tests.flatMap(({ recordings, hasFailed }) =>
    recordings.map((recording) => ({ ...recording, hasFailed })),
  )
  const unused = [...Map.groupBy(played, ({ path }) => path)].flatMap(([path, told]) => {
    if (told.some(({ hasFailed }) => hasFailed)) return []
    const used = new Set(told.flatMap((one) => one.used))
    const left = [...new Set(told.flatMap((one) => one.unused))].filter(
      (exchange) => !used.has(exchange),
    )
    return left.length === 0
      ? []
      : [
          {
            path,
            exchanges: told[0]?.exchanges ?? 0,
            unused: left.toSorted((one, other) => one - other),
          },
        ]
  })
  const loaded = new Set(played.map(({ path }) => path))
  return {
    unused: unused.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    orphans: [
      ...new Set(folders.flatMap((folder) => listFilesBelow(resolve(folder), RECORDED))),
    ].filter((path) => !loaded.has(path)),
  }
}

const RECORDED = ['.json', '.ndjson', '.ndjson.zst']

/** The report for a terminal; empty where all was played. */
export function formatUnused(
  { unused, orphans }: UnusedReport,
  showPath: (path: string) => string,
): string {
  if (unused.length === 0 && orphans.length === 0) return ''
  const show = (path: string) => escapeControls(showPath(path)).replaceAll('\n', String.raw`\n`)
  const exchanges = unused.reduce((sum, one) => sum + one.unused.length, 0)
  const facts = [
    ...(unused.length > 0
      ? [
          `${exchanges} recorded ${exchanges === 1 ? 'exchange was' : 'exchanges were'} played by no test`,
        ]
      : []),
    ...(orphans.length > 0
      ? [
          `${orphans.length} ${orphans.length === 1 ? 'recording was' : 'recordings were'} loaded by no test`,
        ]
      : []),
  ]
  return [
    `starttask: ${facts.join(', ')}.`,
    ...shortenLines(
      unused.map((one) =>
        formatLine(
          'unused',
          `${show(one.path)} ${formatExchangeNumbers(one.unused)} of ${one.exchanges}`,
        ),
      ),
      'unused',
    ),
    ...shortenLines(
      orphans.map((path) => formatLine('orphan', show(path))),
      'orphan',
    ),
    formatLine(
      'remedy',
      'take out what is needed no more: STARTTASK_USAGE=DIR npx vitest run, then starttask prune PATH --usage DIR',
    ),
  ].join('\n')
}
