import type { JsonObject } from '../protocol/index.ts';
/**
 * All that the provider knows, as JSON. It is never changed in place: each change makes a new state that shares what stayed.
 * Nothing in it can be derived from the rest: what an instance has left follows from its tasks, a task's status from the clock.
 */
export interface ProviderState {
    region: string;
    /** Twelve digits. */
    account: string;
    clusters: readonly ClusterState[];
    taskDefinitions: readonly TaskDefinitionState[];
    /** In the order in which they started; stopped tasks stay. */
    tasks: readonly TaskState[];
}
export interface ClusterState {
    name: string;
    containerInstances: readonly ContainerInstanceState[];
}
/** A container instance. Not ACTIVE: StartTask fails with INACTIVE; agent not connected: with AGENT. */
export interface ContainerInstanceState {
    id: string;
    status: 'ACTIVE' | 'INACTIVE';
    agentConnected: boolean;
    /** CPU units: 1024 to a virtual CPU. */
    registeredCpu: number;
    /** MiB. */
    registeredMemory: number;
}
/** One revision of a task definition. Task-level `cpu` (units) and `memory` (MiB), when given, are what a task takes. */
export interface TaskDefinitionState {
    family: string;
    revision: number;
    status: 'ACTIVE' | 'INACTIVE';
    cpu?: number;
    memory?: number;
    containers: readonly ContainerDefinitionState[];
    tags?: readonly Tag[];
    /** Names of the volumes that are configured at launch. */
    volumes?: readonly string[];
}
export interface ContainerDefinitionState {
    name: string;
    image: string;
    /** CPU units. */
    cpu: number;
    /** MiB: the hard limit. */
    memory?: number;
    /** MiB: the soft limit, which counts in placement when it is there. */
    memoryReservation?: number;
}
export interface Tag {
    key: string;
    value?: string;
}
/** A task with all that it was started with, so that it can be described when its definition or instance has left the state. */
export interface TaskState {
    id: string;
    cluster: string;
    /** The container instance's id. */
    containerInstance: string;
    /** `family:revision`. */
    taskDefinition: string;
    createdAtMs: number;
    group: string;
    startedBy?: string;
    enableExecuteCommand?: boolean;
    /** What it takes of its instance until it is stopped: CPU units and MiB. */
    cpu: number;
    memory: number;
    /** As answered: one entry at least for each container. It may hold environment values. */
    overrides: JsonObject;
    tags: readonly Tag[];
    containers: readonly TaskContainerState[];
    stopped?: {
        atMs: number;
        reason?: string;
    };
}
/** A task's container: its definition with the overrides of the task applied. */
export interface TaskContainerState extends ContainerDefinitionState {
    id: string;
}
