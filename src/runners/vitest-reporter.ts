/** `starttask-harness/vitest-reporter`: loaded by vitest's configuration, in the main process, where the fixtures cannot be. */

import { relative, resolve } from 'node:path'

import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node'

import { HarnessError } from '../message/index.ts'
import { REPLAY_ARTIFACT } from './replay-artifact.ts'
import { findUnused, formatUnused, type TestPlayed } from './unused-report.ts'

export interface UnusedRecordingsOptions {
  /** Folders in which every recording should be loaded by some test; otherwise the folder `recordings` below vitest's root, where there is one. */
  recordings?: string | readonly string[]
  /** Whether a run that leaves recordings unused is told of it (default), or fails. */
  whenUnused?: 'tell' | 'fail'
}

/**
 * A reporter that tells, on standard error, what of the recordings no test played, in whatever worker or project: exchanges that nobody asked for,
 * and files that nobody loaded. It counts what tests made with `test` of `starttask-harness/vitest` played, by whatever adapter. It is silent
 * where not all tests ran: a filter of files, names, tags or projects, a shard, `only`, what was changed, or a run that was stopped. Merged
 * reports (`--merge-reports`) count together. Throws `usage` for an unknown option.
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
      if (options.whenUnused === 'fail') process.exitCode = 1 // the one way in which a reporter fails a run
    },
  }
}

function requireOptions(options: UnusedRecordingsOptions): void {
  const unknown = Object.keys(options).find(
    (name) => name !== 'recordings' && name !== 'whenUnused',
  )
  const { whenUnused = 'tell' } = options
  if (unknown !== undefined)
    throw new HarnessError(
      'usage',
      `unusedRecordings has no option ${unknown}. Known: recordings, whenUnused.`,
    )
  if (!['tell', 'fail'].includes(whenUnused))
    throw new HarnessError('usage', "The option whenUnused is 'tell' or 'fail'.")
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

/** Whether less than all tests ran. What is not a part of vitest's types is read with care: without it, files and names still tell. */
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

/** `vitest run file.test.ts:12` asks for a part of a file. */
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
