import type { JsonObject } from '../protocol/index.ts'
import { nameCluster, nameLodger, nameTaskDefinition } from './references.ts'
import type { ProviderState, TaskContainerState, TaskState } from './state.ts'

/** The time that a task is PENDING, chosen so that a caller that polls gets both states with any clock. */
const PENDING_MS = 1000

/**
 * Formats a task as the page's response has it, at a time. The status is computed: PENDING, RUNNING one second after `createdAt`, STOPPED after a
 * stop; `version` is 1 and grows with each of them. `launchType` is left out, because the page has none for StartTask.
 */
export function shapeTask(state: ProviderState, task: TaskState, now: number): JsonObject {
  const startedAt = task.createdAtMs + PENDING_MS
  const hasRun = startedAt <= Math.min(now, task.stopped?.atMs ?? now)
  const lastStatus = task.stopped ? 'STOPPED' : hasRun ? 'RUNNING' : 'PENDING'
  const taskArn = nameLodger(state, 'task', task.cluster, task.id)
  return {
    clusterArn: nameCluster(state, task.cluster),
    containerInstanceArn: nameLodger(
      state,
      'container-instance',
      task.cluster,
      task.containerInstance,
    ),
    containers: task.containers.map((container) => ({
      containerArn: nameLodger(state, 'container', task.cluster, container.id),
      taskArn,
      lastStatus,
      ...shapeContainer(container),
    })),
    cpu: String(task.cpu),
    createdAt: toSeconds(task.createdAtMs),
    desiredStatus: task.stopped ? 'STOPPED' : 'RUNNING',
    ...(task.enableExecuteCommand === undefined
      ? {}
      : { enableExecuteCommand: task.enableExecuteCommand }),
    group: task.group,
    lastStatus,
    memory: String(task.memory),
    overrides: task.overrides,
    ...(hasRun ? { startedAt: toSeconds(startedAt) } : {}),
    ...(task.startedBy === undefined ? {} : { startedBy: task.startedBy }),
    ...shapeStop(task),
    ...(task.tags.length === 0 ? {} : { tags: task.tags }),
    taskArn,
    taskDefinitionArn: nameTaskDefinition(state, task.taskDefinition),
    version: 1 + Number(hasRun) + Number(task.stopped !== undefined),
  }
}

function shapeContainer(container: TaskContainerState): JsonObject {
  return {
    name: container.name,
    image: container.image,
    cpu: String(container.cpu),
    ...(container.memory === undefined ? {} : { memory: String(container.memory) }),
    ...(container.memoryReservation === undefined
      ? {}
      : { memoryReservation: String(container.memoryReservation) }),
  }
}

/** Formats the stop of a task. `stoppedReason` is only the text of the caller, as in the service model. */
function shapeStop(task: TaskState): JsonObject {
  if (!task.stopped) return {}
  const stoppedAt = toSeconds(task.stopped.atMs)
  const reason = task.stopped.reason === undefined ? {} : { stoppedReason: task.stopped.reason }
  return { stopCode: 'UserInitiated', stoppedAt, ...reason, stoppingAt: stoppedAt }
}

/** Returns epoch seconds with milliseconds, as in the page's sample. */
function toSeconds(ms: number): number {
  return ms / 1000
}
