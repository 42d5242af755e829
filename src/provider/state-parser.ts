import { HarnessError } from '../message/index.ts'
import { formatPointer, isObject, type JsonObject, parseBody } from '../protocol/index.ts'
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

/** The largest state that is read, in bytes: about fifty thousand tasks. */
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
 * Parses a provider state. Throws `usage` for an unknown member, a wrong value, a repeated name and a task in an unknown cluster; `not-json`,
 * `too-large` or `too-deep` for a text that is not readable JSON.
 */
export function parseProviderState(text: string): ProviderState {
  const state = readState(parseBody(text, MAX_STATE_BYTES), [])
  const homeless = state.tasks.findIndex(
    (task) => !state.clusters.some((cluster) => cluster.name === task.cluster),
  )
  if (homeless === -1) return state
  throw new HarnessError('usage', 'A task is in a cluster that the provider state does not have.', {
    details: [['place', formatPointer(['tasks', homeless, 'cluster'])]],
    remedy: 'Name a cluster of the state, or add it.',
  })
}

/** A function that reads one value of a state. It throws `usage` with the place of a wrong value. */
type Reader<T> = (value: unknown, place: Place) => T
/** The segments of a place, from the root of the state. */
type Place = readonly (string | number)[]

/** Makes a reader of strings that match a pattern; `meaning` describes them. */
function readText(pattern: RegExp, meaning: string): Reader<string> {
  return (value, place) =>
    typeof value === 'string' && pattern.test(value) ? value : refuseValue(place, meaning)
}

/** Makes a reader of integers from `least` up. */
function readCount(least: number): Reader<number> {
  return (value, place) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least
      ? value
      : refuseValue(place, `an integer from ${least} up`)
}

function readFlag(value: unknown, place: Place): boolean {
  return typeof value === 'boolean' ? value : refuseValue(place, 'true or false')
}

function readJsonObject(value: unknown, place: Place): JsonObject {
  return isObject(value) ? value : refuseValue(place, 'an object')
}

function readWord<T extends string>(...words: readonly T[]): Reader<T> {
  return (value, place) =>
    words.find((word) => word === value) ?? refuseValue(place, words.join(' or '))
}

/** Makes a reader of arrays; `identify` returns what must be unique in them. */
function readList<T>(read: Reader<T>, identify?: (item: T) => string): Reader<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return refuseValue(place, 'an array')
    const items = value.map((item, index) => read(item, [...place, index]))
    const seen = new Set<string>()
    for (const [index, item] of items.entries()) {
      const identity = identify?.(item) ?? String(index)
      if (seen.has(identity))
        return refuse(
          'The provider state has a repeated name.',
          [...place, index],
          'Remove one of the two.',
        )
      seen.add(identity)
    }
    return items
  }
}

/** Makes a reader of objects with these members and no others; those in `optional` may be absent. */
function readMembersOf<T extends object>(
  readers: { [Member in keyof T & string]-?: Reader<Exclude<T[Member], undefined>> },
  optional: readonly (keyof T & string)[] = [],
): Reader<T> {
  const names = Object.keys(readers)
  const mayBeAbsent = new Set<string>(optional)
  const byName = new Map<string, Reader<unknown>>(Object.entries(readers))
  return (value, place) => {
    if (!isObject(value)) return refuseValue(place, 'an object')
    const unknown = Object.keys(value).find((name) => !byName.has(name))
    if (unknown !== undefined) {
      return refuse(
        'The provider state has an unknown member.',
        [...place, unknown],
        `Remove it, or use one of ${names.join(', ')}.`,
      )
    }
    const members = [...byName]
      .filter(([name]) => Object.hasOwn(value, name) || !mayBeAbsent.has(name))
      .map(
        ([name, read]) =>
          [
            name,
            read(Object.hasOwn(value, name) ? value[name] : undefined, [...place, name]),
          ] as const,
      )
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parse boundary: each member was read by the reader that T asks for
    return Object.fromEntries(members) as T
  }
}

function refuseValue(place: Place, meaning: string): never {
  return refuse('The provider state has a missing or wrong value.', place, `Write ${meaning}.`)
}

function refuse(summary: string, place: Place, remedy: string): never {
  throw new HarnessError('usage', summary, {
    details: [['place', formatPointer(place) || 'the complete state']],
    remedy,
  })
}
