import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkError,
  checkRequest,
  checkResponse,
  type Finding,
  readOutcome,
} from '../../src/contract/index.ts'
import {
  BREAKABLE_RULES,
  brokenRequests,
  startTaskWireResponses,
  startTaskRequests,
  startTaskResponses,
} from '../../src/outcomes/arbitraries.ts'
import { isObject, parseBody } from '../../src/protocol/index.ts'

const RUNS = 10_000
const SEED = 20_240_610
const LONG = 60_000

const SUCCESSES = ['started', 'partial', 'unplaced'] as const
const OUTCOMES = [...SUCCESSES, 'rejected', 'unreadable'] as const

/** Rules that no request breaks alone, with the reason. */
const NEVER_ALONE: Record<string, string> = {
  'request.size': 'a million values',
  'request.notJson': 'it is about bytes, not about a body',
  'request.overrides.containerOverrides[].resourceRequirements[].sharingStrategy.besideValue':
    'request.newerMember reports the member too',
  'request.volumeConfigurations[].managedEBSVolume.snapshotId.besideInitializationRate':
    'request.newerMember reports the rate too',
}

const catalogue: { rules: { id: string; severity: string }[] } = JSON.parse(
  readFileSync('contracts/start-task/rules.json', 'utf8'),
)

function listFaults(findings: Finding[]): string[] {
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, pointer }) => `${rule} at ${pointer}`)
}

function countTags(request: unknown): number {
  return isObject(request) && Array.isArray(request['tags']) ? request['tags'].length : 0
}

function listNumbers(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(listNumbers)
    : []
}

test('gives requests of which nothing but information is said', { timeout: LONG }, () => {
  const property = fc.property(startTaskRequests(), (request) => {
    expect(listFaults(checkRequest(request))).toEqual([])
  })
  fc.assert(property, { numRuns: RUNS, seed: SEED })
})

test.each(SUCCESSES)(
  'gives %s responses of which neither view says anything',
  { timeout: LONG },
  (outcome) => {
    const property = fc.property(startTaskResponses(outcome), (response) => {
      expect([
        ...checkResponse(response, 'recorded'),
        ...checkResponse(response, 'expected'),
      ]).toEqual([])
    })
    fc.assert(property, { numRuns: Math.ceil(RUNS / SUCCESSES.length), seed: SEED })
  },
)

test.each(OUTCOMES)('gives responses that read as %s', { timeout: LONG }, (outcome) => {
  const property = fc.property(startTaskWireResponses(outcome), (response) => {
    expect(readOutcome(response).kind).toBe(outcome)
  })
  fc.assert(property, { numRuns: RUNS / 10, seed: SEED })
})

test('gives rejections of which nothing is said', () => {
  const property = fc.property(startTaskWireResponses('rejected'), ({ status, headers, body }) => {
    expect(checkError(status, headers, parseBody(body))).toEqual([])
  })
  fc.assert(property, { numRuns: RUNS / 10, seed: SEED })
})

test('breaks every rule alone and at its pointer', { timeout: LONG }, () => {
  const broken = new Set<string>()
  const property = fc.property(brokenRequests(), ({ request, rule, pointer }) => {
    expect(listFaults(checkRequest(request))).toEqual([`${rule} at ${pointer}`])
    broken.add(rule)
  })
  fc.assert(property, { numRuns: RUNS, seed: SEED })
  expect([...broken].toSorted()).toEqual(BREAKABLE_RULES.toSorted())
})

test('knows how to break every rule of the catalogue that can be broken alone', () => {
  const rules = catalogue.rules
    .filter(({ id, severity }) => id.startsWith('request.') && severity !== 'info')
    .map(({ id }) => id)
  expect([...BREAKABLE_RULES, ...Object.keys(NEVER_ALONE)].toSorted()).toEqual(rules.toSorted())
})

test('breaks the rule that it is asked to break', () => {
  const requests = fc.sample(brokenRequests('request.startedBy.pattern'), {
    numRuns: 100,
    seed: SEED,
  })
  expect(new Set(requests.map(({ rule, pointer }) => `${rule} at ${pointer}`))).toEqual(
    new Set(['request.startedBy.pattern at /startedBy']),
  )
})

test('breaks one rule alone while it shrinks to what fails', () => {
  const faults = new Set<number>()
  const property = fc.property(brokenRequests('request.tags[].value.maxLength'), ({ request }) => {
    faults.add(listFaults(checkRequest(request)).length)
    return countTags(request) < 2
  })
  expect(fc.check(property, { numRuns: 100, seed: SEED }).numShrinks).toBeGreaterThan(5)
  expect([...faults]).toEqual([1])
})

test('refuses a rule that no request breaks alone', () => {
  expect(() => brokenRequests('request.cluster.default')).toThrow(
    'Unknown breakable rule: "request.cluster.default".',
  )
})

test('gives the same values for the same seed', () => {
  const draw = (): unknown[] =>
    [startTaskRequests(), startTaskWireResponses(), brokenRequests()].map((arbitrary) =>
      fc.sample<unknown>(arbitrary, { numRuns: 50, seed: SEED }),
    )
  expect(draw()).toEqual(draw())
})

test('draws a member from what the caller gives', () => {
  const given = {
    cluster: fc.constant('blue'),
    containerInstances: fc.constant<string[]>(['ci-1']),
  }
  const property = fc.property(startTaskRequests(given), ({ cluster, containerInstances }) => {
    expect({ cluster, containerInstances }).toEqual({
      cluster: 'blue',
      containerInstances: ['ci-1'],
    })
  })
  fc.assert(property, { numRuns: 100, seed: SEED })
})

test('refuses a member that no request has', () => {
  const options: object = { launchType: fc.constant('EC2') }
  expect(() => startTaskRequests(options)).toThrow('Unknown member of a request: "launchType".')
})

test('gives every member of a request now and then', () => {
  const members = [
    'cluster',
    'networkConfiguration',
    'overrides',
    'startedBy',
    'tags',
    'volumeConfigurations',
  ]
  const given = new Set(
    fc
      .sample(startTaskRequests(), { numRuns: 200, seed: SEED })
      .flatMap((request) => Object.keys(request)),
  )
  expect(members.filter((member) => !given.has(member))).toEqual([])
})

test('gives every documented type of volume', () => {
  const requests = fc.sample(startTaskRequests(), { numRuns: 500, seed: SEED })
  const volumes = requests.flatMap(({ volumeConfigurations = [] }) => volumeConfigurations)
  const given = new Set(
    volumes.flatMap(({ managedEBSVolume }) =>
      managedEBSVolume ? [managedEBSVolume.volumeType] : [],
    ),
  )
  expect(given).toEqual(new Set(['gp2', 'gp3', 'io1', 'io2', 'sc1', 'st1', 'standard', undefined]))
})

test('gives no number below zero where it breaks no rule', () => {
  const bodies = [
    ...fc.sample(startTaskRequests(), { numRuns: 500, seed: SEED }),
    ...fc.sample(startTaskResponses(), { numRuns: 500, seed: SEED }),
  ]
  expect(listNumbers(bodies).filter((number) => number < 0)).toEqual([])
})

test('gives times in seconds with milliseconds', () => {
  const responses = fc.sample(startTaskResponses('started'), { numRuns: 100, seed: SEED })
  const times = responses.flatMap(({ tasks = [] }) =>
    tasks.flatMap(({ createdAt }) => (createdAt === undefined ? [] : [createdAt])),
  )
  expect(times.some((time) => !Number.isInteger(time))).toBe(true)
  for (const time of times) expect(Math.abs(time - 1_700_000_000)).toBeLessThanOrEqual(100_000_000)
})

test('shrinks to a request that has nothing but what fails', () => {
  const property = fc.property(
    startTaskRequests(),
    ({ overrides }) => overrides?.containerOverrides?.some(({ cpu }) => cpu !== undefined) !== true,
  )
  const { counterexample } = fc.check(property, { numRuns: RUNS, seed: SEED })
  expect(counterexample).toMatchObject([{ overrides: { containerOverrides: [{ cpu: 0 }] } }])
  const [request] = counterexample ?? []
  expect(Object.keys(request ?? {}).toSorted()).toEqual([
    'containerInstances',
    'overrides',
    'taskDefinition',
  ])
})
