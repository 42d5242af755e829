import { refuseAsService, type Refusal } from './reply.ts'
import { readLocalName } from './resource-name.ts'
import type { ProviderState, TaskDefinitionState } from './state.ts'

/**
 * The revision that a request means: `family`, `family:revision` or the ARN; without a revision the latest ACTIVE one, as the page says.
 * Both refusals are worded as the service's were seen.
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
