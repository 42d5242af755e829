import type { JsonObject } from '../protocol/index.ts'
import { readMembers } from './members.ts'
import { isRefusal, refuse, refuseAsService, type Reply, type Surroundings } from './reply.ts'
import { findCluster, findTask } from './resource-name.ts'
import type { TaskState } from './state.ts'
import { shapeTask } from './task-shape.ts'

const MEMBERS = { cluster: 'string', task: 'string', reason: 'string' } as const

/** Stops a task at once, and frees what it takes. A task that is stopped already stays as it is, its first reason with it. */
export function answerStopTask(body: JsonObject, { state, now }: Surroundings): Reply {
  const asked = readMembers('StopTask', body, MEMBERS)
  if (isRefusal(asked)) return asked
  if (asked.task === undefined)
    return refuse('InvalidParameterException', 'StopTask names no task.')
  const cluster = findCluster(state, asked.cluster)
  if (!cluster) return refuseAsService('cluster.notFound')
  const task = findTask(state, cluster.name, asked.task)
  if (!task) return refuse('InvalidParameterException', 'The referenced task was not found.')
  if (task.stopped) return { body: { task: shapeTask(state, task, now) } }
  const stopped: TaskState = {
    ...task,
    stopped: { atMs: now, ...(asked.reason === undefined ? {} : { reason: asked.reason }) },
  }
  return {
    body: { task: shapeTask(state, stopped, now) },
    state: { ...state, tasks: state.tasks.map((other) => (other === task ? stopped : other)) },
  }
}
