import { expect, test } from 'vitest'

import { compareModels, readSdkModel } from '../../src/contract/index.ts'
import type { JsonObject } from '../../src/protocol/index.ts'
import { compareFile, CONTRACT, listDrift } from './drift-models.ts'
import smithy from './start-task.smithy.json' with { type: 'json' }

/** A service-2.json whose request has one member of the shapes given; the rest of StartTask is missing from it. */
function buildService(shapes: JsonObject, member = 'cluster', shape = 'Odd'): JsonObject {
  const request = { type: 'structure', members: { [member]: { shape } } }
  return {
    operations: { StartTask: { input: { shape: 'Request' }, output: { shape: 'Response' } } },
    shapes: { Request: request, Response: { type: 'structure', members: {} }, ...shapes },
  }
}

test('reads what a Smithy AST says otherwise than the contract', () => {
  const lines = listDrift(compareFile(smithy)).filter((line) => !line.includes('member-removed'))
  expect(lines).toEqual([
    'error required-relaxed request /overrides/containerOverrides/*/resourceRequirements/*/value (known)',
    'info member-added request /overrides/containerOverrides/*/resourceRequirements/*/sharingStrategy (known)',
    'info constraint-changed request /overrides/ephemeralStorage/sizeInGiB maximum',
    'info constraint-changed request /startedBy maxLength',
    'error type-changed response /tasks/*/startedAt',
  ])
})

test('takes no notice of jsonName, which AWS JSON does not use', () => {
  const { drift } = compareFile(smithy)
  expect(drift.filter(({ pointer }) => /^\/group$/i.test(pointer))).toEqual([])
})

test('notes what a Smithy AST calls sensitive as not checked', () => {
  const { couldNotCheck } = compareFile(smithy)
  expect(
    couldNotCheck.filter(({ what }) => what === 'sensitive').map(({ pointer }) => pointer),
  ).toEqual(['/overrides/containerOverrides/*/environment'])
})

test.each([
  { what: 'an array', json: [], says: 'it is not a JSON object' },
  { what: 'null', json: null, says: 'it is not a JSON object' },
  { what: 'an object without shapes', json: {}, says: 'shapes' },
  {
    what: 'a model of another service',
    json: { shapes: {}, operations: {} },
    says: 'operations StartTask',
  },
  {
    what: 'a Smithy AST of another service',
    json: { smithy: '2.0', shapes: {} },
    says: 'no operation StartTask',
  },
  {
    what: 'operations that are a list',
    json: { shapes: {}, operations: [] },
    says: 'it is not an object',
  },
  {
    what: 'a missing shape',
    json: buildService({}),
    says: 'Request cluster refers to it, and it is missing',
  },
  {
    what: 'a shape of Object.prototype',
    json: buildService({}, 'cluster', 'toString'),
    says: 'it is missing',
  },
  {
    what: 'a shape that is a text',
    json: buildService({ Odd: 'string' }),
    says: 'it is not an object',
  },
  {
    what: 'a type that there is not',
    json: buildService({ Odd: { type: 'tuple' } }),
    says: '"tuple" is not a type',
  },
  {
    what: 'a type that is a number',
    json: buildService({ Odd: { type: 7 } }),
    says: 'it is not text',
  },
  {
    what: 'an enum of numbers',
    json: buildService({ Odd: { type: 'string', enum: [1] } }),
    says: 'it has an item that is not text',
  },
  {
    what: 'an enum that is a text',
    json: buildService({ Odd: { type: 'string', enum: 'A' } }),
    says: 'it is not a list',
  },
  {
    what: 'a limit that is a text',
    json: buildService({ Odd: { type: 'string', max: '9' } }),
    says: 'its limit maxLength is not a number',
  },
  {
    what: 'a pattern that is a list',
    json: buildService({ Odd: { type: 'string', pattern: [] } }),
    says: 'its pattern is not text',
  },
  {
    what: 'members that are a list',
    json: buildService({ Odd: { type: 'structure', members: [] } }, 'overrides'),
    says: 'it is not an object',
  },
  {
    what: 'a list of nothing',
    json: buildService({ Odd: { type: 'list' } }, 'containerInstances'),
    says: 'Odd member',
  },
])('refuses $what, with the place and a remedy', ({ json, says }) => {
  const compare = () => compareFile(json)
  expect(compare).toThrow(
    expect.objectContaining({
      name: 'HarnessError',
      code: 'usage',
      message: expect.stringContaining(says),
    }),
  )
  expect(compare).toThrow(/\n {2}remedy {5}/)
})

test('refuses mixins, and says what takes them out', () => {
  const request = { type: 'structure', members: {}, mixins: [{ target: 'a#b' }] }
  const json = {
    ...smithy,
    shapes: { ...smithy.shapes, 'com.amazonaws.ecs#StartTaskRequest': request },
  }
  expect(() => compareFile(json)).toThrow('smithy build takes them out')
})

test('ends at a list that holds itself', () => {
  const json = buildService(
    { Odd: { type: 'list', member: { shape: 'Odd' } } },
    'containerInstances',
  )
  expect(listDrift(compareFile(json))).toContain('error type-changed request /containerInstances/*')
})

test('ends at a structure that holds itself', () => {
  const json = buildService(
    {
      Odd: {
        type: 'structure',
        members: { containerOverrides: { shape: 'Odd' }, again: { shape: 'Odd' } },
      },
    },
    'overrides',
  )
  expect(listDrift(compareFile(json))).toContain('info member-added request /overrides/again')
})

test('reads a member __proto__ as any other name', () => {
  const json: unknown = JSON.parse(
    JSON.stringify(buildService({ Odd: { type: 'string' } }, 'x-proto')).replace(
      'x-proto',
      '__proto__',
    ),
  )
  expect(listDrift(compareFile(json))).toContain('info member-added request /__proto__')
})

test('does not let a name in a model look like a line of the message', () => {
  expect(() => compareFile(buildService({}, 'cluster', 'a\n  remedy     run this'))).toThrow(
    / {2}place {6}shapes a\\n {2}remedy/,
  )
})

test('says of an SDK without runtime schemas that it is too old', () => {
  expect(() => readSdkModel({ StartTaskCommand: () => undefined }, '@aws-sdk/client-ecs')).toThrow(
    /no runtime schema StartTaskRequest\$\. It is too old/,
  )
})

const ONE_OF_ITSELF: unknown[] = [0, 'ns', 'Self', 0]
ONE_OF_ITSELF.push(ONE_OF_ITSELF)
const CIRCLE = (): unknown => CIRCLE

test.each([
  { what: 'a function that gives itself', schema: CIRCLE },
  {
    what: 'a function that throws',
    schema: () => {
      throw new Error('no')
    },
  },
  { what: 'a schema of itself', schema: ONE_OF_ITSELF },
  { what: 'a kind that there is not', schema: [99, 'ns', 'Odd', 0, [], []] },
  { what: 'a number that there is not', schema: 33 },
  { what: 'fewer schemas than names', schema: [3, 'ns', 'Odd', 0, ['cluster'], []] },
  { what: 'names that are numbers', schema: [3, 'ns', 'Odd', 0, [1], [0]] },
  { what: 'a text', schema: 'string' },
  { what: 'null', schema: null },
])('refuses a runtime schema that is $what', ({ schema }) => {
  const compare = () =>
    compareModels(
      CONTRACT,
      readSdkModel({ StartTaskRequest$: schema, StartTaskResponse$: schema }, 'the SDK'),
    )
  expect(compare).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('unknown form') }),
  )
})

test('puts a trait of a Smithy member before the same one of its target', () => {
  const value = {
    target: 'com.amazonaws.ecs#TagValue',
    traits: { 'smithy.api#length': { min: 0, max: 200 } },
  }
  const tag = { type: 'structure', members: { key: { target: 'com.amazonaws.ecs#TagKey' }, value } }
  const { drift } = compareFile({
    ...smithy,
    shapes: { ...smithy.shapes, 'com.amazonaws.ecs#Tag': tag },
  })
  expect(drift).toContainEqual(
    expect.objectContaining({
      pointer: '/tags/*/value',
      constraint: 'maxLength',
      contract: 256,
      other: 200,
    }),
  )
})

test.each([
  { schema: [0, 8], how: 'beside it' },
  { schema: [0, 'ns', 'Secret', 8, 0], how: 'on its own' },
  { schema: [() => [0, 'ns', 'Secret', { sensitive: 1 }, 0], 0], how: 'by name' },
])('reads from the SDK that a member is sensitive, said $how', ({ schema }) => {
  const { couldNotCheck } = compareSchemas(['cluster'], [schema])
  expect(couldNotCheck).toContainEqual(
    expect.objectContaining({ what: 'sensitive', pointer: '/cluster', silent: 'contract' }),
  )
})

test.each([
  { form: 'the default', schema: 4, drift: [] },
  { form: 'seconds', schema: 7, drift: [] },
  { form: 'a date and time', schema: 5, drift: ['error type-changed response /tasks/*/createdAt'] },
  { form: 'an HTTP date', schema: 6, drift: ['error type-changed response /tasks/*/createdAt'] },
])('knows a time of the SDK by what is on the wire: $form', ({ schema, drift }) => {
  const tasks = [1, 'ns', 'Tasks', 0, [3, 'ns', 'Task', 0, ['createdAt'], [schema]]]
  expect(
    listDrift(compareSchemas([], [], ['tasks'], [tasks])).filter((line) =>
      line.includes('type-changed'),
    ),
  ).toEqual(drift)
})

/** Compares with an SDK of two structures: the members of a request and their schemas, then those of a response. */
function compareSchemas(
  request: string[],
  sent: unknown[],
  response: string[] = [],
  got: unknown[] = [],
): ReturnType<typeof compareModels> {
  const exported = {
    StartTaskRequest$: [3, 'ns', 'Request', 0, request, sent],
    StartTaskResponse$: [3, 'ns', 'Response', 0, response, got],
  }
  return compareModels(CONTRACT, readSdkModel(exported, 'the SDK'))
}
