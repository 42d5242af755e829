import { expect, test } from 'vitest'

import type { Exchange } from '../../src/protocol/index.ts'
import { mendRecording } from '../../src/recording/index.ts'
import { formatUnredacted } from '../suites/unredacted.ts'
import { redactExchange } from '../../src/redaction/index.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
  REJECTED,
  STARTED,
} from '../replayer/recorded-exchanges.ts'

const RECORDING = buildRecording(redactExchange(STARTED), redactExchange(REJECTED))
const TEXT = formatUnredacted(RECORDING)

function turnMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnMembers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, turnMembers(member)]),
  )
}

test.for([
  ['a byte order mark', `\ufeff${TEXT}`, 'byte order mark'],
  ['line ends of Windows', TEXT.replaceAll('\n', '\r\n'), 'line ends'],
  [
    'commas that nothing follows',
    TEXT.replaceAll(/(?<=[\]}"\w])\n( *)([\]}])/g, ',\n$1$2'),
    'trailing comma',
  ],
  ['the order of members', JSON.stringify(turnMembers(RECORDING)), 'order of members'],
  ['spacing', JSON.stringify(JSON.parse(TEXT)), 'spacing'],
  ['a missing line feed at the end', TEXT.trimEnd(), 'spacing'],
  [
    'the form of numbers',
    TEXT.replace('1479765460.842', '1479765460.8420e0').replace('"version": 1,', '"version": 1.0,'),
    'spacing',
  ],
  [
    'a member that stands twice with one value',
    TEXT.replace('"elapsedMs": 5,', '"elapsedMs": 5, "elapsedMs": 5.0,'),
    'repeated member',
  ],
  ['names of headers', TEXT.replaceAll('"x-amz-target"', '"X-Amz-Target"'), 'header name'],
])('mends %s, and says so', ([, text = '', told]) => {
  const mended = mendRecording(text, 'a.json')
  expect(mended.text).toBe(TEXT)
  expect(mended.mends.map(({ kind }) => kind)).toEqual([told])
  expect(mendRecording(mended.text, 'a.json').mends).toEqual([])
})

test('tells the lines of what it mends', () => {
  const text = TEXT.replace('"elapsedMs": 5,', '"elapsedMs": 5,\n"elapsedMs": 5.0,').replace(
    '"status": 400,',
    '"status": 400,\n"status": 400,',
  )
  const lines = text.split('\n').flatMap((line, index) => (line.startsWith('"') ? [index + 1] : []))
  expect(lines).toHaveLength(2)
  expect(mendRecording(text, 'a.json').mends).toEqual([
    { kind: 'repeated member', lines: [lines[0], lines[1] ?? 0] },
  ])
})

test('quotes, brackets and commas within texts are no form', () => {
  const odd = 'a\\",]} {[ \\\\" , ]'
  const recording = buildRecording(
    buildExchange(buildInput(odd), buildResponse(200, { tasks: [] })),
  )
  const mended = mendRecording(formatUnredacted(recording).trimEnd(), 'a.json')
  expect(mended.recording).toEqual(recording)
  expect(mended.mends.map(({ kind }) => kind)).toEqual(['spacing'])
})

test('digits that a double does not hold stay', () => {
  const text = TEXT.replace('1479765460.842', '1479765460.84200000000000001')
  expect(mendRecording(text.trimEnd(), 'a.json').text).toBe(text)
})

test('attempts of one invocation get their order, and nothing else moves', () => {
  const attempt = (exchange: Exchange, invocation: string, number: number) => ({
    ...exchange,
    invocation,
    attempt: number,
  })
  const [a1, b1, a2] = [
    attempt(REJECTED, 'a', 1),
    { ...REJECTED, startedAtMs: 900 },
    attempt(STARTED, 'a', 2),
  ]
  const mended = mendRecording(formatUnredacted(buildRecording(a2, b1, a1)), 'a.json')
  expect(mended.mends.map(({ kind }) => kind)).toEqual(['attempts out of order'])
  expect(mended.text).toBe(formatUnredacted(buildRecording(a1, b1, a2)))
})

test.for([
  [
    'what git leaves of a merge',
    TEXT.replace('\n', '\n<<<<<<< HEAD\n'),
    'a.json line 2: a merge was not settled: <<<<<<< is a conflict marker of git',
  ],
  [
    'the last mark alone',
    `${TEXT}>>>>>>> theirs\n`,
    `a.json line ${TEXT.split('\n').length}: a merge was not settled`,
  ],
  [
    'a missing comma',
    TEXT.replace('"version": 1,', '"version": 1'),
    'a.json line 4 column 3: from here on it is not JSON',
  ],
  [
    'a text that is cut',
    TEXT.slice(0, TEXT.indexOf('"recordedAt"')),
    'a.json ends before the { of line 1 is closed',
  ],
  [
    'a string that is cut',
    TEXT.slice(0, TEXT.indexOf('recordedAt')),
    'a.json ends before the { of line 1 is closed',
  ],
  ['an empty text', ' \n', 'a.json is empty'],
  [
    'a member that stands twice with two values',
    TEXT.replace('"elapsedMs": 5,', '"elapsedMs": 5,\n"elapsedMs": 6,'),
    'the member "elapsedMs" occurs twice with two values, in line 12 and in line 13',
  ],
  [
    'a header that stands twice with two values',
    TEXT.replace('"x-amz-target"', '"X-AMZ-TARGET": "other", "x-amz-target"'),
    'the header "x-amz-target" twice with two values',
  ],
  [
    'a newer format version',
    TEXT.replace('"version": 1', '"version": 2'),
    'made by a newer starttask-harness; this one knows versions up to 1',
  ],
  [
    'a version that nobody wrote',
    TEXT.replace('"version": 1', '"version": 0'),
    'which no release of starttask-harness wrote',
  ],
  [
    'a recording that breaks its format',
    TEXT.replace('"status": 200', '"status": 20'),
    'breaks the recording format, at /exchanges/0/response/status',
  ],
  ['what is no recording', '{"a":1}', 'a.json is no recording'],
  ['nesting without an end', '['.repeat(200), 'nested deeper than 100 levels'],
])('refuses %s, and says where', ([, text = '', message = '']) => {
  expect(() => mendRecording(text, 'a.json')).toThrow(message)
})
