import type { JsonObject } from '../protocol/index.ts'
import { readMembers } from './members.ts'
import { cutPage } from './paging.ts'
import { isRefusal, refuse, refuseAsService, type Reply, type Surroundings } from './reply.ts'
import { findCluster, nameLodger, readLodgerId } from './resource-name.ts'

const MEMBERS = {
  cluster: 'string',
  containerInstance: 'string',
  family: 'string',
  startedBy: 'string',
  desiredStatus: 'string',
  maxResults: 'integer',
  nextToken: 'string',
} as const
const STATUSES = ['RUNNING', 'PENDING', 'STOPPED']

/** The tasks of a cluster whose desired status is RUNNING, unless another is asked for; none ever has the desired status PENDING. */
export function answerListTasks(body: JsonObject, { state }: Surroundings): Reply {
  const asked = readMembers('ListTasks', body, MEMBERS)
  if (isRefusal(asked)) return asked
  const { startedBy, containerInstance, family, desiredStatus = 'RUNNING' } = asked
  if (!STATUSES.includes(desiredStatus))
    return refuse('InvalidParameterException', `desiredStatus is none of ${STATUSES.join(', ')}.`)
  // The model: `startedBy` must be the only filter. Callers in the wild send it with `desiredStatus`, so that one is let through.
  if (startedBy !== undefined && (containerInstance ?? family) !== undefined) {
    return refuse('InvalidParameterException', 'cannot specify startedBy with other arguments')
  }
  const cluster = findCluster(state, asked.cluster)
  if (!cluster) return refuseAsService('cluster.notFound')
  const instance =
    containerInstance === undefined
      ? undefined
      : readLodgerId(state, 'container-instance', cluster.name, containerInstance)
  const tasks = state.tasks.filter(
    (task) =>
      task.cluster === cluster.name &&
      (task.stopped ? 'STOPPED' : 'RUNNING') === desiredStatus &&
      (startedBy === undefined || task.startedBy === startedBy) &&
      (containerInstance === undefined || task.containerInstance === instance) &&
      (family === undefined || task.taskDefinition.split(':')[0] === family),
  )
  const page = cutPage(tasks, asked)
  if (isRefusal(page)) return page
  const { items, ...next } = page
  return {
    body: { taskArns: items.map(({ id }) => nameLodger(state, 'task', cluster.name, id)), ...next },
  }
}
