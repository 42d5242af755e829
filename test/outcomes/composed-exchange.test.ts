import { expect, test } from 'vitest'

import {
  checkExchange,
  COMMON_ERRORS,
  DOCUMENTED_ERRORS,
  FAILURE_REASONS,
  TRANSPORT_FAULTS,
} from '../../src/contract/index.ts'
import { composeExchange } from '../../src/outcomes/index.ts'

test('composes each documented failure reason without a finding', () => {
  for (const reason of Object.keys(FAILURE_REASONS)) {
    const { exchange, undocumented } = composeExchange({ outcome: 'unplaced', reasons: [reason] })
    expect(undocumented).toEqual([])
    expect(exchange.response).toMatchObject({
      body: { tasks: [], failures: [{ reason }, { reason }] },
    })
    expect(checkExchange(exchange).filter(({ severity }) => severity !== 'info')).toEqual([])
  }
})

test('composes each error of the catalogue with each status that it was seen with', () => {
  const documented = Object.entries(DOCUMENTED_ERRORS).map(([name, { status }]) => ({
    name,
    statuses: [status],
  }))
  const common = Object.entries(COMMON_ERRORS).map(([name, { statuses }]) => ({ name, statuses }))
  for (const { name, statuses } of [...documented, ...common]) {
    for (const status of statuses) {
      const { exchange } = composeExchange({ outcome: 'rejected', reasons: [name], status })
      expect(exchange.response).toMatchObject({
        status,
        body: { __type: name, message: expect.stringMatching(/./) },
      })
      expect(checkExchange(exchange).filter(({ severity }) => severity === 'error')).toEqual([])
    }
  }
})

test('says what users saw as an error’s message', () => {
  const { response } = composeExchange({
    outcome: 'rejected',
    reasons: ['ClusterNotFoundException'],
  }).exchange
  expect(response).toMatchObject({ body: { message: 'Cluster not found.' } })
})

test.for([
  [
    'html-502',
    { status: 502, body: null, bodyText: expect.stringContaining('<html>') },
    'response.notJson',
  ],
  ['empty-200', { status: 200, body: null }, 'response.type'],
  ['empty-400', { status: 400, body: null }, 'error.__type.required'],
  ['reset', { failure: 'reset', code: 'ECONNRESET' }, undefined],
  ['refused', { failure: 'refused', code: 'ECONNREFUSED' }, undefined],
  ['timeout', { failure: 'timeout', code: 'ETIMEDOUT' }, undefined],
  ['truncated', { failure: 'truncated', code: 'ECONNRESET' }, undefined],
] as const)('composes %s instead of a response', ([reason, response, rule]) => {
  const { exchange } = composeExchange({ outcome: 'unreadable', reasons: [reason] })
  expect(exchange.response).toMatchObject(response)
  const errors = checkExchange(exchange).filter(({ severity }) => severity === 'error')
  expect(errors.map((error) => error.rule)).toEqual(rule === undefined ? [] : [rule])
})

test('knows every fault of the catalogue', () => {
  for (const reason of Object.keys(TRANSPORT_FAULTS))
    expect(() => composeExchange({ outcome: 'unreadable', reasons: [reason] })).not.toThrow()
})

test('composes the same for the same, and another for another request', () => {
  const request = { taskDefinition: 'web:3', containerInstances: ['a'] }
  expect(composeExchange({ outcome: 'started', request })).toEqual(
    composeExchange({ outcome: 'started', request }),
  )
  expect(composeExchange({ outcome: 'started', request })).not.toEqual(
    composeExchange({ outcome: 'started' }),
  )
})

test.for([
  [
    { outcome: 'started', reasons: ['AGENT'] },
    'A response that is started has no place for a reason.',
  ],
  [
    { outcome: 'unplaced', message: 'a', status: 400 },
    'A response that is unplaced has no place for a status and a message.',
  ],
  [{ outcome: 'rejected', detail: 'a' }, 'A response that is rejected has no place for a detail.'],
  [
    { outcome: 'rejected', reasons: ['A', 'B'] },
    'A response that is rejected has one reason; 2 were given.',
  ],
  [
    { outcome: 'unreadable', reasons: ['reset', 'reset'] },
    'A response that is unreadable has one reason; 2 were given.',
  ],
  [
    { outcome: 'rejected', reasons: ['ClientException'], status: 403 },
    'ClientException was never seen with HTTP 403.',
  ],
  [{ outcome: 'rejected', reasons: ['__proto__'] }, 'Unknown error: "__proto__".'],
  [{ outcome: 'unreadable', reasons: ['flood'] }, 'Unknown fault: "flood".'],
  [{ outcome: 'unplaced', reasons: [''] }, 'A reason is empty.'],
  [
    { outcome: 'partial', request: { containerInstances: ['a'] } },
    'A partial response needs a request of two container instances or more.',
  ],
] as const)('refuses what does not go together: %j', ([composition, message]) => {
  expect(() => composeExchange(composition)).toThrow(message)
})
