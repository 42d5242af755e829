import { expect, test } from 'vitest'

import { parseRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'
import { type Recording } from '../../src/protocol/index.ts'

const RECORDING: Recording = {
  format: 'starttask-recording',
  version: 1,
  recordedAt: '2026-11-23T12:00:00.000Z',
  provenance: { source: 'a test' },
  exchanges: [
    {
      operation: 'StartTask',
      invocation: 'invocation-1',
      attempt: 1,
      startedAtMs: 0,
      elapsedMs: 12,
      request: {
        headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' },
        body: { taskDefinition: 'web', containerInstances: ['a'] },
      },
      response: { status: 200, headers: {}, body: { tasks: [], failures: [{ reason: 'AGENT' }] } },
    },
  ],
}

/** The same members, the last one first. */
const reverse = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).toReversed()) as Value

const edit = (change: (recording: Record<string, unknown>) => void): string => {
  const copy = structuredClone<Record<string, unknown>>({ ...RECORDING })
  change(copy)
  return JSON.stringify(copy)
}

test('reads back what it formatted', () => {
  expect(parseRecording(formatUnredacted(RECORDING))).toEqual(RECORDING)
})

test('gives one text whatever the order of members', () => {
  const [exchange] = RECORDING.exchanges
  if (!exchange) throw new Error('no exchange')
  const body = { containerInstances: ['a'], taskDefinition: 'web' }
  const reordered = {
    ...RECORDING,
    exchanges: [{ ...reverse(exchange), request: { body, headers: exchange.request.headers } }],
  }
  expect(formatUnredacted(reordered)).toBe(formatUnredacted(RECORDING))
})

test('keeps the digits of a number that a double cannot hold', () => {
  const text = formatUnredacted(RECORDING).replace('"AGENT"', '9007199254740993')
  expect(formatUnredacted(parseRecording(text))).toContain('9007199254740993')
})

test('ends with a line feed', () => {
  expect(formatUnredacted(RECORDING)).toMatch(/[^\n]\n$/)
})

test('names both versions when it meets another one', () => {
  expect(() =>
    parseRecording(
      edit((recording) => (recording['version'] = 2)),
      'old.json',
    ),
  ).toThrow(/old\.json has format version 2; this package reads version 1/)
})

test('refuses another version with a code of its own', () => {
  expect(() => parseRecording(edit((recording) => (recording['version'] = 2)))).toThrow(
    expect.objectContaining({ code: 'recording-version' }),
  )
})

test('refuses a version that is no number', () => {
  expect(() => parseRecording(edit((recording) => (recording['version'] = '1')))).toThrow(
    /no readable format version/,
  )
})

test('refuses JSON that is no recording', () => {
  expect(() => parseRecording('{"tasks":[]}', 'answer.json')).toThrow(
    /answer\.json is no recording/,
  )
})

test('refuses an unknown member of an exchange and says where', () => {
  const text = edit(
    (recording) => (recording['exchanges'] = [{ ...RECORDING.exchanges[0], cassette: true }]),
  )
  expect(() => parseRecording(text, 'odd.json')).toThrow(
    /odd\.json breaks the recording format, at \/exchanges\/0/,
  )
})

test('refuses a response that is both a response and a failure', () => {
  const text = edit(
    (recording) =>
      (recording['exchanges'] = [
        {
          ...RECORDING.exchanges[0],
          response: { failure: 'reset', status: 200, headers: {}, body: {} },
        },
      ]),
  )
  expect(() => parseRecording(text)).toThrow(/breaks the recording format/)
})

test('refuses a header value that would split the response', () => {
  const response = { status: 200, headers: { 'retry-after': '1\r\nset-cookie: a=b' }, body: {} }
  const text = edit(
    (recording) => (recording['exchanges'] = [{ ...RECORDING.exchanges[0], response }]),
  )
  expect(() => parseRecording(text)).toThrow(/headers/)
})

test('reads a transport failure in place of a response', () => {
  const text = edit(
    (recording) =>
      (recording['exchanges'] = [
        { ...RECORDING.exchanges[0], response: { failure: 'reset', code: 'ECONNRESET' } },
      ]),
  )
  expect(parseRecording(text).exchanges[0]?.response).toEqual({
    failure: 'reset',
    code: 'ECONNRESET',
  })
})

test('refuses nesting deeper than a hundred before it walks', () => {
  const text = edit(
    (recording) =>
      (recording['provenance'] = JSON.parse('{"a":'.repeat(120) + '1' + '}'.repeat(120))),
  )
  expect(() => parseRecording(text)).toThrow(expect.objectContaining({ code: 'too-deep' }))
})

test('names the file of a text that is not JSON, and quotes none of it', () => {
  const secret = 'hunter' + '2'
  expect(() => parseRecording(`{"password": ${secret}}`, 'broken.json')).toThrow(
    /^broken\.json: (?!.*hunter)/,
  )
})
