/** Responses that StartTask could give to a request, composed only from the documentation. */
import { createHash } from 'node:crypto'

import {
  DEFAULT_CLUSTER,
  formatArn,
  parseArn,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
} from '../contract/index.ts'
import { type JsonObject, readList, readObject, readText } from '../protocol/index.ts'

/** What becomes of one container instance: a task, or a failure for this reason. */
export type Placement = 'task' | { reason: string; detail?: string }

/** Times in composed responses: the one of the API page's sample, in seconds since 1970. */
const CREATED_AT = 1479765460.842

/** The part that distinguishes responses to equal requests. */
export interface Composing {
  /** Other ids for another text; the same ids in every run for the same. */
  salt?: string
  /** When its tasks were created, in seconds since 1970. */
  createdAt?: number
}

/**
 * The body of an HTTP 200 response to a request: a task or a failure for each container instance that it names, in order. What an instance meets
 * comes from `placements`, whose last entry holds for all that follow.
 */
export function composeBody(
  request: JsonObject,
  placements: readonly [Placement, ...Placement[]],
  { salt, createdAt = CREATED_AT }: Composing = {},
): JsonObject {
  const makeId = (place: number | string) =>
    hashId(salt === undefined ? [request, place] : [request, place, salt])
  const instances = readTexts(request['containerInstances'])
  const tasks: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const [index, instance] of instances.entries()) {
    const placement = placements[Math.min(index, placements.length - 1)] ?? placements[0]
    const arn = nameInstance(request, instance)
    if (placement === 'task') tasks.push(composeTask(request, arn, { index, createdAt, makeId }))
    else failures.push({ arn, ...placement })
  }
  return { failures, tasks }
}

interface ComposedTask {
  /** Its container instance's place in the request. */
  index: number
  createdAt: number
  makeId: (place: number | string) => string
}

function composeTask(
  request: JsonObject,
  containerInstanceArn: string,
  { index, createdAt, makeId }: ComposedTask,
): JsonObject {
  const cluster = nameCluster(request)
  const [family = 'task', revision = '1'] = readTaskDefinitionName(
    readText(request['taskDefinition']) ?? 'task',
  ).split(':')
  const taskArn = nameResource(request, `task/${cluster}/${makeId(index)}`)
  const names = readContainerNames(request)
  return {
    clusterArn: nameResource(request, `cluster/${cluster}`),
    containerInstanceArn,
    containers: names.map((name) => ({
      containerArn: nameResource(request, `container/${cluster}/${makeId(`${index} ${name}`)}`),
      lastStatus: 'PENDING',
      name,
      taskArn,
    })),
    createdAt,
    desiredStatus: 'RUNNING',
    group: typeof request['group'] === 'string' ? request['group'] : `family:${family}`,
    lastStatus: 'PENDING',
    overrides: { containerOverrides: names.map((name) => ({ name })) },
    ...(typeof request['startedBy'] === 'string' ? { startedBy: request['startedBy'] } : {}),
    ...(Array.isArray(request['tags']) ? { tags: request['tags'] } : {}),
    taskArn,
    taskDefinitionArn: nameResource(request, `task-definition/${family}:${revision}`),
    version: 1,
  }
}

function readContainerNames({ overrides }: JsonObject): string[] {
  const overridden = readList(readObject(overrides)['containerOverrides'])
  const names = readTexts(overridden.map((one) => readObject(one)['name']))
  return names.length > 0 ? [...new Set(names)] : ['main']
}

function nameCluster({ cluster }: JsonObject): string {
  return typeof cluster === 'string' ? readClusterName(cluster) : DEFAULT_CLUSTER
}

function nameInstance(request: JsonObject, instance: string): string {
  return nameResource(
    request,
    `container-instance/${nameCluster(request)}/${readContainerInstanceId(instance)}`,
  )
}

/** In the account and region of the first ARN that the request names, or of the API page's sample. */
function nameResource(request: JsonObject, resource: string): string {
  const texts = [
    request['cluster'],
    request['taskDefinition'],
    ...readTexts(request['containerInstances']),
  ]
  const known = texts
    .map((text) => (typeof text === 'string' ? parseArn(text) : undefined))
    .find((arn) => arn?.service === 'ecs')
  const { partition, region, account } = known ?? {
    partition: 'aws',
    region: 'us-east-1',
    account: '012345678910',
  }
  return formatArn({ partition, service: 'ecs', region, account, resource })
}

/** The same for the same request and place: composed responses are equal in every run. */
function hashId(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

function readTexts(value: unknown): string[] {
  return readList(value).filter((one) => typeof one === 'string')
}
