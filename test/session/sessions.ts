import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

import { type Exchange, isObject } from '../../src/protocol/index.ts'
import { loadStoredRecordings, parseRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'
import type { SessionChildReport, SessionPlan } from './children/run-session.ts'

const CHILDREN = join(import.meta.dirname, 'children')
const REGISTER = new URL('../../src/session/register.ts', import.meta.url).href

/** How a child process ended. */
export interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** Runs a session in replay with every way out of the process trapped; `tried` tells what was tried. */
export async function runTrapped(
  plan: SessionPlan,
): Promise<{ report: SessionChildReport; tried: string[] }> {
  const trap = new URL('../replayer/children/connection-trap.ts', import.meta.url).href
  const args = ['--import', trap, join(CHILDREN, 'run-session.ts'), JSON.stringify(plan)]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  const [stdout = '', stderr, tried] = await Promise.all(
    child.stdio
      .slice(1)
      .map((stream) => (stream instanceof Readable ? text(stream) : Promise.resolve(''))),
  )
  if (stdout === '') throw new Error(`The child failed: ${stderr}`)
  return { report: JSON.parse(stdout), tried: JSON.parse(tried || '[]') }
}

/** A folder of a test's own. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'starttask-session-'))
}

/** Runs a script of children/ with no variable of ours but those given, and no CI. */
export function runChild(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  nodeArgs: string[] = [],
  cwd?: string,
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(STARTTASK_|CI$|NODE_OPTIONS$|VITEST)/.test(name),
  )
  return new Promise((resolve) => {
    const options = {
      env: { ...Object.fromEntries(inherited), ...env },
      timeout: 100_000,
      ...(cwd === undefined ? {} : { cwd }),
    }
    execFile(
      process.execPath,
      [...nodeArgs, join(CHILDREN, script), ...args],
      options,
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr })
      },
    )
  })
}

/** Runs a script under the preload. */
export function runPreloaded(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  return runChild(script, args, env, ['--import', REGISTER])
}

/** The preload for a whole process tree. */
export const PRELOADED_TREE = { NODE_OPTIONS: `--import=${REGISTER}` }

/** Runs a session in a process of its own, since it patches globals. */
export async function runSession(
  plan: SessionPlan,
  env: NodeJS.ProcessEnv = {},
): Promise<SessionChildReport> {
  const ended = await runChild('run-session.ts', [JSON.stringify(plan)], env)
  if (ended.stdout === '') throw new Error(`The child ended with ${ended.code}: ${ended.stderr}`)
  return JSON.parse(ended.stdout)
}

/** Writes a recording file of these exchanges. */
export function writeRecording(path: string, ...exchanges: Exchange[]): string {
  const recordedAt = '2024-01-01T00:00:00.000Z'
  const written = formatUnredacted({
    format: 'starttask-recording',
    version: 1,
    recordedAt,
    provenance: { source: 'a test' },
    exchanges,
  })
  parseRecording(written)
  writeFileSync(path, written)
  return path
}

/** An exchange of the request that `mark` makes. */
export function buildMarked(startedBy: string, response: Exchange['response'] | string): Exchange {
  const body = { taskDefinition: 'web', containerInstances: ['ci-a'], startedBy }
  const target = 'AmazonEC2ContainerServiceV20141113.StartTask'
  const nothing = {
    tasks: [],
    failures: [{ arn: typeof response === 'string' ? response : '', reason: 'AGENT' }],
  }
  return {
    operation: 'StartTask',
    startedAtMs: 0,
    elapsedMs: 5,
    request: { headers: { 'x-amz-target': target }, body },
    response:
      typeof response === 'string'
        ? { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: nothing }
        : response,
  }
}

/** What a path's recordings hold, sorted: mark, and response in few words. */
export function listRecorded(path: string): string[] {
  const exchanges = loadStoredRecordings(path).flatMap(({ recording }) => recording.exchanges)
  return exchanges.map(describeExchange).toSorted()
}

function describeExchange({ operation, request, response }: Exchange): string {
  const name =
    isObject(request.body) && typeof request.body['startedBy'] === 'string'
      ? request.body['startedBy']
      : operation
  if ('failure' in response) return `${name} ${response.failure}`
  return `${name} ${response.status} ${readArn(response.body)}`
}

function readArn(body: unknown): string {
  const failures = isObject(body) && Array.isArray(body['failures']) ? body['failures'] : []
  const [first] = failures
  return isObject(first) ? String(first['arn']) : 'none'
}
