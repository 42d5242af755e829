import { DEFAULT_CLUSTER, formatArn, parseArn } from '../contract/index.ts'
import type { ClusterState, ProviderState, TaskState } from './state.ts'

/** What lives in a cluster and is named in it. */
type Lodger = 'task' | 'container-instance' | 'container'

/** An ARN of the state's region and account. */
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

/** The long form, with the cluster's name: the page's sample has it for tasks, instances and one of its two containers. */
export function nameLodger(
  state: ProviderState,
  kind: Lodger,
  cluster: string,
  id: string,
): string {
  return nameResource(state, `${kind}/${cluster}/${id}`)
}

/** The ARN that stands for a reference to nothing: the reference itself when it is an ARN, else the one that its id would have. */
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

/** What follows `kind/` in an ARN of the state's region and account; a reference that is no ARN as it is; `undefined` for other ARNs. */
export function readLocalName(
  state: ProviderState,
  kind: string,
  reference: string,
): string | undefined {
  const arn = parseArn(reference)
  if (!arn) return reference
  const prefix = nameResource(state, `${kind}/`)
  return reference.startsWith(prefix) ? reference.slice(prefix.length) : undefined
}

/** The id in a reference to a task or instance, given as id or as either form of ARN; `undefined` when it is of another cluster. */
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

/** The cluster that a request means: by name, by ARN, or the default one. */
export function findCluster(
  state: ProviderState,
  reference: string = DEFAULT_CLUSTER,
): ClusterState | undefined {
  const name = readLocalName(state, 'cluster', reference)
  return state.clusters.find((cluster) => cluster.name === name)
}

/** The task that a request means in a cluster: by id or ARN. */
export function findTask(
  state: ProviderState,
  cluster: string,
  reference: string,
): TaskState | undefined {
  const id = readLodgerId(state, 'task', cluster, reference)
  return state.tasks.find((task) => task.cluster === cluster && task.id === id)
}
