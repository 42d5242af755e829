import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    programs: OutsidePrograms
    /** Whether the protocol tests of Smithy and botocore lie beside this package, which does not ship them. */
    vectors: boolean
  }
}

/** Which programs from outside this package answer on this machine; tests that need one ask `inject('programs')`. */
export interface OutsidePrograms {
  moto: boolean
  awsCli: boolean
  boto3: boolean
  /** Whether a process may be given a network of its own: `unshare -n`. */
  unshare: boolean
  zstd: boolean
  nginx: boolean
  java: boolean
  chromium: boolean
}

const PROBES: Record<keyof OutsidePrograms, { command: [string, ...string[]]; name: string }> = {
  moto: { command: ['moto_server', '--help'], name: 'moto_server' },
  awsCli: { command: ['aws', '--version'], name: 'aws' },
  boto3: { command: ['python3', '-c', 'import boto3'], name: 'python3 with boto3' },
  unshare: { command: ['unshare', '-n', 'true'], name: 'unshare -n' },
  zstd: { command: ['zstd', '--version'], name: 'zstd' },
  nginx: { command: ['nginx', '-v'], name: 'nginx' },
  java: { command: ['java', '-version'], name: 'java' },
  chromium: { command: ['chromium', '--version'], name: 'chromium' },
}

/** A kernel or container may forbid `unshare -n`; the others can be installed everywhere, so that CI has no excuse. */
const REQUIRED_IN_CI: readonly (keyof OutsidePrograms)[] = [
  'moto',
  'awsCli',
  'boto3',
  'zstd',
  'nginx',
  'java',
  'chromium',
]

/** Where the protocol tests of Smithy and botocore are looked for, from the package's folder. No program, and not required in CI. */
export const VECTORS = '../shared/protocol-vectors'

/** vitest's global set-up: says once what cannot be tested here, and refuses to skip it in CI. */
export async function setup(project: TestProject): Promise<void> {
  const [moto, awsCli, boto3, unshare, zstd, nginx, java, chromium] = await Promise.all([
    responses('moto'),
    responses('awsCli'),
    responses('boto3'),
    responses('unshare'),
    responses('zstd'),
    responses('nginx'),
    responses('java'),
    responses('chromium'),
  ])
  const programs: OutsidePrograms = { moto, awsCli, boto3, unshare, zstd, nginx, java, chromium }
  const report = reportSkipped(programs, process.env.CI)
  if (report !== undefined) process.stderr.write(`\n${report}\n\n`)
  project.provide('programs', programs)
  const hasVectors = existsSync(VECTORS)
  if (!hasVectors)
    process.stderr.write(
      `\nSKIPPED: the protocol tests of Smithy and botocore, which are not in ${VECTORS}.\n\n`,
    )
  project.provide('vectors', hasVectors)
}

/** What to say about missing programs, `undefined` when none is; throws when `ci` (the value of CI) is set and one is missing that CI must have. */
export function reportSkipped(
  programs: OutsidePrograms,
  ci: string | undefined,
): string | undefined {
  const required = REQUIRED_IN_CI.filter((key) => !programs[key]).map(nameOf)
  if (required.length > 0 && ci !== undefined && ci !== '') {
    throw new Error(
      `CI is set, where no test is skipped. Install what is missing: ${required.join(', ')}.`,
    )
  }
  const missing = [...required, ...(programs.unshare ? [] : [nameOf('unshare')])]
  return missing.length === 0
    ? undefined
    : `SKIPPED: tests that need an outside program which does not answer here: ${missing.join(', ')}.`
}

function nameOf(key: keyof OutsidePrograms): string {
  return PROBES[key].name
}

function responses(key: keyof OutsidePrograms): Promise<boolean> {
  const [file, ...args] = PROBES[key].command
  return new Promise((resolve) => {
    execFile(file, args, { timeout: 30_000 }, (error) => resolve(error === null))
  })
}
