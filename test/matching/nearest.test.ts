import { expect, test } from 'vitest'

import { findNearest, identifyRequest, type Near } from '../../src/matching/index.ts'

interface Recorded {
  name: string
  body: unknown
}

const SENT = identifyRequest('StartTask', {
  taskDefinition: 'web',
  startedBy: 'me',
  containerInstances: ['a'],
})

function find(recorded: readonly Recorded[], most?: number): Promise<Near<Recorded>[]> {
  const candidates = recorded.map((candidate) => ({ candidate, body: candidate.body }))
  return findNearest(
    SENT,
    candidates,
    ({ body }) => identifyRequest('StartTask', body),
    most === undefined ? {} : { most },
  )
}

async function readNames(recorded: readonly Recorded[], most?: number): Promise<string[]> {
  return (await find(recorded, most)).map(({ candidate }) => candidate.name)
}

function createRecorded(name: string, body: unknown): Recorded {
  return { name, body }
}

const NEAR = createRecorded('near', {
  taskDefinition: 'web',
  startedBy: 'you',
  containerInstances: ['a'],
})
const FAR = createRecorded('far', {
  taskDefinition: 'db',
  startedBy: 'you',
  containerInstances: ['a'],
})
const FARTHEST = createRecorded('farthest', {
  taskDefinition: 'db',
  startedBy: 'you',
  containerInstances: ['x', 'y'],
  cluster: 'prod',
})

test('returns the closest request first', async () => {
  expect(await readNames([FARTHEST, FAR, NEAR])).toEqual(['near', 'far', 'farthest'])
})

test('gives at most three', async () => {
  expect(await readNames([FAR, FARTHEST, NEAR, FAR, NEAR])).toEqual(['near', 'near', 'far'])
})

test('gives at most as many as asked for', async () => {
  expect(await readNames([FAR, NEAR], 1)).toEqual(['near'])
})

test('gives equally near ones in recorded order', async () => {
  const candidates = ['first', 'second', 'third'].map((name) =>
    createRecorded(name, { taskDefinition: 'web', startedBy: name, containerInstances: ['a'] }),
  )
  expect(await readNames(candidates)).toEqual(['first', 'second', 'third'])
  expect(await readNames(candidates.toReversed())).toEqual(['third', 'second', 'first'])
})

test('counts values, not places: one large difference is farther than one small one', async () => {
  const large = createRecorded('large', {
    taskDefinition: 'web',
    startedBy: 'me',
    containerInstances: ['a'],
    tags: [{ key: 'k', value: 'v' }],
  })
  expect(await readNames([large, NEAR])).toEqual(['near', 'large'])
})

test('gives none when none is recorded', async () => {
  expect(await readNames([])).toEqual([])
})

test('says where each differs', async () => {
  expect(await find([NEAR])).toEqual([
    {
      candidate: NEAR,
      differences: [{ pointer: '/startedBy', kind: 'changed', recorded: 'you', sent: 'me' }],
    },
  ])
})

test('weighs what runs, and where, more than what labels it', async () => {
  const body = { taskDefinition: 'web', startedBy: 'you', group: 'g', containerInstances: ['a'] }
  const labelled = createRecorded('labelled', body)
  const other = createRecorded('other', {
    ...body,
    startedBy: 'me',
    group: undefined,
    taskDefinition: 'db',
  })
  expect(await readNames([other, labelled])).toEqual(['labelled', 'other'])
})

test('takes a name and its ARN for the same at first sight, too', async () => {
  const distant = Array.from({ length: 30 }, (_, index) =>
    createRecorded(`x${index}`, {
      taskDefinition: 'db',
      startedBy: 'me',
      containerInstances: ['a'],
    }),
  )
  const arn = 'arn:aws:ecs:us-east-1:000012345678:task-definition/web'
  const named = createRecorded('named', {
    taskDefinition: arn,
    startedBy: 'you',
    containerInstances: ['a'],
  })
  expect(await readNames([...distant, named], 1)).toEqual(['named'])
})

test('lets others have their turn while it looks at many', async () => {
  const many = Array.from({ length: 2000 }, (_, index) =>
    createRecorded(`x${index}`, { startedBy: String(index) }),
  )
  let turns = 0
  const pause = () => Promise.resolve(void turns++)
  await findNearest(
    SENT,
    many.map((candidate) => ({ candidate, body: candidate.body })),
    ({ body }) => identifyRequest('StartTask', body),
    { pause },
  )
  expect(turns).toBe(4)
})
