import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'

import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
} from '../replayer/recorded-exchanges.ts'
import SCHEMA from './check-sarif.schema.json' with { type: 'json' }
import { createFolder, type Folder, runStarttask } from './starttask.ts'

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(SCHEMA)
const REQUEST = { ...buildInput('a'), startedBy: 'job #7' }

interface Result {
  ruleId: string
  ruleIndex: number
  level: string
  message: { text: string }
  locations: {
    physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } }
    logicalLocations: { fullyQualifiedName: string }[]
  }[]
  partialFingerprints: Record<string, string>
}

interface Run {
  results: Result[]
  tool: { driver: { rules: { id: string; help: { text: string } }[] } }
  invocations: unknown
}

const checkAsSarif = async (folder: Folder, args: string[], input?: string) => {
  const options = { cwd: folder.path, ...(input === undefined ? {} : { input }) }
  const { code, stdout, stderr } = await runStarttask(['check', '--sarif', ...args], options)
  const log: { runs: [Run] } = JSON.parse(stdout)
  expect([validate(log), validate.errors, stderr]).toEqual([true, null, ''])
  return { code, ...log.runs[0] }
}

const readPlace = ({ locations: [location] }: Result) => ({
  uri: location?.physicalLocation.artifactLocation.uri,
  line: location?.physicalLocation.region?.startLine,
  pointer: location?.logicalLocations[0]?.fullyQualifiedName,
})

test('writes a log without results where nothing is wrong', async () => {
  using folder = createFolder()
  folder.write('a.json', '{"tasks":[],"failures":[]}')
  expect(await checkAsSarif(folder, ['a.json'])).toMatchObject({
    code: 0,
    results: [],
    invocations: [{ executionSuccessful: true }],
  })
})

test('has errors, warnings and infos at the levels of SARIF', async () => {
  using folder = createFolder()
  folder.write('starttask.config.json', '{"severity":{"request.unknownMember":"warning"}}')
  folder.write('a.json', '{"containerInstances":["a"],"taskDefinition":7,"x":1}')
  const { code, results } = await checkAsSarif(folder, ['a.json'])
  const levels = Object.fromEntries(results.map(({ ruleId, level }) => [ruleId, level]))
  expect(code).toBe(1)
  expect(levels).toMatchObject({
    'request.taskDefinition.type': 'error',
    'request.unknownMember': 'warning',
    'request.cluster.default': 'note',
  })
})

test('describes each rule once and refers to it by its index', async () => {
  using folder = createFolder()
  folder.write('a.ndjson', `${JSON.stringify(REQUEST)}\n{\n${JSON.stringify(REQUEST)}\n`)
  const { results, tool } = await checkAsSarif(folder, ['a.ndjson'])
  const { rules } = tool.driver
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  expect(results.map(({ ruleIndex }) => rules[ruleIndex]?.id)).toEqual(
    results.map(({ ruleId }) => ruleId),
  )
  expect(rules.find(({ id }) => id === 'request.startedBy.pattern')?.help.text).toContain(
    'API page',
  )
})

test('places a finding on its line of a file of lines', async () => {
  using folder = createFolder()
  folder.write('a.ndjson', `\n${JSON.stringify(REQUEST)}\n`)
  const { results } = await checkAsSarif(folder, ['a.ndjson'])
  expect(results.map(readPlace)).toContainEqual({ uri: 'a.ndjson', line: 2, pointer: '/startedBy' })
})

test('places a finding of a recording on the line where its exchange has it', async () => {
  using folder = createFolder()
  const departed = buildExchange(
    buildInput('a'),
    buildResponse(200, { tasks: [{ cpu: 256 }], failures: [] }),
  )
  const recording = buildRecording(
    buildExchange(buildInput('a'), buildResponse(200, { tasks: [], failures: [] })),
    departed,
  )
  folder.write('r.json', recording)
  const { results } = await checkAsSarif(folder, ['r.json'])
  const place = results
    .map(readPlace)
    .find(({ pointer }) => pointer === '/exchanges/1/response/body/tasks/0/cpu')
  const written = readFileSync(join(folder.path, 'r.json'), 'utf8')
  expect(written.split('\n')[(place?.line ?? 0) - 1]).toContain('"cpu": 256')
})

test.each([
  [
    'a missing member, at the value around it',
    '{\n "containerInstances":\n ["a"]}',
    '/taskDefinition',
    1,
  ],
  [
    'a value after strings that look like JSON',
    '{\n "x{[\\\\":"\\"",\n "startedBy":"#",\n "taskDefinition":"a"}',
    '/startedBy',
    3,
  ],
  [
    'the later of two members of one name',
    '{"startedBy":"a",\n"taskDefinition":"a",\n"startedBy":"#"}',
    '/startedBy',
    3,
  ],
  [
    'a member whose name is escaped',
    '{\n"taskDefinition":"a",\n\n"\\u0073tartedBy":"#"}',
    '/startedBy',
    4,
  ],
  [
    'an item of an array',
    '{"taskDefinition":"a","containerInstances":[\n"a",\n{"a":[1,{}]},\n7]}',
    '/containerInstances/2',
    4,
  ],
])('finds the line of %s', async (_what, content, pointer, line) => {
  using folder = createFolder()
  folder.write('a.json', content)
  const { results } = await checkAsSarif(folder, ['a.json'])
  expect(results.map(readPlace)).toContainEqual({ uri: 'a.json', line, pointer })
})

test('encodes a file name as a URI', async () => {
  using folder = createFolder()
  folder.write('a b#?%ü:[1].json', JSON.stringify(REQUEST))
  const { results } = await checkAsSarif(folder, ['a b#?%ü:[1].json'])
  expect(results[0] && readPlace(results[0]).uri).toBe('a%20b%23%3F%25%C3%BC%3A%5B1%5D.json')
})

test('names a file elsewhere by its whole place', async () => {
  using folder = createFolder()
  using elsewhere = createFolder()
  const { results } = await checkAsSarif(folder, [
    elsewhere.write('a.json', JSON.stringify(REQUEST)),
  ])
  expect(results[0] && readPlace(results[0]).uri).toBe(`file://${elsewhere.path}/a.json`)
})

test('gives a finding the same fingerprint when lines are put before it', async () => {
  using folder = createFolder()
  const line = `${JSON.stringify(REQUEST)}\n`
  const readPrints = async (content: string) => {
    folder.write('a.ndjson', content)
    const { results } = await checkAsSarif(folder, ['a.ndjson'])
    return results
      .filter(({ ruleId }) => ruleId === 'request.startedBy.pattern')
      .map(({ partialFingerprints }) => partialFingerprints)
  }
  const [before] = await readPrints(line)
  const [other, after] = await readPrints(
    `${JSON.stringify({ ...REQUEST, startedBy: '#' })}\n${line}`,
  )
  expect(after).toEqual(before)
  expect(other).not.toEqual(before)
})

test('makes no link of text that looks like one', async () => {
  using folder = createFolder()
  folder.write('a.json', JSON.stringify({ ...buildInput('a'), '[here](https://x.invalid)': 1 }))
  const { results } = await checkAsSarif(folder, ['a.json'])
  const [text] = results
    .filter(({ ruleId }) => ruleId === 'request.unknownMember')
    .map(({ message }) => message.text)
  expect(text).toContain(String.raw`\[here\](https://x.invalid)`)
})

test('says where standard input is wrong', async () => {
  using folder = createFolder()
  const { results } = await checkAsSarif(folder, ['-'], JSON.stringify(REQUEST, undefined, 1))
  expect(results.map(readPlace)).toContainEqual({
    uri: '-',
    line: expect.any(Number),
    pointer: '/startedBy',
  })
})

test('reports a file that cannot be read without a line', async () => {
  using folder = createFolder()
  folder.write('a.json', '{')
  const { results } = await checkAsSarif(folder, ['a.json'])
  expect(results).toMatchObject([{ ruleId: 'file.not-json', level: 'error' }])
})
