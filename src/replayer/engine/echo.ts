import {
  formatArn,
  parseArn,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
  readTaskId,
} from '../../contract/index.ts'
import {
  type Exchange,
  hashText,
  isObject,
  isTransportFailure,
  type JsonObject,
  readList,
  readText,
  type RecordedResponse,
} from '../../protocol/index.ts'

/** What a response is made with. */
interface Making {
  /** Milliseconds since the epoch. */
  now: number
  /** How often this exchange was played, this time included. */
  times: number
}

/**
 * A recorded StartTask response as it would be to the request that was sent: cluster, group, `startedBy` and tags of that request, one task or failure for
 * each container instance that it names, times moved so that the first task was created now. The outcome of an instance is the one that was
 * recorded of it, else that of the instance in its place. The first playing keeps the recorded task ids; later ones, and tasks beyond the recorded, get
 * ids of their own, which are the same in each run.
 *
 * Anything else than a response with tasks stays as it was recorded. Source: the API page, members of Task and Failure.
 */
export function echoResponse(
  { request, response }: Exchange,
  sent: unknown,
  { now, times }: Making,
): RecordedResponse {
  if (isTransportFailure(response)) throw new Error('A transport failure has no body to echo in.')
  if (response.status !== 200 || !isObject(response.body) || !isObject(sent)) return response
  const recorded = readOutcomes(response.body)
  const asked = readTexts(sent['containerInstances'])
  if (recorded.length === 0 || asked.length === 0) return response
  const shiftSeconds = measureShift(recorded, now)
  const places = isObject(request.body)
    ? readTexts(request.body['containerInstances']).map(readContainerInstanceId)
    : []
  const [tasks, failures]: [JsonObject[], JsonObject[]] = [[], []]
  const given = new Set<Outcome>()
  for (const [index, instance] of asked.entries()) {
    const outcome = chooseOutcome(recorded, places, readContainerInstanceId(instance), index)
    const id = times === 1 && !given.has(outcome) ? undefined : `${times} ${index}`
    given.add(outcome)
    if (outcome.isTask) tasks.push(echoTask(outcome.body, { sent, instance, id, shiftSeconds }))
    else
      failures.push({
        ...outcome.body,
        arn: echoArn(readId(outcome.body['arn']), sent, readContainerInstanceId(instance)),
      })
  }
  const lists = {
    ...keepList(response.body, 'tasks', tasks),
    ...keepList(response.body, 'failures', failures),
  }
  return {
    status: response.status,
    headers: response.headers,
    body: { ...response.body, ...lists },
  }
}

/** A list without an item stays as it was recorded: empty, null or absent. */
function keepList(body: JsonObject, name: string, items: JsonObject[]): JsonObject {
  return items.length > 0 || Array.isArray(body[name]) ? { [name]: items } : {}
}

interface Outcome {
  isTask: boolean
  body: JsonObject
  instance: string
}

function readOutcomes(body: JsonObject): Outcome[] {
  const read = (member: string, isTask: boolean, arn: string) =>
    readObjects(body[member]).map((one) => ({
      isTask,
      body: one,
      instance: readContainerInstanceId(readId(one[arn])),
    }))
  return [...read('tasks', true, 'containerInstanceArn'), ...read('failures', false, 'arn')]
}

function chooseOutcome(
  recorded: readonly Outcome[],
  places: readonly string[],
  instance: string,
  index: number,
): Outcome {
  const same = recorded.find((outcome) => outcome.instance === instance)
  const inPlace = recorded.find((outcome) => outcome.instance === places[index])
  const chosen = same ?? inPlace ?? recorded[Math.min(index, recorded.length - 1)]
  if (!chosen) throw new Error('Nothing was recorded to choose from.')
  return chosen
}

interface Echo {
  sent: JsonObject
  instance: string
  /** What makes the task's id another one; `undefined` keeps it. */
  id: string | undefined
  shiftSeconds: number
}

function echoTask(task: JsonObject, { sent, instance, id, shiftSeconds }: Echo): JsonObject {
  const before = readTaskId(readId(task['taskArn']))
  const after = id === undefined ? before : makeId(before, id)
  const moved = rewrite(
    task,
    (text) => (before === '' ? text : echoArn(text.replaceAll(before, after), sent)),
    shiftSeconds,
  )
  const echoed: JsonObject = isObject(moved) ? moved : task
  if (task['containerInstanceArn'] !== undefined)
    echoed['containerInstanceArn'] = echoArn(
      readId(task['containerInstanceArn']),
      sent,
      readContainerInstanceId(instance),
    )
  for (const member of ['startedBy', 'tags']) {
    if (sent[member] !== undefined && sent[member] !== null) echoed[member] = sent[member]
    else if (member === 'startedBy') delete echoed[member]
  }
  const group = sent['group'] ?? nameFamily(sent['taskDefinition'])
  if (group !== undefined) echoed['group'] = group
  return echoed
}

/** The group of a task that was given none. Source: the API page, `group`. */
function nameFamily(taskDefinition: unknown): string | undefined {
  return typeof taskDefinition === 'string'
    ? `family:${readTaskDefinitionName(taskDefinition).split(':', 1)[0]}`
    : undefined
}

/** In an ARN of ECS, the cluster's name of the request in place of the recorded one; and another last part, where it is given. */
function echoArn(text: string, sent: JsonObject, last?: string): string {
  if (!text.startsWith('arn:')) return text
  const arn = parseArn(text)
  if (arn?.service !== 'ecs') return text
  const parts = arn.resource.split('/')
  if (typeof sent['cluster'] === 'string' && (parts.length === 3 || parts[0] === 'cluster'))
    parts[1] = readClusterName(sent['cluster'])
  if (last !== undefined) parts[parts.length - 1] = last
  return formatArn({ ...arn, resource: parts.join('/') })
}

/** A copy with every text rewritten, and every time (`createdAt`, `lastStartedAt`: seconds since the epoch) moved. */
function rewrite(
  value: unknown,
  rewriteText: (text: string) => string,
  shiftSeconds: number,
  name = '',
): unknown {
  if (typeof value === 'string') return rewriteText(value)
  if (typeof value === 'number')
    return name.endsWith('At') ? roundToMs(value + shiftSeconds) : value
  if (Array.isArray(value)) return value.map((item) => rewrite(item, rewriteText, shiftSeconds))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value).map((member) => [
      member,
      rewrite(value[member], rewriteText, shiftSeconds, member),
    ]),
  )
}

/** How far the first of the recorded tasks was created from now, in seconds. */
function measureShift(recorded: readonly Outcome[], now: number): number {
  const created = recorded
    .map(({ body }) => body['createdAt'])
    .filter((time) => typeof time === 'number')
  return created.length === 0 ? 0 : now / 1000 - Math.min(...created)
}

function roundToMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

/** In the form of the one before: 32 hexadecimal digits, with dashes where that has them. */
function makeId(before: string, what: string): string {
  const digits = Buffer.from(hashText(`${before} ${what}`), 'base64')
    .toString('hex')
    .slice(0, 32)
  return before.includes('-')
    ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : digits
}

function readObjects(value: unknown): JsonObject[] {
  return readList(value).filter((one) => isObject(one))
}

function readTexts(value: unknown): string[] {
  return readList(value).filter((one) => typeof one === 'string')
}

/** Reads a text that may be absent, as an empty one. */
function readId(value: unknown): string {
  return readText(value) ?? ''
}
