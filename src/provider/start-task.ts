import type { JsonObject } from '../protocol/index.ts'
import { parseLaunch, type Launch } from './launch.ts'
import { readString } from './members.ts'
import { findPlacementFailure } from './placement.ts'
import { isRefusal, type Reply, type Surroundings } from './reply.ts'
import { nameAbsentLodger, nameLodger, readLodgerId } from './resource-name.ts'
import type { ContainerInstanceState, ProviderState, TaskState } from './state.ts'
import { shapeTask } from './task-shape.ts'

/** Answers StartTask: one task or one failure for each entry of `containerInstances`, in order; HTTP 200 even when none started. */
export function answerStartTask(body: JsonObject, surroundings: Surroundings): Reply {
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
  const startedBy = readString(body, 'startedBy')
  const enableExecuteCommand = body['enableExecuteCommand']
  return {
    id,
    cluster: cluster.name,
    containerInstance: instance.id,
    taskDefinition: `${definition.family}:${definition.revision}`,
    createdAtMs: now,
    group: readString(body, 'group') ?? `family:${definition.family}`,
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

/** Numbered by the tasks there are, so that a state that is loaded again goes on where it was; past ids that an edited state still has. */
function createTaskId(state: ProviderState, createId: Surroundings['createId']): string {
  const taken = new Set(state.tasks.map((task) => task.id))
  let number = state.tasks.length
  while (taken.has(createId('task', number))) number++
  return createId('task', number)
}
