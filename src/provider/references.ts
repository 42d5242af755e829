import { DEFAULT_CLUSTER, formatArn, parseArn } from '../contract/index.ts'
import { refuseAsService, type Refusal } from './reply.ts'
import type { ClusterState, ProviderState, TaskDefinitionState, TaskState } from './state.ts'

/** The kinds of resources in a cluster. */
type Lodger = 'task' | 'container-instance' | 'container'

/** Formats an ARN of the state's region and account. */
function nameResource(state: ProviderState, resource: string): string {
  return formatArn({
    partition: readPartition(state.region),
    service: 'ecs',
    region: state.region,
    account: state.account,
    resource,
  })
}

function readPartition(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

export function nameCluster(state: ProviderState, cluster: string): string {
  return nameResource(state, `cluster/${cluster}`)
}

/** Formats the long form of an ARN, with the name of the cluster. The page's sample has it for tasks, instances and one of its two containers. */
export function nameLodger(
  state: ProviderState,
  kind: Lodger,
  cluster: string,
  id: string,
): string {
  return nameResource(state, `${kind}/${cluster}/${id}`)
}

/** Returns the ARN of a resource that does not exist: the reference itself if it is an ARN, else the ARN that its id would have. */
export function nameAbsentLodger(
  state: ProviderState,
  kind: Lodger,
  cluster: string,
  reference: string,
): string {
  return parseArn(reference) ? reference : nameLodger(state, kind, cluster, reference)
}

export function nameTaskDefinition(state: ProviderState, name: string): string {
  return nameResource(state, `task-definition/${name}`)
}

/** Returns the part after `kind/` of an ARN of the state's region and account; `undefined` for other ARNs. A reference that is not an ARN is returned unchanged. */
function readLocalName(state: ProviderState, kind: string, reference: string): string | undefined {
  const arn = parseArn(reference)
  if (!arn) return reference
  const prefix = nameResource(state, `${kind}/`)
  return reference.startsWith(prefix) ? reference.slice(prefix.length) : undefined
}

/** Returns the id in a reference to a task or instance, which is an id or either form of ARN; `undefined` for one of another cluster. */
export function readLodgerId(
  state: ProviderState,
  kind: Lodger,
  cluster: string,
  reference: string,
): string | undefined {
  const name = readLocalName(state, kind, reference)
  return name !== reference && name?.startsWith(`${cluster}/`)
    ? name.slice(cluster.length + 1)
    : name
}

/** Finds a cluster by name or ARN; without a reference, the default one. */
export function findCluster(
  state: ProviderState,
  reference: string = DEFAULT_CLUSTER,
): ClusterState | undefined {
  const name = readLocalName(state, 'cluster', reference)
  return state.clusters.find((cluster) => cluster.name === name)
}

/** Finds a task of a cluster by id or ARN. */
export function findTask(
  state: ProviderState,
  cluster: string,
  reference: string,
): TaskState | undefined {
  const id = readLodgerId(state, 'task', cluster, reference)
  return state.tasks.find((task) => task.cluster === cluster && task.id === id)
}

/**
 * Finds a task definition by `family`, `family:revision` or ARN. Without a revision it is the latest ACTIVE one, as on the API page. Both refusals
 * have the words of the service.
 */
export function findTaskDefinition(
  state: ProviderState,
  reference: string,
): TaskDefinitionState | Refusal {
  const [, family, revision] =
    /^([^:]+)(?::(\d+))?$/.exec(readLocalName(state, 'task-definition', reference) ?? '') ?? []
  const revisions = state.taskDefinitions.filter((definition) => definition.family === family)
  const found =
    revision === undefined
      ? findLatestActive(revisions)
      : revisions.find((definition) => definition.revision === Number(revision))
  if (!found) return refuseAsService('taskDefinition.notFound')
  return found.status === 'ACTIVE' ? found : refuseAsService('taskDefinition.inactive')
}

function findLatestActive(
  revisions: readonly TaskDefinitionState[],
): TaskDefinitionState | undefined {
  return revisions
    .filter((definition) => definition.status === 'ACTIVE')
    .toSorted((a, b) => b.revision - a.revision)[0]
}
