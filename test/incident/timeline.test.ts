import { expect, test } from 'vitest'

import { createTimeline } from '../../src/incident/index.ts'
import { loadRecordings } from '../../src/recording/index.ts'
import {
  ASKED,
  findRule,
  listAttempts,
  makeResponse,
  makeError,
  makeExchange,
  makeRecording,
  makeState,
  makeTimeline,
} from './timelines.ts'

const THROTTLED = makeError(400, 'ThrottlingException')
const BROKEN = makeError(500, 'ServerException')
const STARTED = makeResponse(['one'])

test('puts recordings that began at different times on one axis', () => {
  const client = makeRecording([makeExchange(5000, STARTED)])
  const events = makeRecording([], {
    recordedAt: '2026-11-24T10:00:02.000Z',
    taskStateChanges: [makeState(1000, 'one'), makeState(9000, 'one')],
  })
  const timeline = createTimeline([
    { name: 'client.json', recording: client },
    { name: 'events.json', recording: events },
  ])
  expect([timeline.beganAt, timeline.spanMs]).toEqual(['2026-11-24T10:00:03.000Z', 8000])
  expect(timeline.events.map(({ kind, atMs, recording }) => [kind, atMs, recording])).toEqual([
    ['task', 0, 'events.json'],
    ['attempt', 2000, 'client.json'],
    ['task', 8000, 'events.json'],
  ])
})

test.each([
  ['started', STARTED, '200 1 task'],
  ['partial', makeResponse(['one'], ['AGENT']), '200 1 task, 1 failure: AGENT'],
  ['unplaced', makeResponse([], ['AGENT', 'MISSING']), '200 no task, 2 failures: AGENT, MISSING'],
  ['rejected', BROKEN, '500 ServerException'],
  ['unreadable', { status: 503, headers: {}, body: null, bodyText: '<h1>' }, '503 unreadable'],
  ['failed', { failure: 'reset', code: 'ECONNRESET' }, 'no response: reset'],
] as const)('tells an attempt that is %s', (result, response, summary) => {
  const [event] = makeTimeline([makeExchange(0, response)]).events
  expect(event).toMatchObject({ kind: 'attempt', result, summary })
})

test('counts a state change that was delivered twice once', () => {
  const twice = makeState(1000, 'one')
  const timeline = makeTimeline([], { taskStateChanges: [twice, twice, makeState(2000, 'one')] })
  expect([timeline.events.length, timeline.repeated]).toEqual([2, 1])
})

test('puts attempts together that the recording says belong together, and counts those that nobody saw', () => {
  const attempt = (at: number, response: typeof BROKEN, name: string, number: number) =>
    makeExchange(at, response, { invocation: name, attempt: number })
  const timeline = makeTimeline([
    attempt(0, BROKEN, 'i-1', 1),
    attempt(10, STARTED, 'i-2', 3),
    attempt(20, STARTED, 'i-1', 2),
  ])
  expect(listAttempts(timeline)).toEqual([[1, 3], [2]])
  expect(timeline.invocations.map(({ found, result, unseen }) => [found, result, unseen])).toEqual([
    ['recorded', 'started', 0],
    ['single', 'started', 2],
  ])
})

test('takes an equal request soon after a response that is retried for a retry, and says that it is inferred', () => {
  const timeline = makeTimeline([
    makeExchange(0, THROTTLED),
    makeExchange(500, STARTED),
    makeExchange(1000, STARTED),
  ])
  expect(listAttempts(timeline)).toEqual([[1, 2], [3]])
  expect(timeline.invocations.map(({ found }) => found)).toEqual(['inferred', 'single'])
})

test.each([
  ['comes after a minute', makeExchange(61_000, STARTED)],
  [
    'asks for something else',
    makeExchange(500, STARTED, { body: { ...ASKED, startedBy: 'job-2' } }),
  ],
  ['follows on one of which no request was kept', makeExchange(500, STARTED, { body: null })],
])('takes no request for a retry that %s', (_what, second) => {
  expect(listAttempts(makeTimeline([makeExchange(0, THROTTLED), second]))).toEqual([[1], [2]])
})

test('takes no request for a retry that follows on a refusal for good', () => {
  expect(
    listAttempts(
      makeTimeline([
        makeExchange(0, makeError(400, 'ClusterNotFoundException')),
        makeExchange(500, STARTED),
      ]),
    ),
  ).toEqual([[1], [2]])
})

test('finds stretches of throttling, and what share of the attempts they are', () => {
  const at = [0, 1000, 2000, 200_000].map((time, index) =>
    makeExchange(time, THROTTLED, { body: { ...ASKED, startedBy: `job-${index}` } }),
  )
  const timeline = makeTimeline([...at, makeExchange(1500, STARTED)])
  expect(
    findRule(timeline, 'incident.throttling').map(({ message, events }) => [message, events]),
  ).toEqual([
    ['3 of 4 attempts in 2 s were throttled', [1, 2, 4]],
    ['1 of 1 attempt in 0 s was throttled', [5]],
  ])
})

/** Invocations of three attempts, a tenth of a second apart. */
function makeStorm(invocations: number, named: boolean) {
  return Array.from({ length: invocations }, (_, number) =>
    [THROTTLED, THROTTLED, STARTED].map((response, index) =>
      makeExchange(number * 100 + index * 30, response, {
        body: { ...ASKED, startedBy: `job-${number}` },
        ...(named ? { invocation: `i-${number}`, attempt: index + 1 } : {}),
      }),
    ),
  ).flat()
}

test('finds a retry storm, and what of it is retries', () => {
  expect(findRule(makeTimeline(makeStorm(5, true)), 'incident.retry-storm')).toEqual([
    expect.objectContaining({
      message: '10 of 15 attempts in 0.46 s were retries',
      basis: 'seen',
      atMs: 0,
      untilMs: 460,
    }),
  ])
})

test('says that a storm is inferred where attempts were put together by their requests', () => {
  expect(findRule(makeTimeline(makeStorm(5, false)), 'incident.retry-storm')).toEqual([
    expect.objectContaining({ basis: 'inferred' }),
  ])
})

test('finds no storm in nine retries, nor where most attempts are first ones', () => {
  expect(findRule(makeTimeline(makeStorm(4, true)), 'incident.retry-storm')).toEqual([])
  const calm = Array.from({ length: 60 }, (_, index) =>
    makeExchange(index * 8, STARTED, { body: { ...ASKED, startedBy: `other-${index}` } }),
  )
  expect(findRule(makeTimeline([...makeStorm(5, true), ...calm]), 'incident.retry-storm')).toEqual(
    [],
  )
})

test('finds a gap in what went on steadily, and none in a job that runs each ten minutes', () => {
  const steady = (from: number) =>
    Array.from({ length: 8 }, (_, index) =>
      makeExchange(from + index * 1000, STARTED, { body: { at: from + index } }),
    )
  const rare = Array.from({ length: 12 }, (_, index) =>
    makeExchange(index * 600_000, STARTED, { body: { at: index } }),
  )
  expect(
    findRule(makeTimeline([...steady(0), ...steady(300_000)]), 'incident.gap').map(
      ({ message, events }) => [message, events],
    ),
  ).toEqual([['no request for 4.9 min', [8, 9]]])
  expect(findRule(makeTimeline(rare), 'incident.gap')).toEqual([])
})

test.each([
  [
    'a request some seconds before it',
    [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 50_000, 130_000, 131_000, 132_000],
  ],
  [
    'a request some seconds after it',
    [0, 1000, 2000, 3000, 4000, 5000, 6000, 86_000, 129_000, 130_000, 131_000, 132_000],
  ],
])('finds no gap beside %s: what comes unsteadily has none', (_what, times) => {
  const timeline = makeTimeline(times.map((at) => makeExchange(at, STARTED, { body: { at } })))
  expect(findRule(timeline, 'incident.gap')).toEqual([])
})

test('finds that a request launched twice, from a task that no response names', () => {
  const timeline = makeTimeline(
    [
      makeExchange(0, BROKEN, { invocation: 'i', attempt: 1 }),
      makeExchange(200, STARTED, { invocation: 'i', attempt: 2 }),
    ],
    { taskStateChanges: [makeState(100, 'lost'), makeState(300, 'one')] },
  )
  expect(findRule(timeline, 'incident.double-launch')).toEqual([
    expect.objectContaining({
      severity: 'error',
      basis: 'seen',
      events: [1, 2, 3],
      message: expect.stringMatching(/^launched twice: .*500 ServerException.*task\/default\/lost/),
    }),
  ])
})

test.each([
  [
    'of another task definition',
    { taskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:2' },
  ],
  [
    'on another instance',
    { containerInstanceArn: 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/ci-2' },
  ],
  ['that another job started', { startedBy: 'job-2' }],
])('takes no task for it %s', (_what, change) => {
  const timeline = makeTimeline([makeExchange(0, BROKEN)], {
    taskStateChanges: [makeState(100, 'lost', change)],
  })
  expect([
    ...findRule(timeline, 'incident.double-launch'),
    ...findRule(timeline, 'incident.started-unnoticed'),
  ]).toEqual([])
})

test('takes no task for it that was created minutes later, or that a response names', () => {
  const late = makeTimeline([makeExchange(0, BROKEN)], {
    taskStateChanges: [makeState(100_000, 'lost')],
  })
  const named = makeTimeline(
    [makeExchange(0, BROKEN), makeExchange(90_000, makeResponse(['lost']), { body: {} })],
    {
      taskStateChanges: [makeState(100, 'lost')],
    },
  )
  expect(
    [late, named].flatMap(({ findings }) =>
      findings.filter(({ rule }) => rule === 'incident.started-unnoticed'),
    ),
  ).toEqual([])
})

test('finds that a request had started a task though its response was an error, when nobody asked again', () => {
  const timeline = makeTimeline([makeExchange(0, { failure: 'timeout' })], {
    taskStateChanges: [makeState(100, 'lost')],
  })
  expect(findRule(timeline, 'incident.started-unnoticed')).toEqual([
    expect.objectContaining({ severity: 'error', basis: 'seen', events: [1, 2] }),
  ])
})

test.each([
  ['an error of the server', BROKEN],
  ['a reset', { failure: 'reset' }],
  ['a page of a proxy', { status: 502, headers: {}, body: null, bodyText: '<h1>' }],
] as const)(
  'says that a request may have launched twice after %s, without evidence of tasks',
  (_what, response) => {
    const timeline = makeTimeline([makeExchange(0, response), makeExchange(1000, STARTED)])
    expect(findRule(timeline, 'incident.double-launch')).toEqual([
      expect.objectContaining({ severity: 'warning', basis: 'inferred', events: [1, 2] }),
    ])
  },
)

test('says so too when the caller itself asked again minutes later', () => {
  const timeline = makeTimeline([
    makeExchange(0, BROKEN, { invocation: 'a', attempt: 1 }),
    makeExchange(300_000, STARTED, { invocation: 'b', attempt: 1 }),
  ])
  expect(findRule(timeline, 'incident.double-launch')).toEqual([
    expect.objectContaining({ basis: 'inferred', events: [1, 2] }),
  ])
})

test.each([
  ['a refused connection', { failure: 'refused' }],
  ['throttling', THROTTLED],
  ['a response with failures', makeResponse([], ['AGENT'])],
] as const)('suspects no double launch after %s: nothing had started', (_what, response) => {
  expect(
    findRule(
      makeTimeline([makeExchange(0, response), makeExchange(1000, STARTED)]),
      'incident.double-launch',
    ),
  ).toEqual([])
})

test.each([
  ['by the SDK', { invocation: 'i', attempt: 1 }, { invocation: 'i', attempt: 2 }],
  ['by the caller', { invocation: 'a', attempt: 1 }, { invocation: 'b', attempt: 1 }],
] as const)(
  'suspects no double launch where what was sent again %s started nothing',
  (_who, first, second) => {
    const timeline = makeTimeline([
      makeExchange(0, BROKEN, first),
      makeExchange(1000, makeResponse([], ['AGENT']), second),
    ])
    expect(findRule(timeline, 'incident.double-launch')).toEqual([])
  },
)

test('finds the one double launch among many requests', () => {
  const others = Array.from({ length: 40 }, (_, index) =>
    makeExchange(index * 100, makeResponse([`t-${index}`]), {
      body: { ...ASKED, startedBy: `other-${index}` },
    }),
  )
  const states = others.map((_, index) =>
    makeState(index * 100 + 5, `t-${index}`, { startedBy: `other-${index}` }),
  )
  for (const at of [50, 1950, 3950]) {
    const timeline = makeTimeline([...others, makeExchange(at, BROKEN)], {
      taskStateChanges: [...states, makeState(at + 20, 'lost')],
    })
    expect(
      findRule(timeline, 'incident.started-unnoticed').map(({ atMs, untilMs }) => [atMs, untilMs]),
    ).toEqual([[at, at + 20]])
  }
})

test('mentions equal requests that each started tasks within a minute', () => {
  const timeline = makeTimeline([
    makeExchange(0, STARTED),
    makeExchange(30_000, makeResponse(['two'])),
    makeExchange(200_000, makeResponse(['three'])),
  ])
  expect(findRule(timeline, 'incident.repeated-launch')).toEqual([
    expect.objectContaining({ severity: 'info', events: [1, 2] }),
  ])
})

test('names the reasons of failures, how often, of how many instances, and what they mean', () => {
  const timeline = makeTimeline([
    makeExchange(0, makeResponse(['one'], ['AGENT', 'AGENT'])),
    makeExchange(9000, makeResponse([], ['AGENT', 'NEW-REASON'])),
  ])
  expect(
    findRule(timeline, 'incident.failures').map(({ message, events }) => [message, events]),
  ).toEqual([
    [
      'AGENT: 3 failures of 2 container instances. The container agent of the instance is not connected.',
      [1, 2],
    ],
    ['NEW-REASON: 1 failure of 1 container instance', [2]],
  ])
  expect(findRule(timeline, 'incident.partial').map(({ events }) => events)).toEqual([[1]])
})

test('names refusals by their errors, and what got no response', () => {
  const timeline = makeTimeline([
    makeExchange(0, makeError(400, 'ClusterNotFoundException')),
    makeExchange(1, { failure: 'refused' }),
    makeExchange(2, { status: 503, headers: {}, body: null, bodyText: '<h1>' }),
  ])
  expect(findRule(timeline, 'incident.rejected').map(({ message }) => message)).toEqual([
    'ClusterNotFoundException: 1 attempt',
  ])
  expect(findRule(timeline, 'incident.unanswered').map(({ events }) => events)).toEqual([[2, 3]])
})

test.each([
  [
    'TaskFailedToStart',
    { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError' },
    1,
  ],
  ['an exit code', { stopCode: 'EssentialContainerExited', containers: [{ exitCode: 137 }] }, 1],
  ['being done', { stopCode: 'EssentialContainerExited', containers: [{ exitCode: 0 }] }, 0],
])('looks at a task that stopped with %s', (_what, change, found) => {
  const timeline = makeTimeline([], {
    taskStateChanges: [makeState(5, 'one', { ...change, lastStatus: 'STOPPED' })],
  })
  expect(findRule(timeline, 'incident.task-stopped')).toHaveLength(found)
})

test.each([
  [{ lastStatus: 'RUNNING' }, 'RUNNING'],
  [
    { lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', stoppedReason: 'why' },
    'STOPPED (TaskFailedToStart: why)',
  ],
  [{ lastStatus: 7 }, 'unknown'],
])('says in words what became of a task: %j', (change, words) => {
  expect(
    makeTimeline([], { taskStateChanges: [makeState(5, 'one', change)] }).events.map(
      ({ summary }) => summary,
    ),
  ).toEqual([words])
})

test.each([
  [{ failure: 'reset', code: 'ECONNRESET' }, 'no response: reset'],
  [{ failure: 'other', code: 'EPROTO' }, 'no response: other (EPROTO)'],
  [{ failure: 'other' }, 'no response: other'],
] as const)('says in words why no response came: %j', (response, words) => {
  expect(makeTimeline([makeExchange(0, response)]).events.map(({ summary }) => summary)).toEqual([
    words,
  ])
})

test('says that a recording without times has none', () => {
  const timeline = makeTimeline([makeExchange(0, STARTED)], {
    recordedAt: '1970-01-01T00:00:00.000Z',
  })
  expect(findRule(timeline, 'incident.no-time')).toHaveLength(1)
})

test('finds nothing in nothing', () => {
  expect(createTimeline([])).toMatchObject({ events: [], invocations: [], findings: [], spanMs: 0 })
})

test('finds in each shipped incident what its scenario says', async () => {
  const names = ['agent-disconnect-partial', 'server-error-task-started', 'throttling-storm']
  const found = await Promise.all(
    names.map(async (name) => {
      const [recording] = await loadRecordings(`recordings/incidents/${name}.json`)
      if (!recording) throw new Error(`${name} is not there.`)
      return [
        ...new Set(createTimeline([{ name, recording }]).findings.map(({ rule }) => rule)),
      ].toSorted()
    }),
  )
  expect(found).toEqual([
    ['incident.failures', 'incident.partial'],
    ['incident.double-launch', 'incident.rejected'],
    ['incident.retry-storm', 'incident.throttling'],
  ])
})
