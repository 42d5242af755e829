import {
  DEFAULT_CLUSTER,
  parseArn,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
  readTaskId,
  replacePrivateIds,
} from '../contract/index.ts'
import { formatCanonicalJson, isObject, isPointerBelow, parsePointer } from '../protocol/index.ts'

/** What identifies a request: equal keys are the same request. */
export interface Identity {
  operation: string
  key: string
  /** The body as it is compared: names for ARNs, defaults filled in, ignored places left out. */
  shape: unknown
}

export interface MatchRules {
  /** Places of the body that do not count, as JSON Pointers in which `*` stands for any one index or member. */
  ignore?: readonly string[]
}

/**
 * Identifies a request by its operation and its body, never by headers or host.
 *
 * An ARN counts as its resource, so that another account, region or partition is the same request. What redaction gives a stand-in (account
 * ids, addresses, ids of network interfaces) counts by its kind alone: a request is the same whatever key its recording was redacted with.
 * An absent cluster is `default`, null is absence, environment entries count by name. Array order counts. An absent body is an empty object.
 */
export function identifyRequest(operation: string, body: unknown, rules: MatchRules = {}): Identity {
  const ignore = (rules.ignore ?? []).flatMap((pointer) => [parsePointer(pointer) ?? []])
  const members = body ?? {}
  const whole = isObject(members) ? { ...members, cluster: members['cluster'] ?? DEFAULT_CLUSTER } : members
  const shape = normalise(whole, [], ignore)
  return { operation, key: `${operation} ${formatCanonicalJson(shape)}`, shape }
}

function normalise(value: unknown, path: readonly string[], ignore: readonly string[][]): unknown {
  if (typeof value === 'string') return normaliseText(value, path)
  if (Array.isArray(value)) return normaliseItems(value, path, ignore)
  if (!isObject(value)) return value
  const members: [string, unknown][] = []
  for (const [name, member] of Object.entries(value)) {
    const place = [...path, name]
    if (member === undefined || member === null || isIgnored(place, ignore)) continue
    if (isEnvironmentValue(place)) continue
    members.push([replacePrivateIds(name, (kind) => `(${kind})`), normalise(member, place, ignore)])
  }
  return Object.fromEntries(members)
}

/** Ignored items stand as null, so that the others keep their places; at the end they are left out, since their number does not count. */
function normaliseItems(items: readonly unknown[], path: readonly string[], ignore: readonly string[][]): unknown[] {
  const isKept = (_item: unknown, index: number) => !isIgnored([...path, String(index)], ignore)
  const last = items.findLastIndex(isKept)
  return items.slice(0, last + 1).map((item, index) => (isKept(item, index) ? normalise(item, [...path, String(index)], ignore) : null))
}

function isIgnored(place: readonly string[], ignore: readonly string[][]): boolean {
  return ignore.some((pattern) => isPointerBelow(place, pattern))
}

/** The value of an environment entry: recordings hold none, so that it cannot count. */
function isEnvironmentValue(path: readonly string[]): boolean {
  return path.at(-1) === 'value' && path.at(-3) === 'environment'
}

const NAMED_BY_MEMBER: Record<string, (text: string) => string> = {
  cluster: readClusterName,
  containerInstance: readContainerInstanceId,
  containerInstances: readContainerInstanceId,
  task: readTaskId,
  tasks: readTaskId,
  taskDefinition: readTaskDefinitionName,
}

/** A name where the member takes a name or its ARN; elsewhere an ARN without partition, region and account. */
function normaliseText(text: string, path: readonly string[]): string {
  const [member = ''] = path
  const readName = path.length <= 2 && Object.hasOwn(NAMED_BY_MEMBER, member) ? NAMED_BY_MEMBER[member] : undefined
  if (readName) return replacePrivateIds(readName(text), (kind) => `(${kind})`)
  const arn = parseArn(text)
  return replacePrivateIds(arn ? `arn:${arn.service}:${arn.resource}` : text, (kind) => `(${kind})`)
}
