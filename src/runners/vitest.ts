/**
 * `starttask-harness/vitest`: importing it gives vitest's `expect` the matchers, and `test` a replayer, a recorder and a session for each test.
 * It needs a worker of vitest: a configuration file imports `starttask-harness/vitest-reporter` instead.
 */
import { join } from 'node:path'
import { expect, recordArtifact, type RunnerTestCase, test as base } from 'vitest'
import { HarnessError } from '../message/index.ts'
import {
  noteUsage,
  type Recordings,
  type ReplayOptions,
  type Tracked,
} from '../replayer/engine/index.ts'
import { type Session, startSession } from '../session/index.ts'
import { MATCHERS, type StartTaskMatchers } from './matchers.ts'
import {
  createTestRecorder,
  createTestReplay,
  nameRecording,
  type TestRecorder,
  type TestReplay,
} from './fixtures.ts'
import { describePlayed, watchPlayed } from './played.ts'

export type { StartTaskMatchers } from './matchers.ts'
export { startTaskRequest, startTaskResponse } from './schemas.ts'
export type { TestRecorder, TestReplay } from './fixtures.ts'

expect.extend(MATCHERS)

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> extends StartTaskMatchers<R> {}
  interface ProvidedContext {
    /** What the fixture `recordings` is, for all tests of a project. */
    recordings?: string | string[]
    /** What the fixture `replayOptions` is, for all tests of a project: what can be sent to a worker. */
    replayOptions?: Pick<
      ReplayOptions,
      'match' | 'afterLast' | 'attempts' | 'latency' | 'config' | 'echo'
    >
  }
}

/** The fixtures of {@link test}. */
export interface StartTaskFixtures {
  /** What the others replay: the folder `recordings`, unless `provide` in the configuration or `test.override({ recordings })` says otherwise. */
  recordings: Recordings
  /** How they replay it; said in the same two ways. */
  replayOptions: ReplayOptions
  /** A replayer of the test's own, with the adapters that patch nothing. */
  replay: TestReplay
  /** The URL at which that replayer listens while the test runs. */
  endpoint: string
  /** This process's ECS requests, whatever sends them, in the mode of `STARTTASK_MODE`: one test at a time. */
  session: Session
  /** Where the recorder writes: in the folder `recordings`, a file that is called after the test. */
  recordTo: string
  /** Records what the test sends to a live service. */
  recorder: TestRecorder
  /** Reports to the reporter, at the end of the test, what the fixtures and all other replayers of this process played. It is automatic. */
  played: void
}

const listPlayed = watchPlayed()

/** vitest's `test` with fixtures; what a test does not name is not made. */
export const test = extendTest()

/** One extend for all: each would add to the stack between a test and vitest, which looks no further than ten frames for the test's line. */
function extendTest() {
  try {
    return base.extend<StartTaskFixtures>({
      recordings: ['recordings', { injected: true }],
      replayOptions: [{}, { injected: true }],
      replay: async ({ recordings, replayOptions }, use) => {
        const { replay, stop } = createTestReplay(recordings, replayOptions)
        await use(replay)
        await stop()
      },
      endpoint: async ({ replay }, use) => use(await replay.listen()),
      session: async ({ recordings, replayOptions }, use) => {
        const session = startSession({ recordings: requirePath(recordings), replay: replayOptions })
        await use(session)
        await session.stop()
      },
      recordTo: async ({ task }, use) => use(join('recordings', nameRecording(task.fullName))),
      recorder: async ({ recordTo }, use) => {
        const { recorder, stop } = createTestRecorder(recordTo)
        await use(recorder)
        await stop()
      },
      played: [
        async ({ task }, use) => {
          await use()
          for (const replayer of listPlayed()) await reportPlayed(task, replayer)
        },
        { auto: true },
      ],
    })
  } catch (cause) {
    throw new HarnessError(
      'usage',
      'starttask-harness/vitest needs a worker of vitest, where tests are collected.',
      {
        remedy:
          'import it in a test file or name it in setupFiles; a configuration imports starttask-harness/vitest-reporter',
        cause,
      },
    )
  }
}

/** Reports what was played to the reporter, and to `starttask prune`: vitest ends its workers without running exit handlers. */
async function reportPlayed(task: RunnerTestCase, replayer: Tracked): Promise<void> {
  const folder = process.env['STARTTASK_USAGE']
  if (folder !== undefined && folder !== '') noteUsage(folder, replayer)
  await recordArtifact(task, describePlayed(replayer))
}

function requirePath(recordings: Recordings): string {
  if (typeof recordings === 'string') return recordings
  throw new HarnessError('usage', 'The fixture session takes recordings from one path.', {
    remedy: "test.override({ recordings: 'recordings/started' }), or use the fixture replay",
  })
}
