/** The provider states of our pacts, and how the embedded provider is brought into them. */
import {
  parseArn,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
} from '../contract/index.ts'
import { HarnessError } from '../message/index.ts'
import { type JsonObject, readList, readObject, readText } from '../protocol/index.ts'
import { createDefaultState, type ProviderState as EmbeddedState } from '../provider/index.ts'

/** Names of states that `starttask pact write` uses and that the embedded provider knows; `params` are described beside each. */
export const STATES = {
  /** `cluster`, `containerInstances`, `taskDefinition`, `containers` (names in the definition): they exist, and there is room. */
  ready: 'container instances can take the task',
  /** The same, and `failures`: `{ containerInstance, reason }` for each instance that takes none. */
  short: 'container instances cannot take the task',
  /** `cluster` */
  noCluster: 'the cluster does not exist',
  /** `cluster`, `taskDefinition` */
  noTaskDefinition: 'the task definition does not exist',
  /** `error`, `status`: whatever is asked. A fault of the embedded provider's own; of a real service nobody can ask for it. */
  failing: 'the service answers with an error',
} as const

/** The embedded provider in a state. */
export interface EmbeddedSetting {
  state: EmbeddedState
  /** What it answers instead, whatever is asked. */
  error?: { name: string; status: number }
}

/** What the embedded provider is brought into. Throws `usage` for a state or a reason that it cannot have. */
export function makeSetting(
  states: readonly { name: string; params: JsonObject }[],
): EmbeddedSetting {
  return states.reduce<EmbeddedSetting>(applyState, { state: createDefaultState() })
}

function applyState(
  setting: EmbeddedSetting,
  { name, params }: { name: string; params: JsonObject },
): EmbeddedSetting {
  switch (name) {
    case STATES.ready:
    case STATES.short:
      return { ...setting, state: register(setting.state, params) }
    case STATES.noCluster:
      return {
        ...setting,
        state: {
          ...setting.state,
          clusters: setting.state.clusters.filter((cluster) => cluster.name !== readName(params)),
        },
      }
    case STATES.noTaskDefinition:
      return { ...setting, state: { ...register(setting.state, params), taskDefinitions: [] } }
    case STATES.failing: {
      const { error, status } = params
      return {
        ...setting,
        error: {
          name: readText(error) ?? 'ServerException',
          status: typeof status === 'number' ? status : 500,
        },
      }
    }
    default:
      throw new HarnessError(
        'usage',
        `The embedded provider knows no state ${JSON.stringify(name)}.`,
        {
          remedy: `use one of ${Object.values(STATES).join('; ')}; or verify against a service of your own with --states-url`,
        },
      )
  }
}

function readName({ cluster }: JsonObject): string {
  return typeof cluster === 'string' ? readClusterName(cluster) : 'default'
}

/** Account and region of the first ARN that a state names: the embedded provider takes those of others for other people's. */
function move(
  state: EmbeddedState,
  { cluster, taskDefinition, containerInstances }: JsonObject,
): EmbeddedState {
  const arn = [cluster, taskDefinition, ...readTexts(containerInstances)]
    .map((text) => (typeof text === 'string' ? parseArn(text) : undefined))
    .find(Boolean)
  return arn && /^\d{12}$/.test(arn.account)
    ? { ...state, account: arn.account, region: arn.region }
    : state
}

function register(before: EmbeddedState, params: JsonObject): EmbeddedState {
  const state = move(before, params)
  const name = readName(params)
  const failures = new Map(readFailures(params['failures']))
  const instances = readTexts(params['containerInstances']).map(readContainerInstanceId)
  const containerInstances = [...new Set([...instances, ...failures.keys()])].flatMap((id) => {
    const reason = failures.get(id)
    return reason === 'MISSING' ? [] : [makeInstance(id, reason)]
  })
  const others = state.clusters.filter((cluster) => cluster.name !== name)
  return {
    ...state,
    clusters: [...others, { name, containerInstances }],
    taskDefinitions: [
      ...state.taskDefinitions.filter(({ family }) => family !== makeDefinition(params).family),
      makeDefinition(params),
    ],
  }
}

function makeInstance(id: string, reason: string | undefined) {
  const healthy = {
    id,
    status: 'ACTIVE',
    agentConnected: true,
    registeredCpu: 8192,
    registeredMemory: 65_536,
  } as const
  switch (reason) {
    case undefined:
      return healthy
    case 'AGENT':
      return { ...healthy, agentConnected: false }
    case 'INACTIVE':
      return { ...healthy, status: 'INACTIVE' } as const
    case 'RESOURCE:CPU':
      return { ...healthy, registeredCpu: 1 }
    case 'RESOURCE:MEMORY':
      return { ...healthy, registeredMemory: 1 }
    default:
      throw new HarnessError(
        'usage',
        `The embedded provider cannot refuse an instance for ${JSON.stringify(reason)}: its state does not know what that needs.`,
      )
  }
}

function makeDefinition({
  taskDefinition,
  containers,
}: JsonObject): EmbeddedState['taskDefinitions'][number] {
  const [family = 'hello_world', revision = '1'] =
    typeof taskDefinition === 'string' ? readTaskDefinitionName(taskDefinition).split(':') : []
  const names = readTexts(containers)
  return {
    family,
    revision: Number(revision) || 1,
    status: 'ACTIVE',
    containers: (names.length > 0 ? names : ['main']).map((name) => ({
      name,
      image: name,
      cpu: 10,
      memory: 128,
    })),
  }
}

function readFailures(value: unknown): (readonly [string, string])[] {
  return readList(value).flatMap((failure: unknown) => {
    const { containerInstance, reason } = readObject(failure)
    return typeof containerInstance === 'string' && typeof reason === 'string'
      ? [[readContainerInstanceId(containerInstance), reason] as const]
      : []
  })
}

function readTexts(value: unknown): string[] {
  return readList(value).filter((one) => typeof one === 'string')
}
