import { expect, test } from 'vitest'

import { findNearest, identifyRequest } from '../../src/matching/index.ts'

function createCandidate(name: string, body: unknown, operation = 'StartTask') {
  return { name, identity: identifyRequest(operation, body) }
}

const SENT = identifyRequest('StartTask', { taskDefinition: 'web', startedBy: 'me', containerInstances: ['a'] })

function readNames(candidates: ReturnType<typeof createCandidate>[], most?: number): string[] {
  return findNearest(SENT, candidates, most).map(({ candidate }) => candidate.name)
}

const NEAR = createCandidate('near', { taskDefinition: 'web', startedBy: 'you', containerInstances: ['a'] })
const FAR = createCandidate('far', { taskDefinition: 'db', startedBy: 'you', containerInstances: ['a'] })
const FARTHEST = createCandidate('farthest', { taskDefinition: 'db', startedBy: 'you', containerInstances: ['x', 'y'], cluster: 'prod' })

test('gives the nearest first', () => {
  expect(readNames([FARTHEST, FAR, NEAR])).toEqual(['near', 'far', 'farthest'])
})

test('gives at most three', () => {
  expect(readNames([FAR, FARTHEST, NEAR, FAR, NEAR])).toEqual(['near', 'near', 'far'])
})

test('gives at most as many as asked for', () => {
  expect(readNames([FAR, NEAR], 1)).toEqual(['near'])
})

test('gives equally near ones in recorded order', () => {
  const candidates = ['first', 'second', 'third'].map((name) =>
    createCandidate(name, { taskDefinition: 'web', startedBy: name, containerInstances: ['a'] }),
  )
  expect(readNames(candidates)).toEqual(['first', 'second', 'third'])
  expect(readNames(candidates.toReversed())).toEqual(['third', 'second', 'first'])
})

test('counts values, not places: one large difference is farther than two small ones', () => {
  const large = createCandidate('large', {
    taskDefinition: 'web',
    startedBy: 'me',
    containerInstances: ['a'],
    tags: [{ key: 'k', value: 'v' }],
  })
  expect(readNames([large, FAR])).toEqual(['far', 'large'])
})

test('leaves requests of other operations out', () => {
  expect(readNames([createCandidate('run', { taskDefinition: 'web' }, 'RunTask'), FAR])).toEqual(['far'])
})

test('gives none when none is recorded', () => {
  expect(readNames([])).toEqual([])
})

test('says where each differs', () => {
  expect(findNearest(SENT, [NEAR])).toEqual([
    { candidate: NEAR, differences: [{ pointer: '/startedBy', kind: 'changed', recorded: 'you', sent: 'me' }] },
  ])
})
