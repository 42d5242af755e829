/**
 * The preload: `node --import starttask-harness/register app.js`, or `NODE_OPTIONS=--import=starttask-harness/register` for a process
 * tree. Set up by variables alone. A set-up that is wrong ends the process, before the app begins.
 */

import { resolve } from 'node:path'

import { describeReason, escapeControls, HarnessError, isHarnessError } from '../message/index.ts'
import { joinRun, RUN_VARIABLE } from '../recorder/index.ts'
import { chooseMode, type Mode } from './mode.ts'
import { narrate } from './narration.ts'
import type { SessionOptions } from './options.ts'
import { openSession, type SessionReport } from './session.ts'

const { env } = process

try {
  const mode = chooseMode(undefined, env)
  if (mode !== 'off') begin(mode)
} catch (error) {
  process.stderr.write(`starttask: ${escapeControls(describeReason(error))}\n`)
  if (env['STARTTASK_DEBUG'] && !isHarnessError(error) && error instanceof Error)
    process.stderr.write(`${error.stack}\n`)
  process.exit(2)
}

function begin(mode: Mode): void {
  const isFirst = env[RUN_VARIABLE] === undefined
  joinRun(env)
  for (const name of ['STARTTASK_RECORDINGS', 'STARTTASK_OUT', 'STARTTASK_CONFIG']) pinPath(name)
  const options = readOptions(mode)
  const session = openSession(options, env)
  process.on('exit', () => end(session.describe(), options.recordings, isFirst))
}

/** A child process may run in another folder: what it inherits must mean the same there. */
function pinPath(name: string): void {
  const path = env[name]
  if (path) env[name] = resolve(path)
}

function readOptions(mode: Mode): SessionOptions {
  const isRecording = mode === 'record' || mode === 'record-missing' || mode === 're-record'
  const config = env['STARTTASK_CONFIG']
  const allow = env['STARTTASK_ALLOW']
  return {
    mode,
    recordings: (isRecording && env['STARTTASK_OUT']) || requireRecordings(mode, isRecording),
    ...(config ? { config } : {}),
    ...(allow ? { allow: allow.split(',').map((name) => name.trim()) } : {}),
  }
}

function requireRecordings(mode: Mode, isRecording: boolean): string {
  const path = env['STARTTASK_RECORDINGS']
  if (path) return path
  throw new HarnessError(
    'usage',
    `The mode ${mode} needs ${isRecording ? 'a place for recordings' : 'recordings'}, and none is named.`,
    {
      details: [['place', 'STARTTASK_RECORDINGS']],
      remedy:
        'Set it to a .json file or a folder, or set STARTTASK_MODE=off to leave the app alone.',
    },
  )
}

/** The app's exit code stays, but for `verify-live`, whose purpose is to fail where the service answers otherwise than recorded. */
function end(report: SessionReport, path: string, isFirst: boolean): void {
  const { mode, replayed, recorded, verified, missed, refused, differences = [] } = report
  const isOtherwise = mode === 'verify-live' && differences.length + missed > 0
  const isWorthALine =
    !env['STARTTASK_QUIET'] && (isFirst || replayed + recorded + verified + missed + refused > 0)
  if (isOtherwise || isWorthALine) process.stderr.write(`${narrate(report, path)}\n`)
  if (isOtherwise) process.exitCode ||= 1
}
