import { isObject, type JsonObject, readList, readText } from '../protocol/index.ts'
import { isRefusal, refuse, refuseAsService, type Refusal } from './reply.ts'
import type { ContainerDefinitionState, TaskDefinitionState } from './state.ts'

/** A definition with a request's overrides applied. */
export interface Overridden {
  /** The overrides of the task: the given ones, and `{ name }` for each other container, as in the page's sample. */
  overrides: JsonObject
  containers: readonly ContainerDefinitionState[]
  cpu: number
  memory: number
}

/** Applies overrides to a definition. Refuses an override of an unknown container, and an invalid amount. */
export function applyOverrides(
  definition: TaskDefinitionState,
  asked: JsonObject,
): Overridden | Refusal {
  const given = dropNulls(asked)
  const entries = readList(given['containerOverrides']).filter(isObject)
  const stranger = entries.find(
    (entry) => !definition.containers.some((container) => container.name === entry['name']),
  )
  if (stranger) {
    const name = readText(stranger['name'])
    if (name === undefined)
      return refuse('InvalidParameterException', 'A container override names no container.')
    return refuseAsService('containerOverride.strange', name)
  }
  const containers: ContainerDefinitionState[] = []
  for (const container of definition.containers) {
    const overridden = overrideContainer(
      container,
      entries.filter((entry) => entry['name'] === container.name),
    )
    if (isRefusal(overridden)) return overridden
    containers.push(overridden)
  }
  const cpu = readTaskAmount(
    given,
    'cpu',
    definition.cpu ?? sum(containers.map((container) => container.cpu)),
  )
  const memory = readTaskAmount(
    given,
    'memory',
    definition.memory ?? sum(containers.map(reserveMemory)),
  )
  if (typeof cpu !== 'number') return cpu
  if (typeof memory !== 'number') return memory
  const shown = definition.containers.flatMap(({ name }) => {
    const own = entries.filter((entry) => entry['name'] === name)
    return own.length === 0 ? [{ name }] : own
  })
  return { overrides: { ...given, containerOverrides: shown }, containers, cpu, memory }
}

/** Removes null members, which count as absent in AWS JSON. */
function dropNulls(value: JsonObject): JsonObject {
  const present = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(present.map(([name, member]) => [name, dropNullsWithin(member)]))
}

function dropNullsWithin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropNullsWithin)
  return isObject(value) ? dropNulls(value) : value
}

function overrideContainer(
  container: ContainerDefinitionState,
  entries: readonly JsonObject[],
): ContainerDefinitionState | Refusal {
  const amounts: Partial<Record<'cpu' | 'memory' | 'memoryReservation', number>> = {}
  for (const entry of entries) {
    for (const name of ['cpu', 'memory', 'memoryReservation'] as const) {
      const value = entry[name]
      if (value === undefined) continue
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
        return refuse(
          'InvalidParameterException',
          `The override ${name} of container ${container.name} is no whole number from 0 up.`,
        )
      }
      amounts[name] = value
    }
  }
  return { ...container, ...amounts }
}

/** The soft limit counts in placement where there is one, else the hard limit. */
function reserveMemory(container: ContainerDefinitionState): number {
  return container.memoryReservation ?? container.memory ?? 0
}

/** A task-level amount is a string: units or MiB, or whole virtual CPUs and GB, `1 vCPU` and `2 GB` for example. */
function readTaskAmount(
  given: JsonObject,
  name: 'cpu' | 'memory',
  otherwise: number,
): number | Refusal {
  const text = readText(given[name])
  if (text === undefined) return otherwise
  const [, digits, unit] = /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*(vCPU|GB)?\s*$/i.exec(text) ?? []
  const amount = Number(digits) * (unit === undefined ? 1 : 1024)
  const isRightUnit = unit === undefined || unit.toLowerCase() === (name === 'cpu' ? 'vcpu' : 'gb')
  if (digits !== undefined && isRightUnit && Number.isSafeInteger(amount)) return amount
  return refuse('InvalidParameterException', `The task override ${name} is no amount of ${name}.`)
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
