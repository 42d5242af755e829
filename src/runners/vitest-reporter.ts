/** `starttask-harness/vitest-reporter`: loaded by vitest's configuration, in the main process, where the fixtures cannot be. */

import { relative, resolve } from 'node:path'

import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node'

import {
  escapeLine,
  formatCount,
  formatDetail,
  HarnessError,
  requireKnownOptions,
} from '../message/index.ts'
import { listFilesBelow } from '../recording/index.ts'
import { formatExchangeNumbers } from '../replayer/engine/index.ts'
import { shortenLines } from './matcher.ts'
import { type PlayedRecording, REPLAY_ARTIFACT } from './played.ts'

export interface UnusedRecordingsOptions {
  /** Folders in which every recording should be loaded by some test. Default: the folder `recordings` in vitest's root, if it exists. */
  recordings?: string | readonly string[]
  /** `report` (default) lists unused recordings; `fail` also fails the run. */
  whenUnused?: 'report' | 'fail'
}

/**
 * Creates a reporter that lists, on standard error, the recorded exchanges that no test requested and the recordings that no test loaded, over all
 * workers and projects. It counts tests that use `test` of `starttask-harness/vitest`, with any adapter. It prints nothing if not all tests ran: a
 * filter of files, names, tags or projects, a shard, `only`, `--changed`, or an interrupted run. Merged reports (`--merge-reports`) count
 * together. Throws `usage` for an unknown option.
 */
export function unusedRecordings(options: UnusedRecordingsOptions = {}): Reporter {
  requireOptions(options)
  let vitest: Vitest | undefined
  let specifications: readonly TestSpecification[] = []
  return {
    onInit(started) {
      vitest = started
    },
    onTestRunStart(started) {
      specifications = started
    },
    async onTestRunEnd(modules, errors, reason) {
      if (
        !vitest ||
        reason === 'interrupted' ||
        errors.length > 0 ||
        (await isFiltered(vitest, specifications, modules))
      )
        return
      const { root } = vitest.config
      const folders = options.recordings ?? 'recordings'
      const named = (typeof folders === 'string' ? [folders] : folders).map((folder) =>
        resolve(root, folder),
      )
      const report = formatUnused(findUnused(modules.flatMap(listPlayed), named), (path) =>
        relative(root, path),
      )
      if (report === '') return
      vitest.logger.error(`\n${report}`)
      if (options.whenUnused === 'fail') process.exitCode = 1 // vitest offers reporters no other way to fail a run
    },
  }
}

function requireOptions(options: UnusedRecordingsOptions): void {
  requireKnownOptions('option of unusedRecordings', options, ['recordings', 'whenUnused'])
  const { whenUnused = 'report' } = options
  if (!['report', 'fail'].includes(whenUnused))
    throw new HarnessError('usage', "The option whenUnused is 'report' or 'fail'.")
}

function listPlayed(testModule: TestModule): TestPlayed[] {
  const hasFailed = !testModule.ok()
  return [...testModule.children.allTests()].map((testCase) => ({
    hasFailed,
    recordings: testCase
      .artifacts()
      .flatMap((artifact) => (artifact.type === REPLAY_ARTIFACT ? artifact.recordings : [])),
  }))
}

/** Reports whether only some tests ran. Members that vitest's types do not have may be missing; files and names are enough then. */
async function isFiltered(
  vitest: Vitest,
  specifications: readonly TestSpecification[],
  modules: readonly TestModule[],
): Promise<boolean> {
  const { testNamePattern, tagsFilter, shard, project } = vitest.config
  if (
    testNamePattern !== undefined ||
    shard !== undefined ||
    (tagsFilter?.length ?? 0) > 0 ||
    project.length > 0
  )
    return true
  if (specifications.some(isNarrowed) || modules.some(hasOnly)) return true
  const all = await vitest.globTestSpecifications()
  return modules.length < all.length
}

/** `vitest run file.test.ts:12` runs a part of a file. */
function isNarrowed({
  testLines,
  testNamePattern,
  testIds,
  testTagsFilter,
}: TestSpecification): boolean {
  return (
    [testLines, testIds, testTagsFilter].some((some) => some !== undefined && some.length > 0) ||
    testNamePattern !== undefined
  )
}

function hasOnly(testModule: TestModule): boolean {
  const task: unknown = Reflect.get(testModule, 'task')
  return typeof task === 'object' && task !== null && Reflect.get(task, 'containsOnly') === true
}

/** The exchanges and recordings that a run did not play. Paths are absolute; exchanges are numbers, from 1. */
interface UnusedReport {
  unused: { path: string; exchanges: number; unused: number[] }[]
  /** Recording files that no test loaded. */
  orphans: string[]
}

/** The recordings of one test. */
interface TestPlayed {
  /** True if a test of its file failed: recordings of such a file are not reported, because the test may have stopped early. */
  hasFailed: boolean
  recordings: readonly PlayedRecording[]
}

/**
 * Finds what all tests together did not play. An exchange is used when one test of any worker or project used it. A recording that a file with a
 * failed test loaded is left out.
 *
 * @param folders the folders in which every recording should be loaded by some test
 */
function findUnused(tests: readonly TestPlayed[], folders: readonly string[]): UnusedReport {
  const played = tests.flatMap(({ recordings, hasFailed }) =>
    recordings.map((recording) => ({ ...recording, hasFailed })),
  )
  const unused = [...Map.groupBy(played, ({ path }) => path)].flatMap(([path, parts]) => {
    if (parts.some(({ hasFailed }) => hasFailed)) return []
    const used = new Set(parts.flatMap((one) => one.used))
    const left = [...new Set(parts.flatMap((one) => one.unused))].filter(
      (exchange) => !used.has(exchange),
    )
    return left.length === 0
      ? []
      : [
          {
            path,
            exchanges: parts[0]?.exchanges ?? 0,
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

/** Formats the report for a terminal; empty if all was played. */
function formatUnused(
  { unused, orphans }: UnusedReport,
  showPath: (path: string) => string,
): string {
  if (unused.length === 0 && orphans.length === 0) return ''
  const show = (path: string) => escapeLine(showPath(path))
  const exchanges = unused.reduce((sum, one) => sum + one.unused.length, 0)
  const facts = [
    ...(unused.length > 0
      ? [`${formatCount(exchanges, 'recorded exchange')} not played by any test`]
      : []),
    ...(orphans.length > 0
      ? [`${formatCount(orphans.length, 'recording')} not loaded by any test`]
      : []),
  ]
  return [
    `starttask: ${facts.join(', ')}.`,
    ...shortenLines(
      unused.map((one) =>
        formatDetail(
          'unused',
          `${show(one.path)} ${formatExchangeNumbers(one.unused)} of ${one.exchanges}`,
        ),
      ),
      'unused',
    ),
    ...shortenLines(
      orphans.map((path) => formatDetail('orphan', show(path))),
      'orphan',
    ),
    formatDetail(
      'remedy',
      'remove what is no longer needed: STARTTASK_USAGE=DIR npx vitest run, then starttask prune PATH --usage DIR',
    ),
  ].join('\n')
}
