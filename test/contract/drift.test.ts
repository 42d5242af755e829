import * as ecs from '@aws-sdk/client-ecs'
import { expect, inject, test } from 'vitest'

import { compareModels, readSdkModel } from '../../src/contract/index.ts'
import {
  compareFile,
  CONTRACT,
  convertToSmithy,
  listDrift,
  readBotocoreModel,
  type ServiceFile,
} from './drift-models.ts'

const HAS_BOTOCORE = inject('programs').boto3
const EBS = '/volumeConfigurations/*/managedEBSVolume'
const OVERRIDES = '/overrides/containerOverrides/*/resourceRequirements/*'

/** What botocore 1.43.11, of May 2026, has other than the contract; its next models may have less. */
const OLD_BOTOCORE = [
  `error enum-value-removed request ${OVERRIDES}/type NeuronDevice`,
  `error enum-value-removed response /tasks/*${OVERRIDES}/type NeuronDevice`,
  'error enum-value-removed response /tasks/*/stopCode InfrastructureHealth',
]
const KNOWN_OF_BOTOCORE = [
  'info constraint-changed request /tags/*/key pattern (known)',
  'info constraint-changed request /tags/*/value pattern (known)',
  `info constraint-changed request ${EBS}/tagSpecifications/*/tags/*/key pattern (known)`,
  `info constraint-changed request ${EBS}/tagSpecifications/*/tags/*/value pattern (known)`,
  `info member-added request ${EBS}/volumeInitializationRate (known)`,
  'warning error-added errors /AccessDeniedException (known)',
  'warning error-added errors /NamespaceNotFoundException (known)',
]

test('tells what client-ecs 3.1164.0 has other than the contract, all of it known', () => {
  expect(listDrift(compareSdk(ecs))).toEqual([
    `error required-relaxed request ${OVERRIDES}/value (known)`,
    `info member-added request ${OVERRIDES}/sharingStrategy (known)`,
    `info member-added request ${EBS}/volumeInitializationRate (known)`,
    'info member-added response /tasks/*/containers/*/neuronDeviceIds (known)',
    'info member-added response /tasks/*/containers/*/gpuSharingStrategy (known)',
    `error required-relaxed response /tasks/*${OVERRIDES}/value (known)`,
    `info member-added response /tasks/*${OVERRIDES}/sharingStrategy (known)`,
  ])
})

test('counts what the SDK does not say as not checked', () => {
  const { couldNotCheck } = compareSdk(ecs)
  const silent = couldNotCheck.filter((unchecked) => unchecked.silent === 'other')
  const count = (what: string, side: string) =>
    silent.filter((unchecked) => unchecked.what === what && unchecked.side === side).length
  expect([count('enum', 'request'), count('enum', 'response')]).toEqual([7, 10])
  expect([
    count('errors', 'errors'),
    count('pattern', 'request'),
    count('type', 'request'),
  ]).toEqual([1, 5, 7])
})

test('notes what the SDK calls sensitive as not checked', () => {
  const { couldNotCheck } = compareSdk(ecs)
  expect(
    couldNotCheck
      .filter(({ what }) => what === 'sensitive')
      .map(({ side, pointer }) => `${side} ${pointer}`),
  ).toEqual([
    'request /overrides/containerOverrides/*/environment',
    'response /tasks/*/overrides/containerOverrides/*/environment',
  ])
})

test('says of the nine times of a response that the page shows numbers alone', () => {
  const { couldNotCheck } = compareSdk(ecs)
  const times = couldNotCheck.filter(({ what, silent }) => what === 'type' && silent === 'contract')
  expect(times.map(({ pointer }) => pointer)).toHaveLength(9)
  expect(times.every(({ pointer }) => pointer.endsWith('At'))).toBe(true)
})

test('lists a rule of prose as not checked, never as drift', () => {
  const { couldNotCheck } = compareSdk(ecs)
  expect(couldNotCheck).toContainEqual({
    side: 'request',
    pointer: '/overrides/containerOverrides/*',
    what: 'condition',
    silent: 'prose',
    reason: 'only a text says so, no AWS model does',
    rule: 'rule on name',
    source: 'ECS API reference, ContainerOverride, name',
  })
})

test.skipIf(!HAS_BOTOCORE)(
  'tells what botocore has other than the contract (needs botocore)',
  () => {
    const lines = listDrift(compareFile(readBotocoreModel()))
    expect(lines.filter((line) => !OLD_BOTOCORE.includes(line))).toEqual(KNOWN_OF_BOTOCORE)
  },
)

test.skipIf(!HAS_BOTOCORE)(
  'says how old a model is at least that lacks a newer member (needs botocore)',
  () => {
    const file = readBotocoreModel()
    delete file.shapes['TaskManagedEBSVolumeConfiguration']?.members?.['volumeInitializationRate']
    expect(compareFile(file).olderThan).toEqual({
      date: '2025-05-13',
      member: 'volumeInitializationRate',
    })
  },
)

test.skipIf(!HAS_BOTOCORE).each(['1.0', '2.0'] as const)(
  'reads Smithy %s of a model as it reads its service-2.json (needs botocore)',
  (version) => {
    const file = readBotocoreModel()
    expect(compareFile(convertToSmithy(file, version))).toEqual(compareFile(file))
  },
)

/** One change to botocore's model, and all the drift that comes of it. */
const PLANTED: readonly {
  change: string
  plant: (file: ServiceFile) => void
  drift: string[]
  gone?: string[]
}[] = [
  {
    change: 'a member of a request',
    plant: ({ shapes }) =>
      add(shapes['StartTaskRequest']?.members, 'placement', { shape: 'String' }),
    drift: ['info member-added request /placement'],
  },
  {
    change: 'a required member of a request',
    plant: ({ shapes }) => {
      add(shapes['StartTaskRequest']?.members, 'placement', { shape: 'String' })
      shapes['StartTaskRequest']?.required?.push('placement')
    },
    drift: ['error member-added request /placement'],
  },
  {
    change: 'a newer member of another type than the contract knows',
    plant: ({ shapes }) =>
      add(shapes['TaskManagedEBSVolumeConfiguration']?.members, 'volumeInitializationRate', {
        shape: 'String',
      }),
    drift: [`info member-added request ${EBS}/volumeInitializationRate`],
    gone: [`info member-added request ${EBS}/volumeInitializationRate (known)`],
  },
  {
    change: 'a newer member that is required',
    plant: ({ shapes }) =>
      shapes['TaskManagedEBSVolumeConfiguration']?.required?.push('volumeInitializationRate'),
    drift: [`error member-added request ${EBS}/volumeInitializationRate`],
    gone: [`info member-added request ${EBS}/volumeInitializationRate (known)`],
  },
  {
    change: 'a member of a response less',
    plant: ({ shapes }) => delete shapes['Failure']?.members?.['detail'],
    drift: ['error member-removed response /failures/*/detail'],
  },
  {
    change: 'another type',
    plant: ({ shapes }) => add(shapes['ContainerOverride']?.members, 'cpu', { shape: 'String' }),
    drift: [
      'error type-changed request /overrides/containerOverrides/*/cpu',
      'error type-changed response /tasks/*/overrides/containerOverrides/*/cpu',
    ],
  },
  {
    change: 'a time for a whole number',
    plant: ({ shapes }) => add(shapes['Container']?.members, 'exitCode', { shape: 'Timestamp' }),
    drift: ['error type-changed response /tasks/*/containers/*/exitCode'],
  },
  {
    change: 'a time that is a text on the wire',
    plant: ({ shapes }) =>
      add(shapes['Task']?.members, 'createdAt', { shape: 'Timestamp', timestampFormat: 'iso8601' }),
    drift: ['error type-changed response /tasks/*/createdAt'],
  },
  {
    change: 'a union for a structure',
    plant: ({ shapes }) => add(shapes['NetworkConfiguration'], 'union', true),
    drift: ['error type-changed request /networkConfiguration'],
  },
  {
    change: 'a value of an enum',
    plant: ({ shapes }) => shapes['LaunchType']?.enum?.push('MOON'),
    drift: ['info enum-value-added response /tasks/*/launchType MOON'],
  },
  {
    change: 'a value of an enum less',
    plant: ({ shapes }) => add(shapes['TransportProtocol'], 'enum', ['udp']),
    drift: [
      'error enum-value-removed response /tasks/*/containers/*/networkBindings/*/protocol tcp',
    ],
  },
  {
    change: 'an enum less',
    plant: ({ shapes }) => delete shapes['TransportProtocol']?.enum,
    drift: [
      'error constraint-changed response /tasks/*/containers/*/networkBindings/*/protocol enum',
    ],
  },
  {
    change: 'an enum for an open text',
    plant: ({ shapes }) => add(shapes['ECSVolumeName'], 'enum', ['data']),
    drift: ['error constraint-changed request /volumeConfigurations/*/name enum'],
  },
  {
    change: 'a member that is required',
    plant: ({ shapes }) => shapes['StartTaskRequest']?.required?.push('cluster'),
    drift: ['error required-tightened request /cluster'],
  },
  {
    change: 'a member of the page that is optional',
    plant: ({ shapes }) => add(shapes['StartTaskRequest'], 'required', ['taskDefinition']),
    drift: ['error required-relaxed request /containerInstances'],
  },
  {
    change: 'a member that is optional without the member that excuses it',
    plant: ({ shapes }) => add(shapes['ResourceRequirement'], 'required', ['type']),
    drift: [
      `error required-relaxed request ${OVERRIDES}/value`,
      `error required-relaxed response /tasks/*${OVERRIDES}/value`,
    ],
  },
  {
    change: 'a shorter text',
    plant: ({ shapes }) => add(shapes['TagValue'], 'max', 255),
    drift: [
      'error constraint-changed request /tags/*/value maxLength',
      `error constraint-changed request ${EBS}/tagSpecifications/*/tags/*/value maxLength`,
    ],
  },
  {
    change: 'a longer list',
    plant: ({ shapes }) => add(shapes['Tags'], 'max', 60),
    drift: [
      'info constraint-changed request /tags maxLength',
      `info constraint-changed request ${EBS}/tagSpecifications/*/tags maxLength`,
    ],
  },
  {
    change: 'no longest text',
    plant: ({ shapes }) => delete shapes['TagValue']?.max,
    drift: [
      'warning constraint-changed request /tags/*/value maxLength',
      `warning constraint-changed request ${EBS}/tagSpecifications/*/tags/*/value maxLength`,
    ],
  },
  {
    change: 'a limit where the contract has none',
    plant: ({ shapes }) => add(shapes['IAMRoleArn'], 'min', 20),
    drift: [`error constraint-changed request ${EBS}/roleArn minLength`],
  },
  {
    change: 'another pattern',
    plant: ({ shapes }) => add(shapes['IAMRoleArn'], 'pattern', 'arn:.*'),
    drift: [`info constraint-changed request ${EBS}/roleArn pattern`],
  },
  {
    change: 'an error',
    plant: ({ operations }) => operations.StartTask.errors.push({ shape: 'BlockedException' }),
    drift: ['warning error-added errors /BlockedException'],
  },
  {
    change: 'an error less',
    plant: ({ operations }) => {
      operations.StartTask.errors = operations.StartTask.errors.filter(
        ({ shape }) => shape !== 'ServerException',
      )
    },
    drift: ['warning error-removed errors /ServerException'],
  },
]

test.skipIf(!HAS_BOTOCORE).each(PLANTED)(
  'reports $change and nothing else (needs botocore)',
  ({ plant, drift, gone = [] }) => {
    const file = readBotocoreModel()
    const before = listDrift(compareFile(file))
    plant(file)
    const after = listDrift(compareFile(file))
    expect(after.filter((line) => !before.includes(line))).toEqual(drift)
    expect(before.filter((line) => !after.includes(line))).toEqual(gone)
  },
)

test.skipIf(!HAS_BOTOCORE)(
  'takes a pattern back that has its anchors again (needs botocore)',
  () => {
    const file = readBotocoreModel()
    for (const name of ['TagKey', 'TagValue'])
      add(file.shapes[name], 'pattern', `^${file.shapes[name]?.pattern}$`)
    expect(listDrift(compareFile(file)).filter((line) => line.includes('pattern'))).toEqual([])
  },
)

test.skipIf(!HAS_BOTOCORE)(
  'gives a finding with both values, who breaks, and where the contract says it (needs botocore)',
  () => {
    const file = readBotocoreModel()
    add(file.shapes['StartTaskRequest'], 'required', ['taskDefinition'])
    expect(compareFile(file).drift[0]).toEqual({
      kind: 'required-relaxed',
      side: 'request',
      pointer: '/containerInstances',
      severity: 'error',
      contract: 'required',
      other: 'optional',
      message: 'it is required in the contract, optional in the model',
      breaks: 'schemas and generated types that still require the member',
      from: 'page',
      source: 'API page, Request Syntax',
      known: false,
    })
  },
)

test('reports a required count of the SDK that is one less', () => {
  const { StartTaskRequest$: schema } = ecs
  const lines = listDrift(compareSdk({ ...ecs, StartTaskRequest$: [...schema.slice(0, 6), 1] }))
  expect(lines).toContain('error required-relaxed request /taskDefinition')
})

test('counts required members as not checked when the SDK has no counts yet', () => {
  const schemas = Object.entries(ecs).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.slice(0, 6) : value,
  ])
  const { drift, couldNotCheck } = compareSdk(
    Object.fromEntries(schemas) as Record<string, unknown>,
  )
  expect(drift.filter(({ kind }) => kind.startsWith('required'))).toEqual([])
  expect(
    couldNotCheck.filter(({ what }) => what === 'required').map(({ pointer }) => pointer),
  ).toContain('/containerInstances')
})

test('reports a text that the SDK reads as a time', () => {
  const { Failure$: failure } = ecs as unknown as { Failure$: unknown[] }
  const planted = [
    3,
    'com.amazonaws.ecs',
    'StartTaskResponse',
    0,
    ['tasks', 'failures'],
    [64, [1, 'com.amazonaws.ecs', 'Failures', 0, () => [...failure.slice(0, 5), [0, 4, 0]]]],
  ]
  expect(listDrift(compareSdk({ ...ecs, StartTaskResponse$: planted }))).toContain(
    'error type-changed response /failures/*/reason',
  )
})

function compareSdk(exported: Record<string, unknown>): ReturnType<typeof compareModels> {
  return compareModels(CONTRACT, readSdkModel({ ...exported }, '@aws-sdk/client-ecs', '3.1164.0'))
}

/** Sets a member of a part that the model must have. */
function add(part: object | undefined, name: string, value: unknown): void {
  if (part === undefined) throw new Error(`the model has no place for ${name}`)
  Object.assign(part, { [name]: value })
}
