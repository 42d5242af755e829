/** Which version of the consumer is published: what git, or the CI that checked it out, says. */
import { execFileSync } from 'node:child_process'

import { HarnessError } from '../message/index.ts'

/** A version and a branch, each with where it comes from. */
export interface SourceVersion {
  version: string
  versionFrom: string
  branch: string | undefined
  branchFrom: string | undefined
  /** There are changes that no commit has. */
  isDirty: boolean
}

/** Variables in which CI services name the branch when git's own HEAD is on none. */
const BRANCH_VARIABLES = [
  'GITHUB_HEAD_REF',
  'GITHUB_REF_NAME',
  'CI_COMMIT_REF_NAME',
  'BUILD_SOURCEBRANCHNAME',
  'BRANCH_NAME',
]

/** Reads the version of the working directory. Throws `usage` where git knows none and none is given. */
export function readSourceVersion(
  given: { version?: string; branch?: string },
  env: NodeJS.ProcessEnv = process.env,
): SourceVersion {
  const commit = given.version ?? askGit('rev-parse', 'HEAD')
  if (commit === undefined || commit === '') {
    throw new HarnessError(
      'usage',
      'Nothing tells the version of the consumer: this is no git repository with a commit.',
      { remedy: 'name it with --version-id' },
    )
  }
  return {
    version: commit,
    versionFrom: given.version === undefined ? 'git' : 'the command line',
    ...readBranch(given.branch, env),
    isDirty:
      given.version === undefined && askGit('status', '--porcelain', '--untracked-files=no') !== '',
  }
}

function readBranch(
  given: string | undefined,
  env: NodeJS.ProcessEnv,
): Pick<SourceVersion, 'branch' | 'branchFrom'> {
  if (given !== undefined) return { branch: given, branchFrom: 'the command line' }
  const current = askGit('rev-parse', '--abbrev-ref', 'HEAD')
  if (current !== undefined && current !== '' && current !== 'HEAD')
    return { branch: current, branchFrom: 'git' }
  const variable = BRANCH_VARIABLES.find((name) => env[name])
  return { branch: variable && env[variable], branchFrom: variable }
}

function askGit(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    }).trim()
  } catch {
    return undefined
  }
}
