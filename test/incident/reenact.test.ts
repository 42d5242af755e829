import { ECSClient } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'

import {
  createTimeline,
  reenact,
  type ReenactedService,
  type Timeline,
} from '../../src/incident/index.ts'
import { loadRecordings } from '../../src/recording/index.ts'
import { type Job, type JobResult, runJob } from '../consumers/batch-runner.ts'
import { runJobHastily } from '../consumers/hasty-runner.ts'
import { retryByClock } from './clock-retries.ts'
import {
  ASKED,
  makeResponse,
  makeError,
  makeExchange,
  makeRecording,
  makeTimeline,
} from './timelines.ts'

const INSTANCES = ['1a6e7a1c', '2b8f9b2d', '3c9d0c3e', '4d0e1d4f'].map(
  (start) => `${start}-0000-4000-8000-000000000001`,
)
const PAUSE_MS = 60_000
const MOST_TRIES = 40

async function loadIncident(name: string): Promise<Timeline> {
  const [recording] = await loadRecordings(`recordings/incidents/${name}.json`)
  if (!recording) throw new Error(`${name} is not there.`)
  return createTimeline([{ name, recording }])
}

interface Runner {
  run: (client: ECSClient, job: Job) => Promise<JobResult>
  maxAttempts: number
}

/** Sends by itself what may be sent again, and nothing else. */
const CORRECT: Runner = { run: runJob, maxAttempts: 1 }
/** What did not throw is running; and the SDK sends again what it likes. */
const HASTY: Runner = { run: runJobHastily, maxAttempts: 3 }

/** A caller that goes on, an hour at most, while its runner says that tasks are missing and may be asked for. */
async function runUntilDone(
  { url, clock }: ReenactedService,
  { run, maxAttempts }: Runner,
  job: Job,
): Promise<void> {
  const retryStrategy = retryByClock(clock, maxAttempts)
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const client = new ECSClient({ region: 'us-east-1', endpoint: url, retryStrategy, credentials })
  let { copies } = job
  let { candidates } = job
  for (let tries = 0; tries < MOST_TRIES && copies > 0; tries += 1) {
    const result = await run(client, { ...job, copies, candidates })
    if (result.kind === 'started' || result.kind === 'refused' || result.kind === 'uncertain') break
    if (result.kind === 'short') {
      copies -= result.tasks
      candidates = candidates.slice(-copies)
    }
    await clock.sleep(PAUSE_MS)
  }
  client.destroy()
}

const JOB = {
  cluster: 'batch',
  candidates: INSTANCES,
  taskDefinition: 'nightly:7',
  startedBy: 'nightly-0200',
  copies: 4,
}

/** What ran on the day of each incident. */
const PROGRAMS: Readonly<
  Record<string, (service: ReenactedService, runner: Runner) => Promise<unknown>>
> = {
  'agent-disconnect-partial': (service, runner) => runUntilDone(service, runner, JOB),
  'server-error-task-started': (service, runner) =>
    runUntilDone(service, runner, {
      ...JOB,
      copies: 1,
      candidates: INSTANCES.slice(0, 1),
      taskDefinition: 'invoice:12',
      startedBy: 'invoice-8841',
    }),
  'throttling-storm': (service, runner) =>
    Promise.all(
      Array.from({ length: 12 }, (_, worker) =>
        runUntilDone(service, runner, {
          ...JOB,
          copies: 1,
          candidates: [INSTANCES[worker % 4] ?? ''],
          taskDefinition: 'shard:3',
          startedBy: `worker-${worker + 1}-round-1`,
        }),
      ),
    ),
}

test.each(Object.entries(PROGRAMS))(
  'the correct consumer comes through %s as expected',
  async (name, program) => {
    const { broken, result } = await reenact(await loadIncident(name), (service) =>
      program(service, CORRECT),
    )
    expect([broken, result.kind]).toEqual([[], 'returned'])
  },
)

test.each([
  ['agent-disconnect-partial', /^launches: 2 tasks were launched, and at least 3/],
  ['server-error-task-started', /^incident\.double-launch: may have launched twice/],
  ['throttling-storm', /^launches: 4 tasks were launched, and at least 12/],
])('the consumer with the classic bug does not come through %s', async (name, reason) => {
  const { broken } = await reenact(
    await loadIncident(name),
    (service) => PROGRAMS[name]?.(service, HASTY) ?? Promise.reject(new Error('none')),
  )
  expect(broken).toContainEqual(expect.stringMatching(reason))
})

/** Sends bodies, one after the other; what each met. */
async function send({ url }: ReenactedService, ...bodies: object[]): Promise<[number, unknown][]> {
  const met: [number, unknown][] = []
  for (const body of bodies) {
    const headers = {
      'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
      'content-type': 'application/x-amz-json-1.1',
    }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    met.push([response.status, await response.json()])
  }
  return met
}

test('gives the requests of that day the responses of that day, in order, and finds no departure', async () => {
  const exchanges = [
    makeExchange(0, makeError(400, 'ThrottlingException')),
    makeExchange(500, makeResponse(['one'])),
  ]
  const incident = makeTimeline(exchanges)
  const { result, departures, answered, launches, broken } = await reenact(incident, (service) =>
    send(service, ASKED, ASKED),
  )
  expect(result).toMatchObject({
    kind: 'returned',
    value: [
      [400, { __type: 'ThrottlingException' }],
      [200, { tasks: [{}] }],
    ],
  })
  expect([departures, answered, launches, broken]).toEqual([
    [],
    { recorded: 2, composed: 0 },
    { thatDay: 1, today: 1 },
    undefined,
  ])
})

test('tells requests that are not made, that are new, and that are made more and less often', async () => {
  const other = { ...ASKED, startedBy: 'job-2' }
  const third = { ...ASKED, startedBy: 'job-3' }
  const incident = makeTimeline([
    makeExchange(0, makeResponse(['a'])),
    makeExchange(1000, makeResponse(['b']), { body: other }),
    makeExchange(2000, makeResponse(['c']), { body: third }),
    makeExchange(90_000, makeResponse(['d']), { body: third }),
  ])
  const { departures } = await reenact(incident, (service) =>
    send(service, ASKED, ASKED, third, { ...ASKED, group: 'g' }),
  )
  expect(
    departures.map(({ kind, event, differences }) => [
      kind,
      event,
      differences.map(({ pointer }) => pointer),
    ]),
  ).toEqual([
    ['repeated', 1, []],
    ['not-made', 2, []],
    ['less-often', 3, []],
    ['new', 4, ['/group']],
  ])
})

test('answers a request that nobody made that day as the service was then', async () => {
  const incident = makeTimeline([
    makeExchange(0, makeResponse([], ['AGENT']), {
      body: { ...ASKED, containerInstances: ['ci-0'] },
    }),
    makeExchange(300_000, makeError(400, 'ThrottlingException')),
    makeExchange(600_000, makeResponse([], ['MISSING']), {
      body: { ...ASKED, containerInstances: ['ci-0'], startedBy: 'x' },
    }),
  ])
  const ask = { ...ASKED, startedBy: 'new', containerInstances: ['ci-0', 'ci-9'] }
  const met: unknown[] = []
  await reenact(incident, async (service) => {
    for (const pause of [0, 310_000, 60_000, 300_000]) {
      await service.clock.sleep(pause)
      const [[status, body] = [0, {}]] = await send(service, ask)
      const { tasks = [], failures = [] } = Object(body)
      met.push(
        status === 200
          ? [tasks.length, failures.map(({ reason }: { reason: string }) => reason)]
          : status,
      )
    }
  })
  expect(met).toEqual([[1, ['AGENT']], 400, [1, ['AGENT']], [1, ['MISSING']]])
})

test('gives what the code throws as a result', async () => {
  const error = new Error('mine')
  const { result } = await reenact(makeTimeline([makeExchange(0, makeResponse(['a']))]), () =>
    Promise.reject(error),
  )
  expect(result).toEqual({ kind: 'threw', error })
})

test('meets the same a second time', async () => {
  const incident = await loadIncident('agent-disconnect-partial')
  const run = async () => {
    const { timeline, departures } = await reenact(incident, (service) =>
      runUntilDone(service, CORRECT, JOB),
    )
    return {
      departures,
      met: timeline.events.map(({ atMs, summary }) => [Math.round(atMs), summary]),
    }
  }
  expect(await run()).toEqual(await run())
})

test.each([{ forbid: 'all' }, { launches: { atLeast: 0.5 } }, { unknown: 1 }, 7])(
  'refuses expectations that are none: %j',
  async (expectations) => {
    const incident = makeTimeline([makeExchange(0, makeResponse(['a']))], {
      provenance: { expectations },
    })
    await expect(reenact(incident, () => Promise.resolve())).rejects.toMatchObject({
      code: 'recording-invalid',
    })
  },
)

test('wakes those who wait in the order of their times, in no time', async () => {
  const woken: [string, number][] = []
  const began = Date.now()
  await reenact(makeTimeline([makeExchange(0, makeResponse(['a']))]), async ({ clock }) => {
    const wait = async (name: string, ms: number) => {
      await clock.sleep(ms)
      woken.push([name, clock.now()])
    }
    await Promise.all([wait('late', 3_600_000), wait('soon', 1000), wait('between', 60_000)])
  })
  expect(woken).toEqual([
    ['soon', 1000],
    ['between', 60_000],
    ['late', 3_600_000],
  ])
  expect(Date.now() - began).toBeLessThan(60_000)
})

test('takes a request that names an ARN for the one that named its end', async () => {
  const arn = 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/ci-1'
  const incident = makeTimeline([makeExchange(0, makeResponse(['a']))])
  const { departures, answered } = await reenact(incident, (service) =>
    send(service, { ...ASKED, containerInstances: [arn] }),
  )
  expect([departures, answered.recorded]).toEqual([[], 1])
})

test('leaves out of departures what does not count', async () => {
  const incident = makeTimeline([makeExchange(0, makeResponse(['a']))])
  const other = { ...ASKED, startedBy: 'job-2' }
  const options = { match: { ignore: ['/startedBy'] } }
  expect((await reenact(incident, (service) => send(service, other), options)).departures).toEqual(
    [],
  )
})

test('tells a caller that asks again where the SDK had sent again', async () => {
  const once = { invocation: 'one' }
  const incident = makeTimeline([
    makeExchange(0, makeError(500, 'ServerException'), { ...once, attempt: 1 }),
    makeExchange(500, makeError(400, 'ClientException'), { ...once, attempt: 2 }),
    makeExchange(90_000, makeResponse(['a'])),
  ])
  const { departures } = await reenact(incident, async (service) => {
    for (const pause of [0, 100_000, 100_000]) {
      await service.clock.sleep(pause)
      await send(service, ASKED)
    }
  })
  expect(departures.map(({ kind, message }) => [kind, message])).toEqual([
    [
      'other-retries',
      "that day's request #1 is made in 3 attempts of 3 invocations, and was in 3 attempts of 2 invocations",
    ],
  ])
})

/** The tasks that two equal requests are given that nobody made that day. */
async function launchTwice(seed: number): Promise<[string, string][]> {
  const incident = makeTimeline([makeExchange(0, makeResponse(['a']))])
  const ask = {
    ...ASKED,
    startedBy: 'new',
    containerInstances: ['0123456789abcdef0123456789abcdef'],
  }
  const { timeline } = await reenact(incident, (service) => send(service, ask, ask), { seed })
  return timeline.events.flatMap((event) => {
    if (event.kind !== 'attempt' || !('body' in event.exchange.response)) return []
    const { tasks } = Object(event.exchange.response.body)
    return [[tasks[0].taskArn.split('/').at(-1), tasks[0].containerInstanceArn.split('/').at(-1)]]
  })
}

test('gives each of equal requests a task of its own, on the instance that was asked for, and the same in every run', async () => {
  const given = await launchTwice(0)
  expect(given.map(([, instance]) => instance)).toEqual([
    '0123456789abcdef0123456789abcdef',
    '0123456789abcdef0123456789abcdef',
  ])
  expect(new Set(given.map(([task]) => task)).size).toBe(2)
  expect([
    await launchTwice(0),
    (await launchTwice(1)).some(([task]) => given.some(([other]) => other === task)),
  ]).toEqual([given, false])
})

test('keeps invocations of two recordings apart that have one name', async () => {
  const named = (startedAtMs: number, id: string) =>
    makeRecording([
      makeExchange(startedAtMs, makeResponse([id]), { invocation: 'invocation-1', attempt: 1 }),
    ])
  const incident = createTimeline([
    { name: 'a.json', recording: named(0, 'a') },
    { name: 'b.json', recording: named(1000, 'b') },
  ])
  const { result } = await reenact(incident, (service) => send(service, ASKED, ASKED))
  expect(JSON.stringify(result)).toMatch(/task\/default\/a.*task\/default\/b/)
})

test.each([
  [{ launches: { atMost: 1 } }, []],
  [{ launches: { atLeast: 1 } }, []],
  [{ launches: { atMost: 0 } }, ['launches: 1 task was launched, and at most 0 should have been']],
  [
    { launches: { atLeast: 2 } },
    ['launches: 1 task was launched, and at least 2 should have been'],
  ],
  [{ forbidDepartures: ['new'] }, []],
  [{ forbidDepartures: ['not-made'] }, ["not-made: that day's request #2 is not made"]],
])('judges a run by expectations of the caller: %j', async (expectations, broken) => {
  const incident = makeTimeline([
    makeExchange(0, makeResponse(['a'])),
    makeExchange(10, makeResponse(['b']), { body: { ...ASKED, startedBy: 'other' } }),
  ])
  expect(
    (await reenact(incident, (service) => send(service, ASKED), { expectations })).broken,
  ).toEqual(broken)
})
