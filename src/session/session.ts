import { HarnessError } from '../message/index.ts'
import type { ExchangePlace } from '../replayer/engine/index.ts'
import { holdEcsRequests } from './ecs-requests.ts'
import type { Mode } from './mode.ts'
import { parseSessionOptions, type SessionOptions } from './options.ts'
import { type ActiveSettings, openPlan, type Plan, type Tally } from './plan.ts'
import type { LiveDifference } from './verification.ts'

/** What came of a session. */
export interface SessionReport extends Tally {
  mode: Mode
  /** The files that hold what was recorded. */
  written: string[]
  /** Requests that had no end when the session stopped: they are not recorded. */
  lost: number
  /** Recorded exchanges that no request met, in the modes that read recordings. */
  unused: ExchangePlace[]
  /** In `re-record` into a folder: the recording files that were not written again. They are still there. */
  stale?: string[]
  /** In `verify-live`: in what live responses were not as recorded. */
  differences?: LiveDifference[]
}

/** A session under way; disposal stops it. */
export interface Session extends AsyncDisposable {
  readonly mode: Mode
  /**
   * Ends it, and resolves when all is written; the same when called again. Live requests in flight have two seconds to end. Throws
   * `write-failed`, `lock-held` or `secret-found` for what could not be written.
   */
  stop(): Promise<SessionReport>
}

/** As {@link Session}, with what it has to tell before it stops: for a process that ends at once. */
export interface OpenSession extends Session {
  describe(): SessionReport
}

/**
 * Runs this process's ECS requests in a mode, by whatever HTTP client they are sent, until it stops. Requests to other services are left
 * alone. While it runs, `node:http2` clients of the process hang: it is for tests and tools.
 *
 * Beside an msw server of your own: start the session before its `listen()`, or let that pass what it has no handler for.
 *
 * Throws `usage` for a wrong option, `upstream-required` for a live mode without a service, `already-active` when a session or a recording
 * runs already, and what opening the recordings throws: `replay` without any never begins.
 */
export function startSession(options: SessionOptions): Session {
  const session = openSession(options, process.env)
  return {
    mode: session.mode,
    stop: () => session.stop(),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** The recorder's mark: a session and a recording in one process would see each other's requests. */
const ACTIVE = Symbol.for('starttask-harness.recording')

export function openSession(options: SessionOptions, env: NodeJS.ProcessEnv): OpenSession {
  const settings = parseSessionOptions(options, env)
  const { mode } = settings
  if (mode === 'off')
    return makeDisposable(
      mode,
      () => describeOff(),
      () => Promise.resolve(describeOff()),
    )
  if (Reflect.get(globalThis, ACTIVE)) {
    throw new HarnessError(
      'already-active',
      'A session or a recording already runs in this process.',
      {
        remedy: 'Stop it first.',
      },
    )
  }
  const { plan, release } = holdAndOpen(settings)
  Reflect.set(globalThis, ACTIVE, true)
  const stopNow = async () => {
    try {
      const { written, lost } = await plan.stop()
      return { ...describePlan(mode, plan), written, lost }
    } finally {
      release()
      Reflect.deleteProperty(globalThis, ACTIVE)
    }
  }
  let stopped: Promise<SessionReport> | undefined
  return makeDisposable(
    mode,
    () => describePlan(mode, plan),
    () => (stopped ??= stopNow()),
  )
}

/** Requests are held before a recorder sees them: what the session answers is none of the recorder's. */
function holdAndOpen(settings: ActiveSettings): { plan: Plan; release: () => void } {
  const release = holdEcsRequests((request) => plan.decide(request), {
    isLive: settings.mode !== 'replay',
  })
  let plan: Plan
  try {
    plan = openPlan(settings)
  } catch (error) {
    release()
    throw error
  }
  return { plan, release }
}

function makeDisposable(
  mode: Mode,
  describe: () => SessionReport,
  stop: () => Promise<SessionReport>,
): OpenSession {
  return { mode, describe, stop, [Symbol.asyncDispose]: () => stop().then(() => {}) }
}

function describePlan(mode: Mode, plan: Plan): SessionReport {
  const stale = plan.stale?.()
  const differences = plan.differences?.()
  return {
    mode,
    ...plan.tally(),
    written: [],
    lost: 0,
    unused: plan.unused(),
    ...(stale ? { stale } : {}),
    ...(differences ? { differences } : {}),
  }
}

function describeOff(): SessionReport {
  return {
    mode: 'off',
    replayed: 0,
    recorded: 0,
    verified: 0,
    missed: 0,
    refused: 0,
    written: [],
    lost: 0,
    unused: [],
  }
}
