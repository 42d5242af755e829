import type { JsonObject } from '../protocol/index.ts'
import {
  isRefusal,
  refuse,
  refuseAsService,
  type Refusal,
  type Reply,
  type Surroundings,
} from './reply.ts'
import { findCluster, findTask, nameAbsentLodger, nameLodger, readLodgerId } from './references.ts'
import type { TaskState } from './state.ts'
import { shapeTask } from './task-shape.ts'

const DESCRIBE_MEMBERS = { cluster: 'string', tasks: 'strings', include: 'strings' } as const
/** Source: the service model, `tasks`. */
const MAX_TASKS = 100

/** Describes tasks as they are now, with tags on request. A task that the cluster does not have is a MISSING failure. */
export function describeTasks(body: JsonObject, { state, now }: Surroundings): Reply {
  const asked = readMembers('DescribeTasks', body, DESCRIBE_MEMBERS)
  if (isRefusal(asked)) return asked
  const { tasks: references = [], include = [] } = asked
  if (references.length === 0) return refuse('InvalidParameterException', 'Tasks cannot be empty.')
  if (references.length > MAX_TASKS)
    return refuse('InvalidParameterException', `tasks has more than ${MAX_TASKS} entries.`)
  if (include.some((field) => field !== 'TAGS'))
    return refuse('InvalidParameterException', 'include has an entry that is not TAGS.')
  const cluster = findCluster(state, asked.cluster)
  if (!cluster) return refuseAsService('cluster.notFound')
  const tasks: JsonObject[] = []
  const failures: JsonObject[] = []
  for (const reference of references) {
    const task = findTask(state, cluster.name, reference)
    if (task) tasks.push(shapeTask(state, include.length === 0 ? { ...task, tags: [] } : task, now))
    else
      failures.push({
        arn: nameAbsentLodger(state, 'task', cluster.name, reference),
        reason: 'MISSING',
      })
  }
  return { body: { failures, tasks } }
}

const LIST_TASKS_MEMBERS = {
  cluster: 'string',
  containerInstance: 'string',
  family: 'string',
  startedBy: 'string',
  desiredStatus: 'string',
  maxResults: 'integer',
  nextToken: 'string',
} as const
const TASK_STATUSES = ['RUNNING', 'PENDING', 'STOPPED']

/** Lists the tasks of a cluster with a desired status, which is RUNNING by default. No task has the desired status PENDING. */
export function listTasks(body: JsonObject, { state }: Surroundings): Reply {
  const asked = readMembers('ListTasks', body, LIST_TASKS_MEMBERS)
  if (isRefusal(asked)) return asked
  const { startedBy, containerInstance, family, desiredStatus = 'RUNNING' } = asked
  if (!TASK_STATUSES.includes(desiredStatus))
    return refuse(
      'InvalidParameterException',
      `desiredStatus is none of ${TASK_STATUSES.join(', ')}.`,
    )
  // The model: `startedBy` must be the only filter. Existing callers send it with `desiredStatus`, so that is accepted.
  if (startedBy !== undefined && (containerInstance ?? family) !== undefined) {
    return refuse('InvalidParameterException', 'cannot specify startedBy with other arguments')
  }
  const cluster = findCluster(state, asked.cluster)
  if (!cluster) return refuseAsService('cluster.notFound')
  const instance =
    containerInstance === undefined
      ? undefined
      : readLodgerId(state, 'container-instance', cluster.name, containerInstance)
  const tasks = state.tasks.filter(
    (task) =>
      task.cluster === cluster.name &&
      (task.stopped ? 'STOPPED' : 'RUNNING') === desiredStatus &&
      (startedBy === undefined || task.startedBy === startedBy) &&
      (containerInstance === undefined || task.containerInstance === instance) &&
      (family === undefined || task.taskDefinition.split(':')[0] === family),
  )
  const page = cutPage(tasks, asked)
  if (isRefusal(page)) return page
  const { items, ...next } = page
  return {
    body: { taskArns: items.map(({ id }) => nameLodger(state, 'task', cluster.name, id)), ...next },
  }
}

const LIST_INSTANCES_MEMBERS = {
  cluster: 'string',
  status: 'string',
  maxResults: 'integer',
  nextToken: 'string',
} as const
const INSTANCE_STATUSES = [
  'ACTIVE',
  'DRAINING',
  'REGISTERING',
  'DEREGISTERING',
  'REGISTRATION_FAILED',
]

/** Lists the instances of a cluster that are not INACTIVE. No instance of a state is DRAINING or between states. */
export function listContainerInstances(body: JsonObject, { state }: Surroundings): Reply {
  const asked = readMembers('ListContainerInstances', body, LIST_INSTANCES_MEMBERS)
  if (isRefusal(asked)) return asked
  const { status = 'ACTIVE' } = asked
  if (!INSTANCE_STATUSES.includes(status))
    return refuse('InvalidParameterException', `status is none of ${INSTANCE_STATUSES.join(', ')}.`)
  const cluster = findCluster(state, asked.cluster)
  if (!cluster) return refuseAsService('cluster.notFound')
  const instances = cluster.containerInstances.filter((instance) => instance.status === status)
  const page = cutPage(instances, asked)
  if (isRefusal(page)) return page
  const { items, ...next } = page
  return {
    body: {
      containerInstanceArns: items.map(({ id }) =>
        nameLodger(state, 'container-instance', cluster.name, id),
      ),
      ...next,
    },
  }
}

const STOP_MEMBERS = { cluster: 'string', task: 'string', reason: 'string' } as const

/** Stops a task immediately and frees its resources. A stopped task keeps its first reason. */
export function stopTask(body: JsonObject, { state, now }: Surroundings): Reply {
  const asked = readMembers('StopTask', body, STOP_MEMBERS)
  if (isRefusal(asked)) return asked
  if (asked.task === undefined)
    return refuse('InvalidParameterException', 'StopTask names no task.')
  const cluster = findCluster(state, asked.cluster)
  if (!cluster) return refuseAsService('cluster.notFound')
  const task = findTask(state, cluster.name, asked.task)
  if (!task) return refuse('InvalidParameterException', 'The referenced task was not found.')
  if (task.stopped) return { body: { task: shapeTask(state, task, now) } }
  const stopped: TaskState = {
    ...task,
    stopped: { atMs: now, ...(asked.reason === undefined ? {} : { reason: asked.reason }) },
  }
  return {
    body: { task: shapeTask(state, stopped, now) },
    state: { ...state, tasks: state.tasks.map((other) => (other === task ? stopped : other)) },
  }
}

/** The most items of a page, and the default. Source: the service model, `maxResults`. */
const MAX_RESULTS = 100

/** Returns the page of `items` that `maxResults` and `nextToken` ask for, with the token of the next one. */
function cutPage<T>(
  items: readonly T[],
  asked: { maxResults?: number; nextToken?: string },
): { items: readonly T[]; nextToken?: string } | Refusal {
  const { maxResults = MAX_RESULTS, nextToken } = asked
  if (maxResults < 1 || maxResults > MAX_RESULTS)
    return refuse('InvalidParameterException', `maxResults is not between 1 and ${MAX_RESULTS}.`)
  if (nextToken !== undefined && !/^after-\d{1,9}$/.test(nextToken))
    return refuse('InvalidParameterException', 'nextToken is not a token of this provider.')
  const first = Number(nextToken?.slice('after-'.length) ?? 0)
  const next = first + maxResults
  return {
    items: items.slice(first, next),
    ...(next < items.length ? { nextToken: `after-${next}` } : {}),
  }
}

type Kind = 'string' | 'strings' | 'integer'
type Kinds = Readonly<Record<string, Kind>>
type Value<K extends Kind> = K extends 'string'
  ? string
  : K extends 'strings'
    ? readonly string[]
    : number

/** The members of a request. Null counts as absent, as in AWS JSON. */
type Members<K extends Kinds> = { readonly [Name in keyof K]?: Value<K[Name]> }

/** Reads the members of a request of an operation without a schema in the contract. An unknown member is refused. */
function readMembers<K extends Kinds>(
  operation: string,
  body: JsonObject,
  kinds: K,
): Members<K> | Refusal {
  const given = Object.entries(body).filter(([, value]) => value !== null && value !== undefined)
  for (const [name, value] of given) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined)
      return refuse(
        'InvalidParameterException',
        `${operation} has no member ${quoteName(name)} that this provider knows.`,
      )
    if (!IS_OF_KIND[kind](value))
      return refuse(
        'InvalidParameterException',
        `${operation}: ${quoteName(name)} is not ${KIND_IN_WORDS[kind]}.`,
      )
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parse boundary: each member was found in `kinds` and is of its kind
  return Object.fromEntries(given) as Members<K>
}

const KIND_IN_WORDS: Record<Kind, string> = {
  string: 'a string',
  strings: 'an array of strings',
  integer: 'a whole number',
}

const IS_OF_KIND: Record<Kind, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  integer: (value) => Number.isSafeInteger(value),
}

function quoteName(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
}
