import { checkRequest, type FailureReasonName, MAX_TAGS } from '../contract/index.ts'
import { isObject, type JsonObject, readList, readObject, readText } from '../protocol/index.ts'
import { applyOverrides, type Overridden } from './overrides.ts'
import {
  isRefusal,
  refuse,
  refuseAsService,
  refuseBroken,
  type Refusal,
  type Reply,
  type Surroundings,
} from './reply.ts'
import {
  findCluster,
  findTaskDefinition,
  nameAbsentLodger,
  nameLodger,
  readLodgerId,
} from './references.ts'
import type {
  ClusterState,
  ContainerInstanceState,
  ProviderState,
  Tag,
  TaskDefinitionState,
  TaskState,
} from './state.ts'
import { shapeTask } from './task-shape.ts'

/** Starts one task for each entry of `containerInstances`, in order. An entry that cannot get one is a failure; the reply is HTTP 200 even if all are. */
export function startTask(body: JsonObject, surroundings: Surroundings): Reply {
  const launch = parseLaunch(body, surroundings.state)
  if (isRefusal(launch)) return launch
  let state = surroundings.state
  const tasks: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const reference of launch.containerInstances) {
    const placed = placeTask(launch, reference, { ...surroundings, state })
    if ('failure' in placed) failures.push(placed.failure)
    else {
      tasks.push(shapeTask(state, placed.task, surroundings.now))
      state = { ...state, tasks: [...state.tasks, placed.task] }
    }
  }
  return { body: { failures, tasks }, ...(tasks.length === 0 ? {} : { state }) }
}

function placeTask(
  launch: Launch,
  reference: string,
  surroundings: Surroundings,
): { task: TaskState } | { failure: JsonObject } {
  const { state } = surroundings
  const cluster = launch.cluster.name
  const id = readLodgerId(state, 'container-instance', cluster, reference)
  const instance = launch.cluster.containerInstances.find((candidate) => candidate.id === id)
  if (!instance)
    return {
      failure: {
        arn: nameAbsentLodger(state, 'container-instance', cluster, reference),
        reason: 'MISSING',
      },
    }
  const reason = findPlacementFailure(state, cluster, instance, launch.overridden)
  if (reason === undefined) return { task: createTask(launch, instance, surroundings) }
  return { failure: { arn: nameLodger(state, 'container-instance', cluster, instance.id), reason } }
}

function createTask(
  launch: Launch,
  instance: ContainerInstanceState,
  { state, now, createId }: Surroundings,
): TaskState {
  const { cluster, definition, overridden, tags, body } = launch
  const id = createTaskId(state, createId)
  const startedBy = readText(body['startedBy'])
  const enableExecuteCommand = body['enableExecuteCommand']
  return {
    id,
    cluster: cluster.name,
    containerInstance: instance.id,
    taskDefinition: `${definition.family}:${definition.revision}`,
    createdAtMs: now,
    group: readText(body['group']) ?? `family:${definition.family}`,
    ...(startedBy === undefined ? {} : { startedBy }),
    ...(typeof enableExecuteCommand === 'boolean' ? { enableExecuteCommand } : {}),
    cpu: overridden.cpu,
    memory: overridden.memory,
    overrides: overridden.overrides,
    tags,
    containers: overridden.containers.map((container) => ({
      id: createId('container', id, container.name),
      ...container,
    })),
  }
}

/** Makes a task id from the number of tasks, so that a loaded state continues where it was. It skips ids that an edited state already has. */
function createTaskId(state: ProviderState, createId: Surroundings['createId']): string {
  const taken = new Set(state.tasks.map((task) => task.id))
  let number = state.tasks.length
  while (taken.has(createId('task', number))) number++
  return createId('task', number)
}

/** A StartTask request that conforms to the contract, with the resources that it refers to. */
interface Launch {
  cluster: ClusterState
  definition: TaskDefinitionState
  overridden: Overridden
  tags: readonly Tag[]
  /** Ids or ARNs as given; the same one twice is two tasks. */
  containerInstances: readonly string[]
  body: JsonObject
}

/** Checks a StartTask request against the contract and then against the state. The first fault refuses it. */
function parseLaunch(body: JsonObject, state: ProviderState): Launch | Refusal {
  const broken = checkRequest(body).find((finding) => finding.severity === 'error')
  if (broken) return refuseBroken(broken)
  const containerInstances = readList(body['containerInstances']).filter(
    (entry) => typeof entry === 'string',
  )
  // The page states no minimum, but an empty list can place nothing and fail nowhere.
  if (containerInstances.length === 0)
    return refuse('InvalidParameterException', 'containerInstances names no container instance.')
  if (containerInstances.includes('')) return refuseAsService('containerInstance.blank')
  const cluster = findCluster(state, readText(body['cluster']))
  if (!cluster) return refuseAsService('cluster.notFound')
  const definition = findTaskDefinition(state, readText(body['taskDefinition']) ?? '')
  if (isRefusal(definition)) return definition
  const overridden = applyOverrides(definition, readObject(body['overrides']))
  if (isRefusal(overridden)) return overridden
  const tags = mergeTags(definition, body)
  if (isRefusal(tags)) return tags
  return (
    refuseStrangeVolume(definition, body) ?? {
      cluster,
      definition,
      overridden,
      tags,
      containerInstances,
      body,
    }
  )
}

/**
 * Returns the tags of the request and, if `propagateTags` asks for them, those of the definition; the request wins for a key that both have.
 * SERVICE propagates nothing, because no service starts these tasks.
 */
function mergeTags(definition: TaskDefinitionState, body: JsonObject): readonly Tag[] | Refusal {
  const given = readList(body['tags']).filter(isObject).flatMap(readTag)
  if (given.length < readList(body['tags']).length)
    return refuse('InvalidParameterException', 'A tag has no key.')
  const propagated =
    readText(body['propagateTags']) === 'TASK_DEFINITION' ? (definition.tags ?? []) : []
  const merged = [
    ...given,
    ...propagated.filter((tag) => !given.some((own) => own.key === tag.key)),
  ]
  if (merged.length <= MAX_TAGS) return merged
  return refuse(
    'InvalidParameterException',
    `The task would have ${merged.length} tags with those of its definition; ${MAX_TAGS} are allowed.`,
  )
}

/** Reads a tag; returns nothing for a tag without a key. Source: the API page, a tag has a key and an optional value. */
function readTag(tag: JsonObject): Tag[] {
  const key = readText(tag['key'])
  const value = readText(tag['value'])
  return key === undefined ? [] : [{ key, ...(value === undefined ? {} : { value }) }]
}

/** Refuses a configured volume that the definition does not have. Source: the API page, `volumeConfigurations`. */
function refuseStrangeVolume(
  definition: TaskDefinitionState,
  body: JsonObject,
): Refusal | undefined {
  const known = new Set(definition.volumes)
  const isStrange = readList(body['volumeConfigurations']).some(
    (volume) => !known.has(readText(readObject(volume)['name']) ?? ''),
  )
  return isStrange
    ? refuse(
        'InvalidParameterException',
        'A volume configuration names no volume of the task definition.',
      )
    : undefined
}

/**
 * Returns the first reason why a task with these needs cannot start on an instance. LOCATION, ATTRIBUTE and the other RESOURCE reasons need more
 * than the state has; MISSING is for the caller that looks up the instance.
 */
function findPlacementFailure(
  state: ProviderState,
  cluster: string,
  instance: ContainerInstanceState,
  taken: { cpu: number; memory: number },
): FailureReasonName | undefined {
  if (instance.status !== 'ACTIVE') return 'INACTIVE'
  if (!instance.agentConnected) return 'AGENT'
  const used = measureUse(state, cluster, instance)
  if (used.cpu + taken.cpu > instance.registeredCpu) return 'RESOURCE:CPU'
  if (used.memory + taken.memory > instance.registeredMemory) return 'RESOURCE:MEMORY'
  return undefined
}

/** Measures the use of an instance from its tasks, so that no counter can disagree with them. */
function measureUse(
  state: ProviderState,
  cluster: string,
  instance: ContainerInstanceState,
): { cpu: number; memory: number } {
  const used = { cpu: 0, memory: 0 }
  for (const task of state.tasks) {
    if (task.stopped || task.cluster !== cluster || task.containerInstance !== instance.id) continue
    used.cpu += task.cpu
    used.memory += task.memory
  }
  return used
}
