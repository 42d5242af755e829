/** What must and must not compile of the runners' adapters. `npm run check` compiles it; nothing runs it. */
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

declare const response: unknown

// one interface covers the matcher, its opposite, its asymmetric form and promises
expect(response).toHaveStartedTask()
expect(response).not.toHaveStartedTask(2)
expect({ response }).toEqual({ response: expect.toHaveFailedPlacement({ reason: 'AGENT' }) })
export const resolved: Promise<void> = expect(
  Promise.resolve(response),
).resolves.toConformToStartTask('response')
// @ts-expect-error a count, not an option
expect(response).toHaveStartedTask({ count: 2 })
// @ts-expect-error a member that no failure has
expect(response).toHaveFailedPlacement({ code: 'AGENT' })
// @ts-expect-error a matcher that does not exist
expect(response).toHaveStarted()

jestExpect(response).toHaveStartedTask()
jestExpect(response).not.toHaveBeenSentOnceWith({ taskDefinition: 'web' })
export const resolvedByJest: Promise<void> = jestExpect(
  Promise.resolve(response),
).resolves.toHaveStartedTask()
// @ts-expect-error a matcher that does not exist
jestExpect(response).toHaveStarted()

test('fixtures', ({ replay, endpoint, recorder, session }) => {
  const config: ECSClientConfig = { requestHandler: replay.requestHandler, endpoint }
  expect(config).toBeDefined()
  // @ts-expect-error an adapter that it does not have
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
assertStartedTask(response, 'one')
