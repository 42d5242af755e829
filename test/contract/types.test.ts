import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Side = 'request' | 'response'
interface Member {
  name: string
  isRequired: boolean
  type: string
}

const page: Record<Side, string[]> = JSON.parse(
  readFileSync('test/contract/page-members.json', 'utf8'),
)
const WHOLE = { request: 'StartTaskRequest', response: 'StartTaskResponse' }

function readText(side: Side): string {
  return readFileSync(`src/contract/generated/${side}-body.ts`, 'utf8')
}

/** The members of each interface of a generated file. */
function readInterfaces(side: Side): Map<string, Member[]> {
  const interfaces = [...readText(side).matchAll(/^export interface (\w+) \{\n([^}]*)\}/gm)]
  return new Map(interfaces.map(([, name = '', body = '']) => [name, readMembers(body)]))
}

function readMembers(body: string): Member[] {
  return [...body.matchAll(/^ {2}(\w+)(\??): (.+)$/gm)].map(([, name = '', mark, type = '']) => ({
    name,
    isRequired: mark === '',
    type,
  }))
}

/** Every place that a type has, as `path: type` in the form of page-members.json. */
function listPlaces(interfaces: Map<string, Member[]>, type: string, path: string): string[] {
  const own = path === '' ? [] : [`${path}: ${readKind(interfaces, type)}`]
  const item = /^\(?(.+?)\)?\[\]$/.exec(type)?.[1]
  if (item !== undefined) return [...own, ...listPlaces(interfaces, item, `${path}[]`)]
  const members = interfaces.get(type) ?? []
  return [
    ...own,
    ...members.flatMap((member) =>
      listPlaces(interfaces, member.type, path === '' ? member.name : `${path}.${member.name}`),
    ),
  ]
}

function readKind(interfaces: Map<string, Member[]>, type: string): string {
  if (type.endsWith('[]')) return 'array'
  if (interfaces.has(type)) return 'object'
  return type.startsWith("'") ? 'string' : type
}

function listRequired(side: Side): string[] {
  return [...readInterfaces(side)].flatMap(([name, members]) =>
    members.filter(({ isRequired }) => isRequired).map((member) => `${name}.${member.name}`),
  )
}

test.each(['request', 'response'] as const)(
  'has every place of the page and no other, with its type, in the type of the %s',
  (side) => {
    expect(listPlaces(readInterfaces(side), WHOLE[side], '').toSorted()).toEqual(
      page[side].toSorted(),
    )
  },
)

test('requires of a request what page and model require whatever else is there', () => {
  expect(listRequired('request').toSorted()).toEqual([
    'AwsVpcConfiguration.subnets',
    'EBSTagSpecification.resourceType',
    'EnvironmentFile.type',
    'EnvironmentFile.value',
    'EphemeralStorage.sizeInGiB',
    'ResourceRequirement.type',
    'StartTaskRequest.containerInstances',
    'StartTaskRequest.taskDefinition',
    'TaskManagedEBSVolumeConfiguration.roleArn',
    'TaskManagedEBSVolumeTerminationPolicy.deleteOnTermination',
    'TaskVolumeConfiguration.name',
  ])
})

test('requires nothing of a response', () => {
  expect(listRequired('response')).toEqual([])
})

test('names the documented values of a request and leaves those of a response open', () => {
  expect(readText('request')).toContain("propagateTags?: 'TASK_DEFINITION' | 'SERVICE' | 'NONE'")
  expect(readText('response')).not.toContain("'")
})

test('documents every type', () => {
  for (const side of ['request', 'response'] as const) {
    const exports = readText(side).match(/^export /gm) ?? []
    expect(readText(side).match(/^\/\*\* .+ \*\/\nexport /gm)).toHaveLength(exports.length)
  }
})

test('stands alone', () => {
  for (const side of ['request', 'response'] as const)
    expect(readText(side)).not.toMatch(/\bimport\b/)
})
