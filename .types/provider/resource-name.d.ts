import type { ClusterState, ProviderState, TaskState } from './state.ts';
/** What lives in a cluster and is named in it. */
type Lodger = 'task' | 'container-instance' | 'container';
export declare function nameCluster(state: ProviderState, cluster: string): string;
/** The long form, with the cluster's name: the page's sample has it for tasks, instances and one of its two containers. */
export declare function nameLodger(state: ProviderState, kind: Lodger, cluster: string, id: string): string;
/** The ARN that stands for a reference to nothing: the reference itself when it is an ARN, else the one that its id would have. */
export declare function nameAbsentLodger(state: ProviderState, kind: Lodger, cluster: string, reference: string): string;
export declare function nameTaskDefinition(state: ProviderState, name: string): string;
/** What follows `kind/` in an ARN of the state's region and account; a reference that is no ARN as it is; `undefined` for other ARNs. */
export declare function readLocalName(state: ProviderState, kind: string, reference: string): string | undefined;
/** The id in a reference to a task or instance, given as id or as either form of ARN; `undefined` when it is of another cluster. */
export declare function readLodgerId(state: ProviderState, kind: Lodger, cluster: string, reference: string): string | undefined;
/** The cluster that a request means: by name, by ARN, or the default one. */
export declare function findCluster(state: ProviderState, reference?: string): ClusterState | undefined;
/** The task that a request means in a cluster: by id or ARN. */
export declare function findTask(state: ProviderState, cluster: string, reference: string): TaskState | undefined;
export {};
