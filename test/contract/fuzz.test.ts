import { execFile } from 'node:child_process'
import {
  anything,
  array,
  assert,
  constantFrom,
  letrec,
  nat,
  oneof,
  property as forAll,
  string,
  tuple,
} from 'fast-check'
import { expect, test } from 'vitest'

import {
  checkError,
  checkExchange,
  checkRequest,
  checkResponse,
  type Finding,
  readOutcome,
} from '../../src/contract/index.ts'
import { HarnessError } from '../../src/message/index.ts'
import { parseBody, parsePointer } from '../../src/protocol/index.ts'

const seed = Number(process.env['TEST_SEED'] ?? 20_261_123)

/** Every check, given the value wherever somebody may put one. Reflect.apply, since callers in JavaScript hand over anything. */
const CHECKS: Readonly<Record<string, (value: unknown) => unknown>> = {
  checkRequest: (value) => checkRequest(value),
  'checkResponse, recorded': (value) => checkResponse(value),
  'checkResponse, expected': (value) => checkResponse(value, 'expected'),
  'checkError, body': (value) => checkError(400, {}, value),
  'checkError, headers': (value) => Reflect.apply(checkError, undefined, [400, value, {}]),
  checkExchange: (value) => Reflect.apply(checkExchange, undefined, [value]),
  'checkExchange, request': (value) =>
    Reflect.apply(checkExchange, undefined, [{ ...EXCHANGE, request: value }]),
  'checkExchange, request body': (value) =>
    Reflect.apply(checkExchange, undefined, [
      { ...EXCHANGE, request: { headers: {}, body: value } },
    ]),
  'checkExchange, response': (value) =>
    Reflect.apply(checkExchange, undefined, [{ ...EXCHANGE, response: value }]),
  'checkExchange, response body': (value) =>
    Reflect.apply(checkExchange, undefined, [
      { ...EXCHANGE, response: { status: 200, headers: {}, body: value } },
    ]),
}
const EXCHANGE = {
  operation: 'StartTask',
  startedAtMs: 0,
  request: { headers: {}, body: {} },
  response: { failure: 'reset' },
}

const KINDS = ['started', 'partial', 'unplaced', 'rejected', 'unreadable']

/** The names of members that StartTask has, and those that objects of JavaScript have. */
const NAMES = [
  'tasks',
  'failures',
  'containerInstances',
  'taskDefinition',
  'cluster',
  'startedBy',
  'tags',
  'key',
  'value',
  'overrides',
  'reason',
  'containerOverrides',
  'environment',
  'networkConfiguration',
  'awsvpcConfiguration',
  'subnets',
  'volumeConfigurations',
  'createdAt',
  'containers',
  'attachments',
  'version',
  'cpu',
  'status',
  'headers',
  'body',
  'request',
  'response',
  'operation',
  '__type',
  'message',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  'toJSON',
  'then',
  '',
  'a/b~c',
]

function refuse(): never {
  throw new Error('no')
}

const REFUSING = new Proxy(
  {},
  {
    get: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    has: refuse,
    getOwnPropertyDescriptor: refuse,
  },
)
const CYCLE: unknown[] = []
CYCLE.push(CYCLE)

/** What no JSON text gives. */
const HOSTILE: readonly unknown[] = [
  undefined,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  -0,
  1n,
  Symbol('s'),
  () => 1,
  new Date(Number.NaN),
  new Map(),
  /x/,
  new Error('x'),

  REFUSING,
  CYCLE,
  new Proxy([], { get: refuse }),
  new Proxy({}, { ownKeys: () => ['a', 'b'] }),
  JSON.rawJSON('1e400'),
  new Uint8Array(3),
  Object.create({ taskDefinition: 'inherited' }),
  Object.defineProperty({}, 'cluster', { enumerable: true, get: refuse }),
  '\ud800',
  '\udfff\ud800',
  '\u0000',
  '\u202e',
  '\ufeff',
  'x'.repeat(10_000),
  'arn:aws:ecs:::',
  'aws:',
  '9'.repeat(400),
  { toJSON: refuse },
  { toString: refuse },
  { length: -1 },
  Object.freeze([null]),
]

const memberName = oneof(
  { weight: 8, arbitrary: constantFrom(...NAMES) },
  string({ unit: 'binary' }),
)

/** Makes a value. fast-check looks into the values that it generates, which not all of these stand. */
type Maker = () => unknown

/** Values that look like StartTask's from afar. */
const { maker: anyMaker } = letrec<{ maker: Maker }>((tie) => ({
  maker: oneof(
    { maxDepth: 5, withCrossShrink: true },
    oneof(
      nat(HOSTILE.length - 1).map((index) => () => HOSTILE[index]),
      anything({
        maxDepth: 2,
        withSparseArray: true,
        withBigInt: true,
        withDate: true,
        withNullPrototype: true,
      }).map((value) => () => value),
    ),
    array(tie('maker'), { maxLength: 4 }).map((makers) => () => makers.map((make) => make())),
    array(tuple(memberName, tie('maker')), { maxLength: 6 }).map(
      (members) => () => defineMembers(members),
    ),
  ),
}))

/** An object with own members of these names, `__proto__` too. */
function defineMembers(members: readonly (readonly [string, Maker])[]): object {
  const object = {}
  for (const [key, make] of members)
    Object.defineProperty(object, key, {
      value: make(),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return object
}

function isFinding(finding: Finding): boolean {
  const { pointer, rule, severity, message, source } = finding
  const areTexts = [rule, message, source].every((text) => typeof text === 'string' && text !== '')
  return (
    parsePointer(pointer) !== undefined &&
    areTexts &&
    ['error', 'warning', 'info'].includes(severity) &&
    JSON.stringify(finding) !== ''
  )
}

for (const [check, run] of Object.entries(CHECKS)) {
  test(`gives findings for whatever value: ${check}, seed ${seed}`, () => {
    const property = forAll(anyMaker, (make) => {
      const findings = run(make())
      return Array.isArray(findings) && findings.every(isFinding)
    })
    assert(property, { seed, numRuns: 150 })
    expect(Object.keys(Object.prototype)).toEqual([])
  })
}

test(`gives an outcome for whatever value, seed ${seed}`, () => {
  const property = forAll(anyMaker, anyMaker, anyMaker, (...makers) => {
    const [status, headers, body] = makers.map((make) => make())
    const outcomes = [
      { status, headers, body },
      { status: 200, headers, body: '{}' },
      { status: 400, headers, body: '{"code":"A"}' },
      status,
    ]
    return outcomes.every((response) =>
      KINDS.includes(Reflect.apply(readOutcome, undefined, [response]).kind),
    )
  })
  assert(property, { seed, numRuns: 150 })
  expect(KINDS).toHaveLength(5)
})

const SAMPLE = JSON.stringify({
  tasks: [
    {
      taskArn: 'arn:aws:ecs:us-east-1:000058083549:task/default/a',
      version: 9,
      createdAt: 1_479_765_460.842,
      tags: [{ key: 'é', value: '' }],
    },
  ],
  failures: [{ arn: 'a', reason: 'AGENT', detail: null }],
  containerInstances: ['a'],
  taskDefinition: 'web:3',
  overrides: { containerOverrides: [{ name: 'web', environment: [{ name: 'A', value: 'b' }] }] },
})

/** Pieces that make a JSON text wrong, or right in another way. */
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\\u',
  '\\ud800',
  '\u0000',
  '\ufeff',
  'null',
  'true',
  'NaN',
  '-Infinity',
  '1e400',
  '-0',
  '01',

  '"tasks":',
  '"tasks":[],',
  '"__proto__":{"tasks":[1]},',
  '"constructor":{"prototype":{}},',
  '9007199254740993',
  '[['.repeat(60),
  '/**/',
  ' ',
]
const piece = constantFrom(...PIECES)

/** The sample's text, cut, spliced or repeated in a few places. */
const brokenText = array(tuple(nat(SAMPLE.length), nat(12), piece), { maxLength: 4 }).map((edits) =>
  edits.reduce(
    (text, [at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length),
    SAMPLE,
  ),
)

test(`reads a broken text, or says why it does not, seed ${seed}`, () => {
  const read: string[] = []
  const property = forAll(brokenText, (text) => {
    try {
      const value = parseBody(text)
      read.push('read')
      return Object.values(CHECKS).every((run) => Array.isArray(run(value)))
    } catch (error) {
      read.push('refused')
      return error instanceof HarnessError && ['not-json', 'too-deep'].includes(error.code)
    }
  })
  assert(property, { seed, numRuns: 400 })
  expect(new Set(read)).toEqual(new Set(['read', 'refused']))
})

test(`gives an outcome for a broken text and for broken bytes, seed ${seed}`, () => {
  const kinds = new Set<string>()
  const property = forAll(
    brokenText,
    constantFrom(200, 204, 302, 400, 502),
    nat(),
    nat(255),
    (text, status, at, byte) => {
      const bytes = Buffer.from(text)
      bytes[at % bytes.length] = byte
      const outcomes = [text, Buffer.from(text), bytes].map((body) =>
        readOutcome({ status, headers: {}, body }),
      )
      for (const { kind } of outcomes) kinds.add(kind)
      return outcomes.every((outcome) => KINDS.includes(outcome.kind))
    },
  )
  assert(property, { seed, numRuns: 400 })
  expect([...kinds]).toEqual(expect.arrayContaining(['partial', 'unplaced', 'unreadable']))
})

test('refuses a text nested 10,000 deep before it is parsed', ({ onTestFinished }) => {
  const parse = JSON.parse
  onTestFinished(() => void (JSON.parse = parse))
  JSON.parse = refuse
  expect(() => parseBody('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000))).toThrow(
    'nested deeper than 100 levels',
  )
})

test.each(Object.entries(CHECKS).filter(([check]) => !/headers|status/.test(check)))(
  'reads nothing below 100 levels: %s',
  (_check, run) => {
    let reads = 0
    const bottom = Object.defineProperty({}, 'a', { enumerable: true, get: () => reads++ })
    let value: object = bottom
    for (let level = 0; level < 10_000; level++) value = { tasks: value }
    expect(run(value)).toBeInstanceOf(Array)
    expect(reads).toBe(0)
  },
)

test('leaves alone what it checks', () => {
  const value: unknown = JSON.parse(SAMPLE)
  for (const run of Object.values(CHECKS)) run(value)
  expect(JSON.stringify(value)).toBe(SAMPLE)
})

/** Each line is a case: it must end, within the child's memory. What it prints is how it ended. */
const LARGE = `
const { checkError, checkRequest, checkResponse, readOutcome } = await import(process.argv[1])
const { parseBody } = await import(process.argv[2])
const sample = { containerInstances: ['a'], taskDefinition: 'b' }
const large = Buffer.alloc(50 * 1024 * 1024, 'x').toString('latin1')
const parse = (text) => { try { return parseBody(text) } catch (error) { return error.code } }
const count = (findings) => findings.length > 0 && findings.length < 20
const cases = {
  member: () => count(checkRequest({ ...sample, startedBy: large })),
  tag: () => count(checkRequest({ ...sample, tags: [{ key: large }] })),
  unknown: () => count(checkRequest({ ...sample, bogus: large })),
  name: () => count(checkRequest({ ...sample, [large]: 1 })),
  answer: () => count(checkResponse({ tasks: [{ version: large, createdAt: large }] })),
  error: () => count(checkError(400, {}, { __type: large, message: large })),
  header: () => count(checkError(400, { 'x-amzn-errortype': large }, {})),
  text: () => parse(large) === 'too-large',
  bytes: () => readOutcome({ status: 200, headers: {}, body: new Uint8Array(50 * 1024 * 1024) }).kind === 'unreadable',
  outcome: () => readOutcome({ status: 200, headers: {}, body: large }).kind === 'unreadable',
  type: () => readOutcome({ status: 200, headers: { 'content-type': large }, body: '{}' }).reason.length < 300,
  deep: () => parse('['.repeat(4 * 1024 * 1024)) === 'too-deep',
  digits: () => typeof parse('1'.repeat(4 * 1024 * 1024)) === 'object',
  zeros: () => typeof parse('1' + '0'.repeat(4 * 1024 * 1024 - 2) + '1') === 'object',
  twice: () => checkRequest(parse('{' + '"a":1,'.repeat(600_000) + '"b":1}')).length < 20,
  items: () => checkRequest({ ...sample, containerInstances: Array.from({ length: 1_000_001 }, () => 'a') })[0].rule === 'request.size',
  surrogates: () => count(checkRequest({ ...sample, startedBy: '\\ud800'.repeat(1_000_000), group: '\\u0000'.repeat(1_000_000) })),
}
for (const [name, run] of Object.entries(cases)) console.log(name, run())
`

test(
  'ends within bounds of memory and time on what is very large',
  { timeout: 30_000 },
  async () => {
    const modules = ['contract', 'protocol'].map(
      (folder) => new URL(`../../src/${folder}/index.ts`, import.meta.url).href,
    )
    const args = [
      '--max-old-space-size=320',
      '--no-warnings',
      '--input-type=module',
      '-e',
      LARGE,
      ...modules,
    ]
    const printed = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, args, { timeout: 20_000 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${stdout}\n${stderr.slice(-2000)}`, { cause: error }))
        else resolve(stdout)
      })
    })
    const lines = printed.trim().split('\n')
    expect(lines).toHaveLength(17)
    expect(lines.filter((line) => !line.endsWith(' true'))).toEqual([])
  },
)
