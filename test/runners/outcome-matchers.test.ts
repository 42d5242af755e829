import { expect, test } from 'vitest'
import { loadRecordings } from '../../src/recording/index.ts'
import {
  toHaveBeenRejected,
  toHaveFailedPlacement,
  toHavePartlyStarted,
  toHaveStartedTask,
} from '../../src/runners/index.ts'

const ARN = 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/b7d0c3a2'
const TASK = { taskArn: 'arn:aws:ecs:us-east-1:123456789012:task/default/1' }
const FAILURE = { arn: ARN, reason: 'AGENT' }
const STARTED = { $metadata: { httpStatusCode: 200 }, tasks: [TASK], failures: [] }
const UNPLACED = { $metadata: { httpStatusCode: 200 }, tasks: [], failures: [FAILURE] }
const PARTIAL = {
  tasks: [TASK],
  failures: [{ arn: ARN, reason: 'RESOURCE:CPU', detail: 'needs 512' }],
}

/** What a client of AWS SDK v3 throws. */
const REJECTION = Object.assign(new Error('Cluster not found.'), {
  name: 'ClusterNotFoundException',
  $metadata: { httpStatusCode: 400 },
})

const WIRE = (status: number, body: unknown) => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
})

const [recorded] = await loadRecordings('recordings/unplaced/provider-agent-disconnected.json')

test.for([
  ['what the SDK gave', STARTED],
  ['a parsed body', { tasks: [TASK], failures: [] }],
  ['a body without failures', { tasks: [TASK] }],
  ['the text of a body', JSON.stringify({ tasks: [TASK] })],
  ['a response on the wire', WIRE(200, { tasks: [TASK] })],
  ['bytes on the wire', { ...WIRE(200, {}), body: Buffer.from(JSON.stringify({ tasks: [TASK] })) }],
  ['an outcome', { kind: 'started', tasks: [TASK] }],
  ['a recorded response', { status: 200, headers: {}, body: { tasks: [TASK] } }],
] as const)('finds a started task in %s', ([, response]) => {
  expect(toHaveStartedTask.call(undefined, response).pass).toBe(true)
})

test('says of HTTP 200 without a task that none started, for which reason, and what to do', () => {
  const { pass, message, actual, expected } = toHaveStartedTask.call(undefined, UNPLACED)
  expect({ pass, actual, expected }).toEqual({
    pass: false,
    actual: 'unplaced: AGENT',
    expected: 'started',
  })
  expect(message()).toBe(
    [
      'Expected a started task; none started, though the response is HTTP 200.',
      `  failure    AGENT at ${ARN}: The container agent of the instance is not connected.`,
      '  remedy     let the code read failures: StartTask says there, not in the status, what it did not start',
    ].join('\n'),
  )
})

test('reads a recorded exchange', () => {
  expect(toHaveStartedTask.call(undefined, recorded?.exchanges[0]).message()).toContain('AGENT at')
})

test('lets neither itself nor its opposite pass for a partial response', () => {
  expect(toHaveStartedTask.call(undefined, PARTIAL).pass).toBe(false)
  const opposite = toHaveStartedTask.call({ isNot: true }, PARTIAL)
  expect(opposite.pass).toBe(true)
  expect(opposite.message()).toMatch(
    /^1 task started and 1 placement failed, in one response of HTTP 200\.\n {2}failure {4}RESOURCE:CPU/,
  )
  expect(opposite.message()).toContain('toHavePartlyStarted')
})

test('says under not what started', () => {
  expect(toHaveStartedTask.call({ isNot: true }, STARTED).message()).toBe(
    'Expected no started task; 1 task started.',
  )
})

test('counts tasks where it is told how many', () => {
  expect(toHaveStartedTask.call(undefined, STARTED, 1).pass).toBe(true)
  const two = toHaveStartedTask.call(undefined, STARTED, 2)
  expect({ pass: two.pass, message: two.message() }).toEqual({
    pass: false,
    message: 'Expected 2 started tasks; 1 task started.',
  })
})

test.for([
  [
    'a rejection',
    REJECTION,
    /rejected: ClusterNotFoundException, HTTP 400\.\n {2}message {4}Cluster not found\./,
  ],
  [
    'a promise',
    Promise.resolve(STARTED),
    /unreadable\.\n {2}reason {5}It is a promise: await it\./,
  ],
  ['a Response', new Response('{}'), /a Response whose body is not read yet/],
  ['nothing', undefined, /It is undefined/],
  [
    'a broken connection',
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    /No response came: read ECONNRESET/,
  ],
  [
    'a recorded reset',
    { operation: 'StartTask', request: {}, response: { failure: 'reset' } },
    /No response came: reset/,
  ],
  [
    'neither tasks nor failures',
    { tasks: [], failures: [] },
    /none started, though the response is HTTP 200/,
  ],
  [
    'an error on the wire',
    WIRE(400, { __type: 'ClientException', message: 'no' }),
    /rejected: ClientException, HTTP 400/,
  ],
] as const)('finds no started task in %s, and says why', ([, response, why]) => {
  const { pass, message } = toHaveStartedTask.call(undefined, response)
  expect(pass).toBe(false)
  expect(message()).toMatch(why)
})

test('never throws for a value that cannot be read', () => {
  const hostile = new Proxy({}, { get: () => { throw new Error('no') } }) // prettier-ignore
  expect(toHaveStartedTask.call(undefined, hostile).pass).toBe(false)
})

test('prints nothing that steers a terminal', () => {
  const hostile = {
    failures: [
      { arn: 'a\u001b[2J', reason: '\u001b]0;owned\u0007\nfailure', detail: '\u202eevil' },
    ],
  }
  const { message, actual } = toHaveStartedTask.call(undefined, hostile)
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  expect(`${message()}${String(actual)}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect(message().split('\n')).toHaveLength(3)
})

test('shows ten failures of many', () => {
  const failures = Array.from({ length: 25 }, (_, index) => ({
    arn: `ci-${index}`,
    reason: 'MISSING',
  }))
  expect(toHaveStartedTask.call(undefined, { failures }).message()).toMatch(
    /ci-9:.*\n {2}failure {4}… and 15 more\n {2}remedy/,
  )
})

test('tells a partial response from others', () => {
  expect(
    [STARTED, PARTIAL, UNPLACED, REJECTION].map(
      (response) => toHavePartlyStarted.call(undefined, response).pass,
    ),
  ).toEqual([false, true, false, false])
  expect(toHavePartlyStarted.call(undefined, STARTED).message()).toBe(
    'Expected a response that is partial, with tasks and failures; it is started: 1 task.',
  )
  expect(toHavePartlyStarted.call(undefined, PARTIAL).message()).toMatch(
    /^Expected a response that is not partial; it is partial: 1 task/,
  )
})

test.for([
  ['any', UNPLACED, undefined, true],
  ['beside tasks', PARTIAL, undefined, true],
  ['by reason', UNPLACED, 'AGENT', true],
  ['by another reason', UNPLACED, 'AGEN', false],
  ['by an expression', PARTIAL, /^RESOURCE/, true],
  [
    'by members',
    PARTIAL,
    { detail: 'needs 512', arn: expect.stringContaining('container-instance') },
    true,
  ],
  ['by members that differ', PARTIAL, { detail: 'needs 256' }, false],
  ['among started ones', STARTED, undefined, false],
  ['in a rejection', REJECTION, undefined, false],
] as const)('finds a failed placement: %s', ([, response, failure, pass]) => {
  expect(toHaveFailedPlacement.call(undefined, response, failure).pass).toBe(pass)
})

test('says which failures there are beside the expected one', () => {
  expect(toHaveFailedPlacement.call(undefined, UNPLACED, 'MISSING').message()).toBe(
    `Expected a failed placement that is "MISSING"; the response is unplaced: AGENT.\n  failure    AGENT at ${ARN}: The container agent of the instance is not connected.`,
  )
  expect(toHaveFailedPlacement.call(undefined, UNPLACED).message()).toMatch(
    /^Expected no failed placement; the response is unplaced: AGENT/,
  )
})

test.for([
  ['what the SDK threw', REJECTION, undefined, true],
  ['by name', REJECTION, 'ClusterNotFoundException', true],
  ['by another name', REJECTION, 'ClientException', false],
  ['by an expression', REJECTION, /^Cluster/, true],
  [
    'by members',
    WIRE(500, { __type: 'ServerException', message: 'later' }),
    { fault: 'server', status: 500, message: /lat/ },
    true,
  ],
  [
    'what SDK v2 threw',
    Object.assign(new Error('no'), { code: 'ClientException', statusCode: 400 }),
    'ClientException',
    true,
  ],
  ['HTTP 200', UNPLACED, undefined, false],
  ['a broken connection', new Error('read ECONNRESET'), undefined, false],
] as const)('finds a rejection: %s', ([, response, rejection, pass]) => {
  expect(toHaveBeenRejected.call(undefined, response, rejection)).toMatchObject({ pass })
})
