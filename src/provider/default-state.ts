import { DEFAULT_CLUSTER } from '../contract/index.ts'
import type { ContainerInstanceState, ProviderState } from './state.ts'

/**
 * A state to begin with: account, region, instance `4c543eed-…` and `hello_world:6` are those of the page's sample. Two instances are
 * healthy, `b7d0c3a2-…` has lost its agent, `e5a1f9d4-…` has too little memory for the one definition.
 */
export function createDefaultState(): ProviderState {
  const healthy = {
    status: 'ACTIVE',
    agentConnected: true,
    registeredCpu: 2048,
    registeredMemory: 7680,
  } satisfies Partial<ContainerInstanceState>
  return {
    region: 'us-east-1',
    account: '012345678910',
    clusters: [
      {
        name: DEFAULT_CLUSTER,
        containerInstances: [
          { id: '4c543eed-f83f-47da-b1d8-3d23f1da4c64', ...healthy },
          { id: '8f2b7c1e-5a0d-4e3b-9c64-2d1f0a7b6e35', ...healthy },
          { id: 'b7d0c3a2-61f4-4d8e-8a15-90e2c4f7d3b8', ...healthy, agentConnected: false },
          { id: 'e5a1f9d4-3c72-4b06-b8e9-7f60d2a4c1b3', ...healthy, registeredMemory: 512 },
        ],
      },
    ],
    taskDefinitions: [
      {
        family: 'hello_world',
        revision: 6,
        status: 'ACTIVE',
        containers: [
          { name: 'wordpress', image: 'wordpress', cpu: 10, memory: 500 },
          { name: 'mysql', image: 'mysql', cpu: 10, memory: 500 },
        ],
      },
    ],
    tasks: [],
  }
}
