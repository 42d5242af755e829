import { DEFAULT_CLUSTER } from '../contract/index.ts'
import type { JsonObject } from '../protocol/index.ts'

/**
 * The state of a provider, as JSON. It is immutable: each change makes a new state. It has nothing that can be derived: the free resources of an
 * instance follow from its tasks, the status of a task from the clock.
 */
export interface ProviderState {
  region: string
  /** Twelve digits. */
  account: string
  clusters: readonly ClusterState[]
  taskDefinitions: readonly TaskDefinitionState[]
  /** The tasks in the order in which they started, including stopped ones. */
  tasks: readonly TaskState[]
}

export interface ClusterState {
  name: string
  containerInstances: readonly ContainerInstanceState[]
}

/** A container instance. StartTask fails with INACTIVE if it is not ACTIVE, and with AGENT if its agent is not connected. */
export interface ContainerInstanceState {
  id: string
  status: 'ACTIVE' | 'INACTIVE'
  agentConnected: boolean
  /** CPU units: 1024 to a virtual CPU. */
  registeredCpu: number
  /** MiB. */
  registeredMemory: number
}

/** One revision of a task definition. A task takes the task-level `cpu` (units) and `memory` (MiB), if they are given. */
export interface TaskDefinitionState {
  family: string
  revision: number
  status: 'ACTIVE' | 'INACTIVE'
  cpu?: number
  memory?: number
  containers: readonly ContainerDefinitionState[]
  tags?: readonly Tag[]
  /** Names of the volumes that are configured at launch. */
  volumes?: readonly string[]
}

export interface ContainerDefinitionState {
  name: string
  image: string
  /** CPU units. */
  cpu: number
  /** MiB: the hard limit. */
  memory?: number
  /** MiB: the soft limit. If present, placement uses it. */
  memoryReservation?: number
}

export interface Tag {
  key: string
  value?: string
}

/** A task with everything that it was started with, so that it can be described after its definition or instance is removed. */
export interface TaskState {
  id: string
  cluster: string
  /** The container instance's id. */
  containerInstance: string
  /** `family:revision`. */
  taskDefinition: string
  createdAtMs: number
  group: string
  startedBy?: string
  enableExecuteCommand?: boolean
  /** CPU units that it takes of its instance until it is stopped; `memory` is in MiB. */
  cpu: number
  memory: number
  /** The overrides as in the response, with at least one entry for each container. They may contain environment values. */
  overrides: JsonObject
  tags: readonly Tag[]
  containers: readonly TaskContainerState[]
  stopped?: { atMs: number; reason?: string }
}

/** A container of a task: its definition with the overrides of the task applied. */
export interface TaskContainerState extends ContainerDefinitionState {
  id: string
}

/**
 * Creates a state with the account, region, instance `4c543eed-…` and `hello_world:6` of the page's sample. Two instances are healthy, `b7d0c3a2-…`
 * has no connected agent, and `e5a1f9d4-…` has too little memory for the definition.
 */
export function createDefaultState(): ProviderState {
  const healthy = {
    status: 'ACTIVE',
    agentConnected: true,
    registeredCpu: 2048,
    registeredMemory: 7680,
  } satisfies Partial<ContainerInstanceState>
  return {
    region: 'us-east-1',
    account: '012345678910',
    clusters: [
      {
        name: DEFAULT_CLUSTER,
        containerInstances: [
          { id: '4c543eed-f83f-47da-b1d8-3d23f1da4c64', ...healthy },
          { id: '8f2b7c1e-5a0d-4e3b-9c64-2d1f0a7b6e35', ...healthy },
          { id: 'b7d0c3a2-61f4-4d8e-8a15-90e2c4f7d3b8', ...healthy, agentConnected: false },
          { id: 'e5a1f9d4-3c72-4b06-b8e9-7f60d2a4c1b3', ...healthy, registeredMemory: 512 },
        ],
      },
    ],
    taskDefinitions: [
      {
        family: 'hello_world',
        revision: 6,
        status: 'ACTIVE',
        containers: [
          { name: 'wordpress', image: 'wordpress', cpu: 10, memory: 500 },
          { name: 'mysql', image: 'mysql', cpu: 10, memory: 500 },
        ],
      },
    ],
    tasks: [],
  }
}
