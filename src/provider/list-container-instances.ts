import type { JsonObject } from '../protocol/index.ts'
import { readMembers } from './members.ts'
import { cutPage } from './paging.ts'
import { isRefusal, refuse, refuseAsService, type Reply, type Surroundings } from './reply.ts'
import { findCluster, nameLodger } from './resource-name.ts'

const MEMBERS = {
  cluster: 'string',
  status: 'string',
  maxResults: 'integer',
  nextToken: 'string',
} as const
const STATUSES = ['ACTIVE', 'DRAINING', 'REGISTERING', 'DEREGISTERING', 'REGISTRATION_FAILED']

/** The instances of a cluster that are not INACTIVE. No instance of a state is ever DRAINING or between states. */
export function answerListContainerInstances(body: JsonObject, { state }: Surroundings): Reply {
  const asked = readMembers('ListContainerInstances', body, MEMBERS)
  if (isRefusal(asked)) return asked
  const { status = 'ACTIVE' } = asked
  if (!STATUSES.includes(status))
    return refuse('InvalidParameterException', `status is none of ${STATUSES.join(', ')}.`)
  const cluster = findCluster(state, asked.cluster)
  if (!cluster) return refuseAsService('cluster.notFound')
  const instances = cluster.containerInstances.filter((instance) => instance.status === status)
  const page = cutPage(instances, asked)
  if (isRefusal(page)) return page
  const { items, ...next } = page
  return {
    body: {
      containerInstanceArns: items.map(({ id }) =>
        nameLodger(state, 'container-instance', cluster.name, id),
      ),
      ...next,
    },
  }
}
