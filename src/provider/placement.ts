import type { FailureReasonName } from '../contract/index.ts'
import type { ContainerInstanceState, ProviderState } from './state.ts'

/**
 * Why a task that takes so much cannot start on an instance; `undefined` when it can. The first reason that holds, in this order. LOCATION,
 * ATTRIBUTE and the other RESOURCE reasons need more than the state knows; MISSING is for who looks the instance up.
 */
export function findPlacementFailure(
  state: ProviderState,
  cluster: string,
  instance: ContainerInstanceState,
  taken: { cpu: number; memory: number },
): FailureReasonName | undefined {
  if (instance.status !== 'ACTIVE') return 'INACTIVE'
  if (!instance.agentConnected) return 'AGENT'
  const used = measureUse(state, cluster, instance)
  if (used.cpu + taken.cpu > instance.registeredCpu) return 'RESOURCE:CPU'
  if (used.memory + taken.memory > instance.registeredMemory) return 'RESOURCE:MEMORY'
  return undefined
}

/** What the tasks on an instance take of it. There is no counter beside them that could disagree. */
function measureUse(
  state: ProviderState,
  cluster: string,
  instance: ContainerInstanceState,
): { cpu: number; memory: number } {
  const used = { cpu: 0, memory: 0 }
  for (const task of state.tasks) {
    if (task.stopped || task.cluster !== cluster || task.containerInstance !== instance.id) continue
    used.cpu += task.cpu
    used.memory += task.memory
  }
  return used
}
