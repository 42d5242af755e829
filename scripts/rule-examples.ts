/** Bodies that a rule accepts and refuses, next to its limit. */
import type { RuleSite, SideName } from './rule-sites.ts'

type Json = { [member: string]: unknown }
type Steps = readonly (string | number)[]

/** Two bodies that differ in one thing, and the pointer where the second is refused. */
export interface Examples {
  pointer: string
  accepted: unknown
  refused: unknown
}

/** What a body must have besides a place, so that nothing but the rule is broken there. Member by member, for each object on the way. */
const BESIDE: Record<SideName, Readonly<Record<string, Json>>> = {
  request: {
    '': { containerInstances: ['ci-1'], taskDefinition: 'hello_world:6' },
    'networkConfiguration.awsvpcConfiguration': { subnets: ['subnet-1'] },
    'overrides.containerOverrides[]': { name: 'web' },
    'overrides.containerOverrides[].environmentFiles[]': {
      type: 's3',
      value: 'arn:aws:s3:::bucket/web.env',
    },
    'overrides.containerOverrides[].resourceRequirements[]': { type: 'GPU', value: '1' },
    'overrides.ephemeralStorage': { sizeInGiB: 21 },
    'tags[]': { key: 'team' },
    'volumeConfigurations[]': { name: 'data' },
    'volumeConfigurations[].managedEBSVolume': {
      roleArn: 'arn:aws:iam::012345678910:role/ebs',
      sizeInGiB: 200,
    },
    'volumeConfigurations[].managedEBSVolume.tagSpecifications[]': { resourceType: 'volume' },
    'volumeConfigurations[].managedEBSVolume.terminationPolicy': { deleteOnTermination: true },
  },
  response: {
    '': {},
    'tasks[].attributes[]': { name: 'ecs.os-type' },
    'tasks[].ephemeralStorage': { sizeInGiB: 21 },
    'tasks[].inferenceAccelerators[]': { deviceName: 'device_1', deviceType: 'eia1.medium' },
    'tasks[].overrides.containerOverrides[].environmentFiles[]': {
      type: 's3',
      value: 'arn:aws:s3:::bucket/web.env',
    },
    'tasks[].overrides.containerOverrides[].resourceRequirements[]': { type: 'GPU', value: '1' },
    'tasks[].overrides.ephemeralStorage': { sizeInGiB: 21 },
  },
}

/** What stands beside a null member that is missing where something else needs it. */
const BESIDE_NULL: Readonly<Record<string, Json>> = {
  'overrides.containerOverrides[].name': {},
  'overrides.containerOverrides[].resourceRequirements[].value': {
    type: 'GPU',
    sharingStrategy: {},
  },
  'tasks[].overrides.containerOverrides[].resourceRequirements[].value': {
    type: 'GPU',
    sharingStrategy: {},
  },
  'volumeConfigurations[].managedEBSVolume.sizeInGiB': {
    roleArn: 'arn:aws:iam::012345678910:role/ebs',
    snapshotId: 'snap-1',
  },
}

/** A value with which a place is all right, where the first of its type is not. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  sizeInGiB: 200,
  'environmentFiles[].type': 's3',
  'resourceRequirements[].type': 'GPU',
  resourceType: 'volume',
  filesystemType: 'xfs',
  assignPublicIp: 'ENABLED',
  propagateTags: 'NONE',
  connectivity: 'CONNECTED',
  healthStatus: 'HEALTHY',
  launchType: 'EC2',
  stopCode: 'UserInitiated',
  protocol: 'tcp',
  targetType: 'container-instance',
  'managedAgents[].name': 'ExecuteCommandAgent',
}

const FIRST: Readonly<Record<string, unknown>> = {
  string: 'text',
  number: 1,
  boolean: true,
  array: [],
  object: {},
}
const WRONG: Readonly<Record<string, unknown>> = {
  string: 1,
  number: '1',
  boolean: 'true',
  array: 'text',
  object: 'text',
}
const ABSENT = Symbol('absent')
/** Keywords from whose operand no boundary value follows. A rule with a name of its own has its examples beside it, too. */
const SAID: readonly string[] = ['pattern', 'not', 'const']

/** The examples of a rule that a schema says. */
export function buildExamples(side: SideName, site: RuleSite): Examples {
  const pointer = site.steps.map((step) => `/${step}`).join('')
  if (site.keyword === 'required' && 'x-refused' in site.node) {
    const parent = site.steps.slice(0, -1)
    return {
      pointer,
      accepted: put(side, parent, site.node['x-accepted']),
      refused: put(side, parent, site.node['x-refused']),
    }
  }
  const [accepted, refused] = chooseValues(side, site)
  return {
    pointer,
    accepted: put(side, site.steps, accepted, site),
    refused: put(side, site.steps, refused, site),
  }
}

function chooseValues(
  side: SideName,
  { keyword, operand, node, steps }: RuleSite,
): [accepted: unknown, refused: unknown] {
  if ('x-refused' in node && SAID.includes(node['x-rule'] ? 'pattern' : keyword))
    return [node['x-accepted'] ?? ABSENT, node['x-refused']]
  const limit = Number(operand)
  switch (keyword) {
    case 'type':
      return [fitSample(side, steps, String(operand)), WRONG[String(operand)]]
    case 'null':
      return [ABSENT, null]
    case 'required':
      return [fitSample(side, steps, readType(steps)), ABSENT]
    case 'integer':
      return [100, 100.5]
    case 'enum':
      return [readList(operand)[0], 'other']
    case 'maxLength':
      return ['x'.repeat(limit), 'x'.repeat(limit + 1)]
    case 'minLength':
      return ['x'.repeat(limit), '']
    case 'maxItems':
      return [repeat(side, steps, limit), repeat(side, steps, limit + 1)]
    case 'minItems':
      return [repeat(side, steps, limit), []]
    case 'minimum':
      return [limit, limit - 1]
    case 'maximum':
      return [limit, limit + 1]
    default:
      throw new Error(`${steps.join('.')}: the rule ${keyword} needs x-accepted and x-refused`)
  }
}

function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The type of a required member: those that are required are known. */
function readType(steps: Steps): string {
  if (formatPath(steps) === 'containerInstances' || formatPath(steps).endsWith('.subnets'))
    return 'array'
  return steps.at(-1) === 'sizeInGiB'
    ? 'number'
    : steps.at(-1) === 'deleteOnTermination'
      ? 'boolean'
      : 'string'
}

function fitSample(side: SideName, steps: Steps, type: string): unknown {
  const path = formatPath(steps)
  const beside = BESIDE[side][formatPath(steps.slice(0, -1))]?.[String(steps.at(-1))]
  if (beside !== undefined) return beside
  if (type === 'array' && path === 'containerInstances') return ['ci-1']
  if (type === 'object') return BESIDE[side][path] ?? {}
  const fitting = Object.entries(SAMPLES).find(([end]) => path === end || path.endsWith(`.${end}`))
  return fitting ? fitting[1] : FIRST[type]
}

function repeat(side: SideName, steps: Steps, times: number): unknown[] {
  const sample = BESIDE[side][`${formatPath(steps)}[]`]
  return Array.from(
    { length: times },
    (_, index) =>
      sample ?? (formatPath(steps).endsWith('tags') ? { key: `key-${index}` } : `id-${index}`),
  )
}

/** A body that has a value at a place, and beside the way there what else is needed. */
function put(side: SideName, steps: Steps, value: unknown, site?: RuleSite): unknown {
  const build = (index: number): unknown => {
    const step = steps[index]
    if (step === undefined) return value
    const inner = build(index + 1)
    if (typeof step === 'number') return inner === ABSENT ? [] : [inner]
    const siblings = index === steps.length - 1 ? (site?.node['x-refused-beside'] ?? {}) : {}
    const { [step]: _own, ...beside } = { ...readBeside(side, steps, index, site), ...siblings }
    return inner === ABSENT ? beside : { ...beside, [step]: inner }
  }
  return build(0)
}

function readBeside(side: SideName, steps: Steps, index: number, site: RuleSite | undefined): Json {
  const ofNull =
    site?.keyword === 'null' && index === steps.length - 1
      ? BESIDE_NULL[formatPath(steps)]
      : undefined
  return ofNull ?? BESIDE[side][formatPath(steps.slice(0, index))] ?? {}
}

function formatPath(steps: Steps): string {
  return steps
    .map((step, index) => (typeof step === 'number' ? '[]' : `${index === 0 ? '' : '.'}${step}`))
    .join('')
}

/** The examples of a rule in code: its fragments on a whole body, with what they leave to be written out. */
export function expandExample(side: string, fragment: unknown): unknown {
  const written = writeOut(fragment)
  if (side !== 'request' || !isObject(written)) return written
  const whole = {
    cluster: 'default',
    containerInstances: ['ci-1'],
    group: 'web',
    propagateTags: 'NONE',
    taskDefinition: 'hello_world:6',
  }
  return Object.fromEntries(
    Object.entries<unknown>({ ...whole, ...written }).filter(([, member]) => member !== ABSENT),
  )
}

/** `{repeat, times}` is a text or list of so many; `{levels}` so many levels; `{absent}` no member. */
function writeOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeOut)
  if (!isObject(value)) return value
  if (value['absent'] === true) return ABSENT
  if (typeof value['levels'] === 'number') return nest(value['levels'])
  if (typeof value['times'] === 'number') return writeRepeated(value['repeat'], value['times'])
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, writeOut(member)]))
}

function writeRepeated(what: unknown, times: number): unknown {
  if (typeof what === 'string') return what.repeat(times)
  return Array.from({ length: times }, (_, index) =>
    JSON.parse(JSON.stringify(what).replaceAll('#', String(index))),
  )
}

function nest(levels: number): unknown {
  return JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
