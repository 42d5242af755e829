import { expect, test } from 'vitest'

import { makeInteractions } from '../../src/pact/index.ts'
import {
  buildResponse,
  buildExchange,
  buildRecording,
  TARGET,
} from '../replayer/recorded-exchanges.ts'

const INPUT = { taskDefinition: 'web:3', containerInstances: ['i-1', 'i-2'] }
const make = (...exchanges: Parameters<typeof buildRecording>) =>
  makeInteractions([{ name: 'r', recording: buildRecording(...exchanges) }])

test('makes one interaction of an invocation, by its last attempt', () => {
  const attempts = [500, 200].map((status, index) => ({
    ...buildExchange(
      INPUT,
      buildResponse(
        status,
        status === 200 ? { tasks: [], failures: [] } : { __type: 'ServerException' },
      ),
    ),
    invocation: 'one',
    attempt: index + 1,
  }))
  const { interactions, left } = make(...attempts)
  expect([interactions.map(({ status }) => status), left]).toEqual([
    [200],
    [{ recording: 'r', exchange: 1, reason: 'it was sent again' }],
  ])
})

test('makes one item of a list stand for all, with the members that all have', () => {
  const tasks = [
    { taskArn: 'arn:a', lastStatus: 'PENDING', startedBy: null, tags: [] },
    { taskArn: 'arn:b', version: 1, tags: [] },
  ]
  const [interaction] = make(
    buildExchange(INPUT, buildResponse(200, { tasks, failures: [] })),
  ).interactions
  expect(interaction?.response).toEqual({ tasks: [{ taskArn: 'arn:a' }], failures: [] })
})

test('leaves out what no contract is about, and says why', () => {
  const exchange = buildExchange(INPUT, buildResponse(200, { tasks: [], failures: [] }))
  const { interactions, left } = make(
    exchange,
    exchange,
    { ...exchange, operation: 'RunTask' },
    { ...exchange, response: { failure: 'reset' } },
    { ...exchange, request: { headers: { 'x-amz-target': TARGET }, body: 'text' } },
  )
  expect(interactions).toHaveLength(1)
  expect(left.map(({ reason }) => reason)).toEqual([
    'it repeats an interaction',
    'it is RunTask',
    'no response came',
    'its request is no JSON object',
  ])
})

test('names the state that makes an outcome come again', () => {
  const arn = 'arn:aws:ecs:us-east-1:012345678910:container-instance/default/i-2'
  const failures = [{ arn, reason: 'AGENT' }]
  const { interactions } = make(
    buildExchange(INPUT, buildResponse(200, { tasks: [{ taskArn: 'arn:a' }], failures })),
    buildExchange(
      { ...INPUT, cluster: 'c' },
      buildResponse(400, { __type: 'ClusterNotFoundException', message: 'Cluster not found.' }),
    ),
    buildExchange(
      { ...INPUT, cluster: 'd' },
      buildResponse(400, { __type: 'ClientException', message: 'Unable to find task definition' }),
    ),
    buildExchange({ ...INPUT, cluster: 'e' }, buildResponse(500, { __type: 'ServerException' })),
  )
  const base = { taskDefinition: 'web:3' }
  expect(interactions.map(({ states }) => states)).toEqual([
    [
      {
        name: 'container instances cannot take the task',
        params: {
          ...base,
          containerInstances: INPUT.containerInstances,
          failures: [{ containerInstance: 'i-2', reason: 'AGENT' }],
        },
      },
    ],
    [{ name: 'the cluster does not exist', params: { cluster: 'c' } }],
    [{ name: 'the task definition does not exist', params: { ...base, cluster: 'd' } }],
    [
      {
        name: 'the service answers with an error',
        params: { error: 'ServerException', status: 500 },
      },
    ],
  ])
})
