/** Which client sends a request, and which recorder catches it. */
export type Way = 'aws-cli' | 'boto3' | 'aws-sdk-v3' | 'aws-sdk-v3-in-process'

/** What a planned request may refer to: the service's container instances, as ARNs. */
export interface World {
  instanceArns: readonly string[]
}

/** A recording that is made by sending one request to a service. */
export interface Planned {
  /** Its path in recordings/ without `.json`; the folder is the outcome. */
  name: string
  service: 'moto' | 'provider'
  way: Way
  request: (world: World) => object
  /** How often the client sends it; once when absent. */
  attempts?: number
}

/** The made-up value of an environment variable: it is sent, and stands in no recording. */
export const ENVIRONMENT_VALUE = 'sent-but-never-recorded'
const UNKNOWN_INSTANCE = '00000000-0000-4000-8000-000000000000'
const SECRETIVE = [
  { name: 'wordpress', environment: [{ name: 'DATABASE_PASSWORD', value: ENVIRONMENT_VALUE }] },
]

const MOTO: readonly Omit<Planned, 'service'>[] = [
  {
    name: 'started/moto-aws-cli',
    way: 'aws-cli',
    request: (world) => ({
      taskDefinition: 'hello_world:1',
      containerInstances: [instanceId(world, 0)],
      startedBy: 'aws-cli',
      group: 'nightly',
      tags: [{ key: 'team', value: 'harness' }],
    }),
  },
  {
    name: 'started/moto-boto3',
    way: 'boto3',
    request: (world) => ({
      cluster: 'default',
      taskDefinition: 'hello_world',
      containerInstances: [instanceId(world, 0), instanceId(world, 1)],
      startedBy: 'boto3',
      overrides: { containerOverrides: SECRETIVE },
    }),
  },
  {
    name: 'started/moto-aws-sdk-v3',
    way: 'aws-sdk-v3',
    request: (world) => ({
      cluster: 'arn:aws:ecs:us-east-1:123456789012:cluster/default',
      taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/hello_world:1',
      containerInstances: [world.instanceArns[0]],
      startedBy: 'aws-sdk-v3',
      overrides: {
        containerOverrides: [
          { name: 'wordpress', command: ['wp', 'cron', 'event', 'run'], cpu: 20, memory: 256 },
        ],
      },
    }),
  },
  {
    name: 'started/moto-aws-sdk-v3-in-process',
    way: 'aws-sdk-v3-in-process',
    request: (world) => ({
      taskDefinition: 'hello_world',
      containerInstances: [instanceId(world, 1)],
      startedBy: 'aws-sdk-v3-in-process',
      overrides: { containerOverrides: SECRETIVE },
    }),
  },
  {
    name: 'rejected/moto-cluster-not-found',
    way: 'aws-cli',
    request: (world) => ({
      cluster: 'no-such-cluster',
      taskDefinition: 'hello_world',
      containerInstances: [instanceId(world, 0)],
    }),
  },
  {
    name: 'rejected/moto-task-definition-not-found',
    way: 'boto3',
    request: (world) => ({
      taskDefinition: 'no-such-definition',
      containerInstances: [instanceId(world, 0)],
    }),
  },
  {
    name: 'rejected/moto-container-instances-empty',
    way: 'aws-sdk-v3',
    request: () => ({ taskDefinition: 'hello_world', containerInstances: [] }),
  },
  {
    name: 'rejected/moto-unknown-instance-html-500',
    way: 'aws-sdk-v3',
    request: () => ({
      taskDefinition: 'hello_world',
      containerInstances: [UNKNOWN_INSTANCE],
      startedBy: 'unknown-instance',
    }),
    attempts: 3,
  },
]

/** The provider's default state: the first two instances are healthy, the agent of the third is gone. */
const PROVIDER: readonly Omit<Planned, 'service' | 'way'>[] = [
  {
    name: 'partial/provider-one-instance-missing',
    request: (world) => ({
      taskDefinition: 'hello_world',
      containerInstances: [instanceId(world, 0), UNKNOWN_INSTANCE],
    }),
  },
  {
    name: 'unplaced/provider-agent-disconnected',
    request: (world) => ({
      taskDefinition: 'hello_world',
      containerInstances: [instanceId(world, 2)],
    }),
  },
  {
    name: 'unplaced/provider-instance-missing',
    request: () => ({ taskDefinition: 'hello_world', containerInstances: [UNKNOWN_INSTANCE] }),
  },
  {
    name: 'rejected/provider-cluster-not-found',
    request: (world) => ({
      cluster: 'gone',
      taskDefinition: 'hello_world',
      containerInstances: [instanceId(world, 0)],
    }),
  },
]

/** Every recording that takes a service. No two send equal requests, so that the whole folder can be replayed at once. */
export const PLANNED: readonly Planned[] = [
  ...MOTO.map((one) => ({ ...one, service: 'moto' as const })),
  ...PROVIDER.map((one) => ({ ...one, service: 'provider' as const, way: 'aws-sdk-v3' as const })),
]

function instanceId({ instanceArns }: World, index: number): string {
  const id = instanceArns[index]?.split('/').at(-1)
  if (id === undefined)
    throw new Error(
      `The service has ${instanceArns.length} container instances; number ${index + 1} is needed.`,
    )
  return id
}
