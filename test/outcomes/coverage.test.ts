import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { createCoverage, findCoverageGaps, measureCoverage } from '../../src/outcomes/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { type Recording } from '../../src/protocol/index.ts'

function readRecording(name: string): Recording {
  return parseRecording(
    readFileSync(fileURLToPath(new URL(`../../recordings/${name}.json`, import.meta.url)), 'utf8'),
  )
}

const names = (seen: readonly { name: string }[]) => seen.map(({ name }) => name)

test("counts the members of the page's own sample", () => {
  const { members, outcomes, exchanges } = measureCoverage([readRecording('started/page-sample')])
  expect([exchanges, names(outcomes.seen), members.total]).toEqual([
    1,
    ['started'],
    members.touched + members.missing.length,
  ])
  expect(names(members.seen)).toEqual([
    'request.containerInstances',
    'request.taskDefinition',
    'response.failures',
    'response.tasks',
    ...['clusterArn', 'containerInstanceArn', 'containers'].map(
      (name) => `response.tasks[].${name}`,
    ),
    ...['containerArn', 'lastStatus', 'name', 'taskArn'].map(
      (name) => `response.tasks[].containers[].${name}`,
    ),
    ...['createdAt', 'desiredStatus', 'lastStatus', 'overrides'].map(
      (name) => `response.tasks[].${name}`,
    ),
    'response.tasks[].overrides.containerOverrides',
    'response.tasks[].overrides.containerOverrides[].name',
    ...['taskArn', 'taskDefinitionArn', 'version'].map((name) => `response.tasks[].${name}`),
  ])
})

test('counts outcomes, errors and reasons, each with how often', () => {
  const report = measureCoverage(
    [
      'partial/provider-one-instance-missing',
      'unplaced/provider-instance-missing',
      'rejected/provider-cluster-not-found',
    ].map(readRecording),
  )
  expect(names(report.outcomes.seen)).toEqual(['partial', 'unplaced', 'rejected'])
  expect([report.reasons.seen, report.errors.seen]).toEqual([
    [{ name: 'MISSING', times: 2 }],
    [{ name: 'ClusterNotFoundException', times: 1 }],
  ])
  expect([report.reasons.total, report.reasons.percent, report.errors.percent]).toEqual([
    10, 10, 20,
  ])
})

test('counts values of enums, and tells of those that are none', () => {
  const coverage = createCoverage()
  coverage.addRequest({ propagateTags: 'SERVICE' })
  coverage.addRequest({ propagateTags: 'ALL' })
  const { values } = coverage.report()
  expect([values.seen, values.besides]).toEqual([
    [{ name: 'request.propagateTags = SERVICE', times: 1 }],
    [{ name: 'request.propagateTags = ALL', times: 1 }],
  ])
})

test('does not ask for members that are newer than the page', () => {
  const coverage = createCoverage()
  coverage.addRequest({
    overrides: {
      containerOverrides: [{ resourceRequirements: [{ type: 'GPU', sharingStrategy: {} }] }],
    },
  })
  const { members } = coverage.report()
  const newer = 'request.overrides.containerOverrides[].resourceRequirements[].sharingStrategy'
  expect([members.missing.includes(newer), names(members.besides)]).toEqual([false, [newer]])
})

test('takes null for absence, and an inherited member for none', () => {
  const coverage = createCoverage()
  coverage.addRequest(
    Object.create({ startedBy: 'x' }, { cluster: { value: null, enumerable: true } }),
  )
  expect(coverage.report().members.touched).toBe(0)
})

test('counts a failure of the transport as an exchange without a response', () => {
  const recording = readRecording('started/page-sample')
  const [exchange] = recording.exchanges
  if (!exchange) throw new Error('The sample is empty.')
  const report = measureCoverage([
    { ...recording, exchanges: [{ ...exchange, response: { failure: 'reset' } }] },
  ])
  expect([report.exchanges, report.unanswered, report.outcomes.touched]).toEqual([1, 1, 0])
})

test('says nothing of other operations', () => {
  const recording = readRecording('started/page-sample')
  expect(
    measureCoverage([
      {
        ...recording,
        exchanges: recording.exchanges.map((exchange) => ({ ...exchange, operation: 'RunTask' })),
      },
    ]).exchanges,
  ).toBe(0)
})

test('finds the kinds that stay below their thresholds', () => {
  const report = measureCoverage([readRecording('unplaced/provider-instance-missing')])
  const thresholds = new Map([
    ['outcomes', 20],
    ['reasons', 10.1],
  ])
  expect(findCoverageGaps(report, thresholds)).toEqual([
    { kind: 'reasons', percent: 10, threshold: 10.1 },
  ])
})
