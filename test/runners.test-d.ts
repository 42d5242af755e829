/** What must and must not compile of the runners' doors. `npm run check` compiles it; nothing runs it. */
import type { ECSClientConfig } from '@aws-sdk/client-ecs'
import { expect as jestExpect } from '@jest/globals'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expect } from 'vitest'
import type { Reporter } from 'vitest/node'

import '../src/runners/jest.ts'
import type { StartTaskRequest } from '../src/contract/index.ts'
import { assertStartedTask, startTaskRequest } from '../src/runners/index.ts'
import { unusedRecordings } from '../src/runners/vitest-reporter.ts'
import { test } from '../src/runners/vitest.ts'

declare const answer: unknown

// one interface covers the matcher, its opposite, its asymmetric form and promises
expect(answer).toHaveStartedTask()
expect(answer).not.toHaveStartedTask(2)
expect({ answer }).toEqual({ answer: expect.toHaveFailedPlacement({ reason: 'AGENT' }) })
export const resolved: Promise<void> = expect(
  Promise.resolve(answer),
).resolves.toConformToStartTask('response')
// @ts-expect-error a count, not an option
expect(answer).toHaveStartedTask({ count: 2 })
// @ts-expect-error a member that no failure has
expect(answer).toHaveFailedPlacement({ code: 'AGENT' })
// @ts-expect-error a matcher that does not exist
expect(answer).toHaveStarted()

jestExpect(answer).toHaveStartedTask()
jestExpect(answer).not.toHaveBeenSentOnceWith({ taskDefinition: 'web' })
export const resolvedByJest: Promise<void> = jestExpect(
  Promise.resolve(answer),
).resolves.toHaveStartedTask()
// @ts-expect-error a matcher that does not exist
jestExpect(answer).toHaveStarted()

test('fixtures', ({ replay, endpoint, recorder, session }) => {
  const config: ECSClientConfig = { requestHandler: replay.requestHandler, endpoint }
  expect(config).toBeDefined()
  // @ts-expect-error a door that it does not have
  expect(replay.handlers).toBeDefined()
  expect(recorder.out satisfies string).toBe(session.mode)
})
test.override({ recordings: ['recordings/started'], replayOptions: { afterLast: 'repeat' } })
// @ts-expect-error an option that does not exist
test.override({ replayOptions: { repeat: 'always' } })

export const reporter: Reporter = unusedRecordings({
  recordings: ['recordings'],
  whenUnused: 'fail',
})
// @ts-expect-error a word that does not exist
unusedRecordings({ whenUnused: 'throw' })

export const schema: StandardSchemaV1<StartTaskRequest> = startTaskRequest
export type Checked = StandardSchemaV1.InferOutput<typeof startTaskRequest> // StartTaskRequest
export const checked: StartTaskRequest = {
  taskDefinition: 'web',
  containerInstances: ['ci-a'],
} satisfies Checked

// @ts-expect-error an expectation that is no count
assertStartedTask(answer, 'one')
