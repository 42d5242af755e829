/**
 * `starttask-harness/vitest`: importing it gives vitest's `expect` the matchers, and `test` a replayer, a recorder and a session for each test.
 * It needs a worker of vitest: what a configuration file imports is `starttask-harness/vitest-reporter`.
 */
import '../node-version.ts'

import { join } from 'node:path'

import { test as base, expect, recordArtifact } from 'vitest'

import { HarnessError } from '../errors.ts'
import { createReplayer, type Recordings, type ReplayOptions } from '../replayer/index.ts'
import { type Session, startSession } from '../session/index.ts'
import { MATCHERS, type StartTaskMatchers } from './matchers.ts'
import { describePlayed } from './replay-artifact.ts'
import { createTestRecorder, nameRecording, type TestRecorder } from './test-recorder.ts'
import { createTestReplay, type TestReplay } from './test-replay.ts'

export type { StartTaskMatchers } from './matchers.ts'
export { startTaskRequest, startTaskResponse } from './schemas.ts'
export type { TestRecorder } from './test-recorder.ts'
export type { TestReplay } from './test-replay.ts'

expect.extend(MATCHERS)

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> extends StartTaskMatchers<R> {}
  interface ProvidedContext {
    /** What the fixture `recordings` is, for all tests of a project. */
    recordings?: string | string[]
    /** What the fixture `replayOptions` is, for all tests of a project: what can be sent to a worker. */
    replayOptions?: Pick<ReplayOptions, 'match' | 'afterLast' | 'attempts' | 'latency' | 'rules' | 'echo'>
  }
}

/**
 * vitest's `test` with fixtures; what a test does not name is not made.
 *
 * - `recordings`, `replayOptions`: what the others replay, and how. `recordings` is the folder of that name unless `provide` in the configuration or
 *   `test.override({ recordings })` says otherwise.
 * - `replay`: a replayer of the test's own, with the doors that patch nothing.
 * - `endpoint`: the URL at which that replayer listens.
 * - `session`: this process's ECS requests, whatever sends them, in the mode of `STARTTASK_MODE`. One test at a time.
 * - `recordTo`, `recorder`: records what the test sends to a live service, to a file that is called after the test.
 */
export const test = base
  .extend('recordings', { injected: true }, (): Recordings => 'recordings')
  .extend('replayOptions', { injected: true }, (): ReplayOptions => ({}))
  .extend('recordTo', ({ task }): string => join('recordings', nameRecording(task.fullTestName)))
  .extend('replay', async ({ recordings, replayOptions, task }, { onCleanup }): Promise<TestReplay> => {
    const { replay, stop } = createTestReplay(recordings, replayOptions)
    onCleanup(async () => {
      await stop()
      await recordArtifact(task, describePlayed(replay))
    })
    return replay
  })
  .extend('endpoint', ({ replay }): Promise<string> => replay.listen())
  .extend('session', async ({ recordings, replayOptions, task }, { onCleanup }): Promise<Session> => {
    const session = startSession({ recordings: requirePath(recordings), replay: replayOptions })
    onCleanup(async () => {
      const { mode, unused } = await session.stop()
      if (mode === 'replay') await recordArtifact(task, describePlayed(accountFor(recordings, replayOptions, unused)))
    })
    return session
  })
  .extend('recorder', async ({ recordTo }, { onCleanup }): Promise<TestRecorder> => {
    const { recorder, stop } = createTestRecorder(recordTo)
    onCleanup(stop)
    return recorder
  })

function requirePath(recordings: Recordings): string {
  if (typeof recordings === 'string') return recordings
  throw new HarnessError(
    'usage',
    `The fixture session takes recordings from one path.\n  remedy     test.override({ recordings: 'recordings/started' }), or use the fixture replay`,
  )
}

/** What a session played is what it does not name as unused. */
function accountFor(recordings: Recordings, options: ReplayOptions, unused: { recording: string; exchange: number }[]) {
  const replayer = createReplayer(recordings, options)
  const left = new Set(unused.map(({ recording, exchange }) => `${exchange} ${recording}`))
  const used = replayer.all().filter(({ recording, exchange }) => !left.has(`${exchange} ${recording}`))
  return { used: () => used.map((place) => ({ ...place, times: 1 })), unused: () => unused, recordings: () => replayer.recordings() }
}
