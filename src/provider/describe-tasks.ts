import type { JsonObject } from '../protocol/index.ts'
import { readMembers } from './members.ts'
import { isRefusal, refuse, refuseAsService, type Reply, type Surroundings } from './reply.ts'
import { findCluster, findTask, nameAbsentLodger } from './resource-name.ts'
import { shapeTask } from './task-shape.ts'

const MEMBERS = { cluster: 'string', tasks: 'strings', include: 'strings' } as const
/** Source: the service model's words on `tasks`. */
const MAX_TASKS = 100

/** Tasks as they are now, tags only on request; a MISSING failure for each that the cluster does not have. */
export function answerDescribeTasks(body: JsonObject, { state, now }: Surroundings): Reply {
  const asked = readMembers('DescribeTasks', body, MEMBERS)
  if (isRefusal(asked)) return asked
  const { tasks: references = [], include = [] } = asked
  if (references.length === 0) return refuse('InvalidParameterException', 'Tasks cannot be empty.')
  if (references.length > MAX_TASKS)
    return refuse('InvalidParameterException', `tasks has more than ${MAX_TASKS} entries.`)
  if (include.some((field) => field !== 'TAGS'))
    return refuse('InvalidParameterException', 'include has an entry that is not TAGS.')
  const cluster = findCluster(state, asked.cluster)
  if (!cluster) return refuseAsService('cluster.notFound')
  const tasks: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const reference of references) {
    const task = findTask(state, cluster.name, reference)
    if (task) tasks.push(shapeTask(state, include.length === 0 ? { ...task, tags: [] } : task, now))
    else
      failures.push({
        arn: nameAbsentLodger(state, 'task', cluster.name, reference),
        reason: 'MISSING',
      })
  }
  return { body: { failures, tasks } }
}
