import { AssertionError } from 'node:assert'

import { expect, test } from 'vitest'

import { createReplayer } from '../../src/replayer/engine/index.ts'
import {
  assertConformsToStartTask,
  assertFailedPlacement,
  assertNoMisses,
  assertNoStartedTask,
  assertPartlyStarted,
  assertRejected,
  assertReplayedAll,
  assertSentOnce,
  assertSentOnceWith,
  assertSentTimes,
  assertSentWith,
  assertStartedTask,
} from '../../src/runners/index.ts'

const TASK = { taskArn: 'arn:aws:ecs:us-east-1:123456789012:task/default/1' }
const FAILURE = { arn: 'ci-a', reason: 'AGENT' }
const STARTED = { tasks: [TASK], failures: [] }
const PARTIAL = { tasks: [TASK], failures: [FAILURE] }
const UNPLACED = { tasks: [], failures: [FAILURE] }
const REJECTED = { status: 400, headers: {}, body: '{"__type":"ClientException"}' }

const SAMPLE = 'recordings/started/page-sample.json'
const BODY = {
  taskDefinition: 'hello_world',
  containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'],
}

/** A replayer that was sent these task definitions; one is recorded. */
const openSent = async (...names: string[]) => {
  const replayer = createReplayer(SAMPLE)
  const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }
  for (const taskDefinition of names)
    await replayer.respond({
      method: 'POST',
      url: '/',
      headers,
      body: JSON.stringify({ ...BODY, taskDefinition }),
    })
  return replayer
}
const asked = await openSent('hello_world')
const missed = await openSent('other', 'other')

test.for([
  ['assertStartedTask', assertStartedTask, [STARTED], [UNPLACED]],
  ['assertStartedTask', assertStartedTask, [STARTED, 1], [PARTIAL]],
  ['assertNoStartedTask', assertNoStartedTask, [UNPLACED], [STARTED]],
  ['assertNoStartedTask', assertNoStartedTask, [REJECTED], [PARTIAL]],
  ['assertPartlyStarted', assertPartlyStarted, [PARTIAL], [STARTED]],
  ['assertFailedPlacement', assertFailedPlacement, [UNPLACED, 'AGENT'], [UNPLACED, 'MISSING']],
  ['assertRejected', assertRejected, [REJECTED, 'ClientException'], [REJECTED, 'ServerException']],
  ['assertConformsToStartTask', assertConformsToStartTask, [{}, 'response'], [{}]],
  ['assertReplayedAll', assertReplayedAll, [asked], [missed]],
  ['assertNoMisses', assertNoMisses, [asked], [missed]],
  ['assertSentOnce', assertSentOnce, [asked], [missed]],
  ['assertSentTimes', assertSentTimes, [missed, 2], [missed, 1]],
  ['assertSentWith', assertSentWith, [asked, BODY], [missed, BODY]],
  ['assertSentOnceWith', assertSentOnceWith, [asked, BODY], [missed, { taskDefinition: 'other' }]],
] as const)(
  '%s throws an AssertionError that names it, or nothing',
  ([name, assert, fine, wrong]) => {
    expect(() => Reflect.apply(assert, undefined, fine)).not.toThrow()
    const error = catchError(() => Reflect.apply(assert, undefined, wrong))
    expect(error).toBeInstanceOf(AssertionError)
    expect(error).toMatchObject({
      code: 'ERR_ASSERTION',
      operator: name,
      message: expect.stringMatching(/^\S.*/),
    })
  },
)

test('points at the line that asserts', () => {
  const error = catchError(() => assertStartedTask(UNPLACED))
  expect(error).toMatchObject({ actual: 'unplaced: AGENT', expected: 'started' })
  expect(
    error instanceof Error && error.stack?.split('\n').find((line) => line.startsWith('    at ')),
  ).toContain('assertions.test.ts')
})

function catchError(run: () => void): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}
