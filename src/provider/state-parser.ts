import { HarnessError } from '../message/index.ts'
import { formatPointer, parseBody } from '../protocol/index.ts'
import {
  readCount,
  readFlag,
  readJsonObject,
  readList,
  readMembersOf,
  readText,
  readWord,
} from './state-reader.ts'
import type {
  ClusterState,
  ContainerDefinitionState,
  ContainerInstanceState,
  ProviderState,
  Tag,
  TaskContainerState,
  TaskDefinitionState,
  TaskState,
} from './state.ts'

/** The largest state that is read, in bytes: some fifty thousand tasks. */
const MAX_STATE_BYTES = 64 * 1024 * 1024

const readName = readText(/^[A-Za-z0-9_-]{1,255}$/, 'a name of up to 255 letters, digits, _ and -')
const readAnyText = readText(/^/, 'a string')
const readStatus = readWord('ACTIVE', 'INACTIVE')
const readAmount = readCount(0)

const readTags = readList(
  readMembersOf<Tag>({ key: readAnyText, value: readAnyText }, ['value']),
  (tag) => tag.key,
)

const readInstance = readMembersOf<ContainerInstanceState>({
  id: readName,
  status: readStatus,
  agentConnected: readFlag,
  registeredCpu: readAmount,
  registeredMemory: readAmount,
})

const readCluster = readMembersOf<ClusterState>({
  name: readName,
  containerInstances: readList(readInstance, (instance) => instance.id),
})

const CONTAINER = {
  name: readName,
  image: readAnyText,
  cpu: readAmount,
  memory: readAmount,
  memoryReservation: readAmount,
}

const readDefinition = readMembersOf<TaskDefinitionState>(
  {
    family: readName,
    revision: readCount(1),
    status: readStatus,
    cpu: readAmount,
    memory: readAmount,
    containers: readList(
      readMembersOf<ContainerDefinitionState>(CONTAINER, ['memory', 'memoryReservation']),
      (container) => container.name,
    ),
    tags: readTags,
    volumes: readList(readAnyText, (volume) => volume),
  },
  ['cpu', 'memory', 'tags', 'volumes'],
)

const readTask = readMembersOf<TaskState>(
  {
    id: readName,
    cluster: readName,
    containerInstance: readName,
    taskDefinition: readText(/^[A-Za-z0-9_-]{1,255}:[1-9]\d{0,9}$/, 'family:revision'),
    createdAtMs: readAmount,
    group: readAnyText,
    startedBy: readAnyText,
    enableExecuteCommand: readFlag,
    cpu: readAmount,
    memory: readAmount,
    overrides: readJsonObject,
    tags: readTags,
    containers: readList(
      readMembersOf<TaskContainerState>({ id: readName, ...CONTAINER }, [
        'memory',
        'memoryReservation',
      ]),
    ),
    stopped: readMembersOf<{ atMs: number; reason?: string }>(
      { atMs: readAmount, reason: readAnyText },
      ['reason'],
    ),
  },
  ['startedBy', 'enableExecuteCommand', 'stopped'],
)

const readState = readMembersOf<ProviderState>({
  region: readText(/^[a-z]{2,8}(-[a-z0-9]{1,16}){1,4}$/, 'a region, us-east-1 for example'),
  account: readText(/^\d{12}$/, 'an account of twelve digits'),
  clusters: readList(readCluster, (cluster) => cluster.name),
  taskDefinitions: readList(
    readDefinition,
    (definition) => `${definition.family}:${definition.revision}`,
  ),
  tasks: readList(readTask, (task) => task.id),
})

/**
 * Reads a state from its JSON. Throws `usage` for an unknown member, a wrong value, the same name twice or a task in no cluster of the
 * state; `not-json`, `too-large` or `too-deep` for a text that is no readable JSON.
 */
export function parseProviderState(text: string): ProviderState {
  const state = readState(parseBody(text, MAX_STATE_BYTES), [])
  const homeless = state.tasks.findIndex(
    (task) => !state.clusters.some((cluster) => cluster.name === task.cluster),
  )
  if (homeless === -1) return state
  const place = formatPointer(['tasks', homeless, 'cluster'])
  throw new HarnessError(
    'usage',
    `A task of the provider state is in no cluster of it.\n  place   ${place}\n  remedy  name one of the state's clusters, or add it`,
  )
}
