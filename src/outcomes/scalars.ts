/** Texts and numbers that break no rule of their place. */
import * as fc from 'fast-check'
import {
  type BodyPlace,
  type BodyRule,
  FAILURE_REASONS,
  type RuleKeyword,
} from '../contract/index.ts'

const USUAL_LENGTH = 24
const LARGEST = 65_535

/** Characters to choose from where a pattern says which are allowed. */
const CHARACTERS = Array.from('abcxyzABCXYZ019 _.:/=+-@éßøд漢字ع٣*!?#"\\<>%&\t\n🚀')

/** Texts of a place, as they are met there or spelled from what its pattern allows. */
export function buildText(place: BodyPlace, rules: readonly BodyRule[]): fc.Arbitrary<string> {
  const sample = findSample(place.path)
  const hasPattern = rules.some(({ keyword }) => keyword === 'pattern')
  const limits = {
    min: Math.max(0, ...listNumbers(rules, 'minLength')),
    max: Math.min(USUAL_LENGTH, ...listNumbers(rules, 'maxLength')),
  }
  const texts = hasPattern ? spellText(rules, limits) : ANY_TEXT
  return keepFree(sample && hasPattern ? fc.oneof(sample, texts) : (sample ?? texts), rules)
}

/** Texts of so many characters, spelled from what the pattern among the rules allows. */
export function spellText(
  rules: readonly BodyRule[],
  length: { min: number; max: number },
): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...CHARACTERS.filter((character) => isAllowed(character, rules)))
  return keepFree(
    fc.string({ unit, minLength: length.min, maxLength: length.max, size: 'max' }),
    rules,
  )
}

/** Characters that the pattern among the rules does not allow. */
export function listRefusedCharacters(rules: readonly BodyRule[]): string[] {
  return CHARACTERS.filter((character) => !isAllowed(character, rules))
}

function isAllowed(character: string, rules: readonly BodyRule[]): boolean {
  return rules.every(
    ({ keyword, operand }) =>
      keyword !== 'pattern' || new RegExp(String(operand), 'u').test(character),
  )
}

/** One text in many millions has the reserved prefix by chance. */
function keepFree(texts: fc.Arbitrary<string>, rules: readonly BodyRule[]): fc.Arbitrary<string> {
  return rules.some(({ operand }) => operand === 'reservedPrefix')
    ? texts.filter((text) => !/^aws:/i.test(text))
    : texts
}

/** Numbers of a place: whole ones, but for times. */
export function buildNumber(place: BodyPlace, rules: readonly BodyRule[]): fc.Arbitrary<number> {
  return place.path.endsWith('At') ? TIMES : fc.integer(readRange(rules))
}

/** The whole numbers that the rules allow, from 0 on where none says where. */
export function readRange(rules: readonly BodyRule[]): { min: number; max: number } {
  const min = Math.max(0, ...listNumbers(rules, 'minimum'))
  return { min, max: Math.min(Math.max(LARGEST, min * 2), ...listNumbers(rules, 'maximum')) }
}

/** The operands of every rule of one keyword. */
export function listNumbers(rules: readonly BodyRule[], keyword: RuleKeyword): number[] {
  return rules.flatMap((rule) =>
    rule.keyword === keyword && typeof rule.operand === 'number' ? [rule.operand] : [],
  )
}

const REGION = fc.constantFrom('us-east-1', 'eu-central-1', 'ap-southeast-2')
const ACCOUNT = fc.constantFrom('123456789012', '012345678910', '999988887777')
const NAME = fc.stringMatching(/^[a-z][a-z0-9_-]{0,11}$/)
const HEX_17 = fc.stringMatching(/^[0-9a-f]{17}$/)
const HEX_32 = fc.stringMatching(/^[0-9a-f]{32}$/)
const UUID = fc.uuid()
const CLUSTER = fc.oneof(fc.constant('default'), NAME)
const FAMILY = fc.oneof(fc.constantFrom('web', 'hello_world', 'batch-import'), NAME)
/** Words of any language, and what is seldom in one. */
export const ANY_TEXT: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(...Array.from('abcdefxyzABC0129-_/.:= äß漢字🚀"\\')),
  maxLength: 12,
})
const STATUS = fc.constantFrom(
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'STOPPED',
)
const CPU = fc.constantFrom('256', '512', '1024', '.25 vCPU')
const MEMORY = fc.constantFrom('128', '512', '2048', '1 GB')
const ROLE = fc
  .tuple(ACCOUNT, NAME)
  .map(([account, name]) => `arn:aws:iam::${account}:role/${name}`)
const REVISION = fc.integer({ min: 1, max: 999 })
const ENVIRONMENT_NAME = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,11}$/)

const CLUSTER_ARN = formatEcsArn('cluster', CLUSTER)
const INSTANCE_ARN = formatEcsArn(
  'container-instance',
  fc.oneof(fc.tuple(CLUSTER, HEX_32).map(joinPath), UUID),
)
const TASK_ARN = formatEcsArn('task', fc.tuple(CLUSTER, HEX_32).map(joinPath))
const TASK_DEFINITION_ARN = formatEcsArn(
  'task-definition',
  fc.tuple(FAMILY, REVISION).map((parts) => parts.join(':')),
)

/** The strings of a place, by the end of its path; the longest end decides. */
const TEXTS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  arn: INSTANCE_ARN,
  attachmentId: UUID,
  availabilityZone: fc.tuple(REGION, fc.constantFrom('a', 'b', 'c')).map((parts) => parts.join('')),
  bindIP: fc.constantFrom('0.0.0.0', '::', '10.0.0.7'),
  capacityProviderName: NAME,
  cluster: fc.oneof(CLUSTER, CLUSTER_ARN),
  clusterArn: CLUSTER_ARN,
  containerArn: formatEcsArn('container', fc.tuple(CLUSTER, HEX_32, UUID).map(joinPath)),
  containerInstanceArn: INSTANCE_ARN,
  'containerInstances[]': fc.oneof(UUID, HEX_32, INSTANCE_ARN),
  'containerOverrides[].name': FAMILY,
  containerPortRange: fc.constantFrom('8000-8010', '9000-9001'),
  'containers[].name': FAMILY,
  cpu: CPU,
  'containers[].cpu': fc.constantFrom('0', '256'),
  desiredStatus: STATUS,
  deviceName: fc.constantFrom('device_1', 'device_2'),
  deviceType: fc.constantFrom('eia1.medium', 'eia2.large'),
  'environmentFiles[].value': NAME.map((name) => `arn:aws:s3:::${name}-bucket/production.env`),
  'environment[].name': ENVIRONMENT_NAME,
  executionRoleArn: ROLE,
  'failures[].reason': fc.constantFrom(...Object.keys(FAILURE_REASONS)),
  'gpuIds[]': UUID.map((id) => `GPU-${id}`),
  group: fc.oneof(
    FAMILY.map((family) => `family:${family}`),
    NAME.map((name) => `service:${name}`),
  ),
  hostPortRange: fc.constantFrom('32768-32778', '40000-40001'),
  image: fc.constantFrom(
    'nginx:latest',
    'public.ecr.aws/docker/library/busybox:1.36',
    '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:3',
  ),
  imageDigest: fc.tuple(HEX_32, HEX_32).map((parts) => `sha256:${parts.join('')}`),
  ipv6Address: fc.ipV6(),
  kmsKeyId: fc
    .tuple(REGION, ACCOUNT, UUID)
    .map(([region, account, id]) => `arn:aws:kms:${region}:${account}:key/${id}`),
  lastStatus: STATUS,
  memory: MEMORY,
  platformFamily: fc.constantFrom('Linux', 'Windows_Server_2022_Core'),
  platformVersion: fc.constantFrom('1.4.0', '1.0.0'),
  privateIpv4Address: fc.ipV4(),
  roleArn: ROLE,
  runtimeId: fc.tuple(HEX_32, HEX_32).map((parts) => parts.join('')),
  'securityGroups[]': HEX_17.map((id) => `sg-${id}`),
  snapshotId: HEX_17.map((id) => `snap-${id}`),
  startedBy: fc.oneof(
    UUID,
    NAME,
    fc.nat().map((number) => `ecs-svc/${number}`),
  ),
  stoppedReason: fc.constantFrom('Essential container in task exited', 'Task failed to start'),
  'subnets[]': HEX_17.map((id) => `subnet-${id}`),
  taskArn: TASK_ARN,
  taskDefinition: fc.oneof(
    FAMILY,
    fc.tuple(FAMILY, REVISION).map((parts) => parts.join(':')),
    TASK_DEFINITION_ARN,
  ),
  taskDefinitionArn: TASK_DEFINITION_ARN,
  taskRoleArn: ROLE,
  'resourceRequirements[].value': fc.constantFrom('1', '4', 'device_1'),
  'volumeConfigurations[].name': FAMILY,
}

/** Strings as they are met at a place; `undefined` where any will do. */
function findSample(path: string): fc.Arbitrary<string> | undefined {
  const steps = path.split('.')
  const ends = steps.map((_step, index) => steps.slice(index).join('.'))
  const end = ends.find((candidate) => Object.hasOwn(TEXTS, candidate))
  return end === undefined ? undefined : TEXTS[end]
}

/** A time in the form of responses: seconds since 1970, with milliseconds. */
const TIMES: fc.Arbitrary<number> = fc
  .integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 })
  .map((time) => time / 1000)

function formatEcsArn(type: string, ids: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(REGION, ACCOUNT, ids)
    .map(([region, account, id]) => `arn:aws:ecs:${region}:${account}:${type}/${id}`)
}

function joinPath(parts: readonly string[]): string {
  return parts.join('/')
}
