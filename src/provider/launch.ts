import { checkRequest, MAX_TAGS } from '../contract/index.ts'
import { isObject, type JsonObject } from '../protocol/index.ts'
import { readArray, readObject, readString } from './members.ts'
import { applyOverrides, type Overridden } from './overrides.ts'
import { isRefusal, refuse, refuseAsService, refuseBroken, type Refusal } from './reply.ts'
import { findCluster } from './resource-name.ts'
import type { ClusterState, ProviderState, Tag, TaskDefinitionState } from './state.ts'
import { findTaskDefinition } from './task-definition.ts'

/** A StartTask request that is as documented, with what it refers to. */
export interface Launch {
  cluster: ClusterState
  definition: TaskDefinitionState
  overridden: Overridden
  tags: readonly Tag[]
  /** Ids or ARNs as given; the same one twice is two tasks. */
  containerInstances: readonly string[]
  body: JsonObject
}

/** Reads a StartTask request against the contract, then against the state; the first thing wrong refuses it whole. */
export function parseLaunch(body: JsonObject, state: ProviderState): Launch | Refusal {
  const broken = checkRequest(body).find((finding) => finding.severity === 'error')
  if (broken) return refuseBroken(broken)
  const containerInstances = readArray(body, 'containerInstances').filter(
    (entry) => typeof entry === 'string',
  )
  // The page states no minimum, but an empty list can place nothing and fail nowhere.
  if (containerInstances.length === 0)
    return refuse('InvalidParameterException', 'containerInstances names no container instance.')
  if (containerInstances.includes('')) return refuseAsService('containerInstance.blank')
  const cluster = findCluster(state, readString(body, 'cluster'))
  if (!cluster) return refuseAsService('cluster.notFound')
  const definition = findTaskDefinition(state, readString(body, 'taskDefinition') ?? '')
  if (isRefusal(definition)) return definition
  const overridden = applyOverrides(definition, readObject(body, 'overrides') ?? {})
  if (isRefusal(overridden)) return overridden
  const tags = mergeTags(definition, body)
  if (isRefusal(tags)) return tags
  return (
    refuseStrangeVolume(definition, body) ?? {
      cluster,
      definition,
      overridden,
      tags,
      containerInstances,
      body,
    }
  )
}

/**
 * The request's tags, and the definition's where `propagateTags` asks for them; of one key the request's wins. SERVICE propagates
 * nothing: no service starts these tasks.
 */
function mergeTags(definition: TaskDefinitionState, body: JsonObject): readonly Tag[] | Refusal {
  const given = readArray(body, 'tags').filter(isObject).flatMap(readTag)
  if (given.length < readArray(body, 'tags').length)
    return refuse('InvalidParameterException', 'A tag has no key.')
  const propagated =
    readString(body, 'propagateTags') === 'TASK_DEFINITION' ? (definition.tags ?? []) : []
  const merged = [
    ...given,
    ...propagated.filter((tag) => !given.some((own) => own.key === tag.key)),
  ]
  if (merged.length <= MAX_TAGS) return merged
  return refuse(
    'InvalidParameterException',
    `The task would have ${merged.length} tags with those of its definition; ${MAX_TAGS} are allowed.`,
  )
}

/** The page: each tag consists of a key and an optional value. None for a tag without a key. */
function readTag(tag: JsonObject): Tag[] {
  const key = readString(tag, 'key')
  const value = readString(tag, 'value')
  return key === undefined ? [] : [{ key, ...(value === undefined ? {} : { value }) }]
}

/** A configured volume must be one of the definition. Source: the API page, `volumeConfigurations`. */
function refuseStrangeVolume(
  definition: TaskDefinitionState,
  body: JsonObject,
): Refusal | undefined {
  const known = new Set(definition.volumes)
  const isStrange = readArray(body, 'volumeConfigurations').some(
    (volume) => !known.has(readString(volume, 'name') ?? ''),
  )
  return isStrange
    ? refuse(
        'InvalidParameterException',
        'A volume configuration names no volume of the task definition.',
      )
    : undefined
}
