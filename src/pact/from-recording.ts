/** Interactions from recordings: what a consumer sent and got, with matching rules of the contract and provider states that make it come again. */
import { formatCount } from '../message/index.ts'
import {
  checkResponse,
  type Failure,
  readContainerInstanceId,
  readOutcome,
  START_TASK,
} from '../contract/index.ts'
import {
  type Exchange,
  isObject,
  isTransportFailure,
  type JsonObject,
  parsePointer,
  readObject,
  type Recording,
} from '../protocol/index.ts'
import type { Interaction, ProviderState } from './interaction.ts'
import { STATES } from './provider-states.ts'

/** A recording with the name that interactions get from it. */
export interface NamedRecording {
  name: string
  recording: Recording
}

/** What came of it. */
export interface MadeInteractions {
  interactions: Interaction[]
  /** Exchanges that no interaction is made of, each with its reason. */
  left: { recording: string; exchange: number; reason: string }[]
}

/**
 * One interaction for each recorded invocation of StartTask, by its last attempt. Left out are transport failures and responses that are no AWS JSON,
 * which no contract is about, other operations, and what repeats an interaction.
 *
 * @param reads the members of a response that the consumer reads, as JSON Pointers with `*` for any item; all that were recorded unless it is given
 */
export function makeInteractions(
  recordings: readonly NamedRecording[],
  reads?: readonly string[],
): MadeInteractions {
  const made: MadeInteractions = { interactions: [], left: [] }
  const seen = new Set<string>()
  for (const { name, recording } of recordings) {
    for (const [index, exchange] of recording.exchanges.entries()) {
      const interaction = makeInteraction(name, index + 1, exchange, recording, reads)
      if (typeof interaction === 'string')
        made.left.push({ recording: name, exchange: index + 1, reason: interaction })
      else {
        const content = JSON.stringify([
          interaction.request,
          interaction.status,
          interaction.response,
        ])
        if (seen.has(content))
          made.left.push({
            recording: name,
            exchange: index + 1,
            reason: 'it repeats an interaction',
          })
        else made.interactions.push(interaction)
        seen.add(content)
      }
    }
  }
  return made
}

function makeInteraction(
  name: string,
  number: number,
  exchange: Exchange,
  { exchanges }: Recording,
  reads: readonly string[] | undefined,
): Interaction | string {
  const { operation, request, response, invocation, attempt = 1 } = exchange
  if (operation !== START_TASK) return `it is ${operation}`
  if (isTransportFailure(response)) return 'no response came'
  if (!isObject(request.body)) return 'its request is no JSON object'
  const isRetried = exchanges.some(
    (other) =>
      invocation !== undefined && other.invocation === invocation && (other.attempt ?? 1) > attempt,
  )
  if (isRetried) return 'it was sent again'
  const outcome = readOutcome({
    status: response.status,
    headers: response.headers,
    body: JSON.stringify(response.body ?? null),
  })
  if (outcome.kind === 'unreadable' || !isObject(response.body))
    return 'its response is no AWS JSON'
  const about = exchanges.length > 1 ? `${name} #${number}` : name
  const states = [makeState(outcome, request.body)]
  const body =
    outcome.kind === 'rejected'
      ? makeErrorBody(outcome.error, response.body)
      : makeTemplate(dropDepartures(keepRead(response.body, reads)))
  return {
    description: `${describeRequest(request.body)}: ${outcome.kind} (${about})`,
    states,
    request: request.body,
    status: response.status,
    response: body,
  }
}

function describeRequest({ containerInstances }: JsonObject): string {
  const count = Array.isArray(containerInstances) ? containerInstances.length : 0
  return `StartTask on ${formatCount(count, 'container instance')}`
}

function makeState(outcome: ReturnType<typeof readOutcome>, request: JsonObject): ProviderState {
  const { cluster, taskDefinition, containerInstances, overrides } = request
  const overridden =
    isObject(overrides) && Array.isArray(overrides['containerOverrides'])
      ? overrides['containerOverrides']
      : []
  const containers = [
    ...new Set(
      overridden
        .map((one: unknown) => (isObject(one) ? one['name'] : undefined))
        .filter((one) => typeof one === 'string'),
    ),
  ]
  const params: JsonObject = {
    ...(typeof cluster === 'string' ? { cluster } : {}),
    ...(typeof taskDefinition === 'string' ? { taskDefinition } : {}),
    ...(containers.length > 0 ? { containers } : {}),
  }
  switch (outcome.kind) {
    case 'started':
      return { name: STATES.ready, params: { ...params, containerInstances } }
    case 'partial':
    case 'unplaced':
      return {
        name: STATES.short,
        params: {
          ...params,
          containerInstances,
          failures: outcome.failures.map((failure) => nameFailure(failure)),
        },
      }
    case 'rejected':
      return makeErrorState(outcome.error, params)
    case 'unreadable':
      return { name: STATES.failing, params }
  }
}

function nameFailure({ arn = '', reason = '' }: Failure): JsonObject {
  return { containerInstance: readContainerInstanceId(arn), reason }
}

function makeErrorState(
  { name, message, status }: { name: string; message: string; status: number },
  params: JsonObject,
): ProviderState {
  if (name === 'ClusterNotFoundException')
    return { name: STATES.noCluster, params: pick(params, 'cluster') }
  if (/task\s?definition/i.test(message))
    return { name: STATES.noTaskDefinition, params: pick(params, 'cluster', 'taskDefinition') }
  return { name: STATES.failing, params: { error: name, status } }
}

function pick(params: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.includes(name)))
}

function makeErrorBody({ name }: { name: string }, body: JsonObject): JsonObject {
  const [member] = ['message', 'Message'].filter((one) => typeof body[one] === 'string')
  return { __type: name, ...(member === undefined ? {} : { [member]: body[member] }) }
}

/**
 * Lists with one item, which stands for all: Pact compares every item with the first, so that it has the members that all of them have. An item's
 * lists likewise.
 */
function makeTemplate(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, makeTemplateValue(value)]),
  )
}

/** What an item of a list says: an empty list and null say no more than a member that is absent, and Pact would ask for them. */
function makeItemTemplate(item: JsonObject): JsonObject {
  const says = (value: unknown) => value !== null && !(Array.isArray(value) && value.length === 0)
  return makeTemplate(Object.fromEntries(Object.entries(item).filter(([, value]) => says(value))))
}

function makeTemplateValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    const all = items.length === 0 ? undefined : items.reduce(intersect)
    return items.length === 0
      ? []
      : [isObject(all) ? makeItemTemplate(all) : makeTemplateValue(all)]
  }
  return isObject(value) ? makeTemplate(value) : value
}

function intersect(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === 0 || other.length === 0 ? [] : [...one, ...other]
  if (!isObject(one) || !isObject(other)) return one
  const shared = Object.keys(one).filter((name) => Object.hasOwn(other, name))
  return Object.fromEntries(shared.map((name) => [name, intersect(one[name], other[name])]))
}

/** Without what the documented contract does not have in this form: nobody may rely on it. */
function dropDepartures(body: JsonObject): JsonObject {
  const errors = checkResponse(body, 'expected').filter(({ severity }) => severity === 'error')
  const copy = structuredClone(body)
  for (const { pointer } of errors) {
    const segments = parsePointer(pointer) ?? []
    const above = segments
      .slice(0, -1)
      .reduce<unknown>(
        (at, segment) => (isObject(at) || Array.isArray(at) ? Reflect.get(at, segment) : undefined),
        copy,
      )
    if (isObject(above)) delete above[segments.at(-1) ?? '']
  }
  return copy
}

/** A response cut to what is read of it. */
function keepRead(body: JsonObject, reads: readonly string[] | undefined): JsonObject {
  if (!reads) return body
  const wanted = reads.map((pointer) => pointer.split('/').slice(1))
  const kept = keepBelow(body, wanted)
  return readObject(kept)
}

function keepBelow(value: unknown, wanted: readonly (readonly string[])[]): unknown {
  if (wanted.some((steps) => steps.length === 0)) return value
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      keepBelow(
        item,
        wanted.flatMap(([first, ...rest]) =>
          first === '*' || first === String(index) ? [rest] : [],
        ),
      ),
    )
  }
  if (!isObject(value)) return value
  const members = Object.keys(value).flatMap((name) => {
    const below = wanted.flatMap(([first, ...rest]) =>
      first === '*' || first === name ? [rest] : [],
    )
    return below.length > 0 ? [[name, keepBelow(value[name], below)] as const] : []
  })
  return Object.fromEntries(members)
}
