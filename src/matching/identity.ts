import {
  DEFAULT_CLUSTER,
  mayHoldPrivateId,
  parseArn,
  readClusterName,
  readContainerInstanceId,
  readTaskDefinitionName,
  readTaskId,
  replacePrivateIds,
} from '../contract/index.ts'
import { VERSION } from '../package/index.ts'
import {
  createPointerTree,
  type Exchange,
  formatCanonicalJson,
  hashText,
  isObject,
  type JsonObject,
  type MarkedPlace,
  parseBody,
  parsePointer,
} from '../protocol/index.ts'
import { type Redaction, redactRecordedBody } from '../redaction/index.ts'
import { replaceVolatile } from './volatile-text.ts'

/** Changes when the keys of requests change: digests of keys stand in archives. */
const IDENTITY_VERSION = 1

/** What identifies a request: equal keys are the same request. */
export interface Identity {
  operation: string
  key: string
  /** The body as it is compared: names for ARNs, defaults filled in, ignored places left out. Made when it is asked for. */
  readonly shape: unknown
}

export interface MatchRules {
  /** Places of the body that do not count, as JSON Pointers in which `*` stands for any one index or member. */
  ignore?: readonly string[]
  /** Places of which only the look counts: what changes with each run (UUIDs, times, hexadecimal ids, numbers) is as good as any other of its kind. */
  loosen?: readonly string[]
  /** Whether the values of environment entries count beside their names, as far as recordings hold them; otherwise names alone do. */
  environment?: 'names' | 'values'
}

/** Identifies requests under one set of rules. */
export type Identify = (operation: string, body: unknown) => Identity

/** As {@link createIdentify}, for one request. */
export function identifyRequest(
  operation: string,
  body: unknown,
  rules: MatchRules = {},
): Identity {
  return createIdentify(rules)(operation, body)
}

/**
 * Identifies a request by its operation and its body, never by headers or host.
 *
 * An ARN counts as its resource, so that another account, region or partition is the same request. What redaction gives a pseudonym (account
 * ids, addresses, ids of network interfaces) counts by its kind alone: a request is the same whatever key its recording was redacted with.
 * An absent cluster is `default`, a group that is `family:` and the definition's own family is none, null is absence, environment entries
 * count by name. Numbers count by value. Array order counts. An absent body is an empty object.
 */
export function createIdentify({
  ignore = [],
  loosen = [],
  environment = 'names',
}: MatchRules = {}): Identify {
  const root = createPointerTree(readPointers(ignore), readPointers(loosen))
  const hasValues = environment === 'values'
  return (operation, body) => {
    const members = body ?? {}
    const json = isObject(members)
      ? writeWhole(members, root, hasValues)
      : writeValue(members, { place: root, hasValues, depth: 0 })
    return {
      operation,
      key: `${operation} ${json}`,
      get shape() {
        return parseBody(json, Infinity)
      },
    }
  }
}

function readPointers(pointers: readonly string[]): string[][] {
  return pointers.flatMap((pointer) => {
    const segments = parsePointer(pointer)
    return segments?.length ? [segments] : []
  })
}

/** Where the walk is. */
interface Here {
  place: MarkedPlace
  hasValues: boolean
  /** How many members and items lie above. */
  depth: number
  /** How names are read of the ARNs in a member that takes either. */
  readName?: ((text: string) => string) | undefined
  /** `list` in an environment, `entry` in one of its entries. */
  environment?: 'list' | 'entry' | undefined
}

const [IGNORED, LOOSE] = [1, 2]

/** With what the page says of absent members. */
function writeWhole(members: JsonObject, place: MarkedPlace, hasValues: boolean): string {
  const whole: JsonObject = { ...members, cluster: members['cluster'] ?? DEFAULT_CLUSTER }
  if (whole['group'] !== undefined && isDefaultGroup(members)) delete whole['group']
  return writeObject(whole, { place, hasValues, depth: 0 })
}

function isDefaultGroup({ group, taskDefinition }: JsonObject): boolean {
  return (
    typeof taskDefinition === 'string' &&
    group === `family:${readTaskDefinitionName(taskDefinition).split(':', 1)[0]}`
  )
}

function writeValue(value: unknown, here: Here): string {
  if (typeof value === 'string') return JSON.stringify(writeText(value, here))
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return writeItems(value, here)
  return isObject(value) ? writeObject(value, here) : formatCanonicalJson(value)
}

function writeObject(value: JsonObject, here: Here): string {
  const { hasValues, environment } = here
  const depth = here.depth + 1
  const written: string[] = []
  for (const name of listNames(value)) {
    const member = value[name]
    if (member === undefined || member === null) continue
    if (environment === 'entry' && !hasValues && name === 'value') continue
    const place = here.place.descend(name)
    if (place.marks & IGNORED) continue
    const readName =
      depth === 1 ? NAMED_BY_MEMBER.get(name) : depth === 2 ? here.readName : undefined
    const text = writeValue(member, {
      place,
      hasValues,
      depth,
      readName,
      environment: name === 'environment' ? 'list' : undefined,
    })
    written.push(writeName(name) + text)
  }
  return `{${written.join(',')}}`
}

/** In order, which most senders keep. */
function listNames(value: JsonObject): string[] {
  const names = Object.keys(value)
  for (let index = 1; index < names.length; index++)
    if ((names[index - 1] ?? '') > (names[index] ?? '')) return names.toSorted()
  return names
}

/** Ignored items stand as null, so that the others keep their places; at the end they are left out, since their number does not count. */
function writeItems(items: readonly unknown[], here: Here): string {
  const depth = here.depth + 1
  const readName = depth === 2 ? here.readName : undefined
  const environment = here.environment === 'list' ? 'entry' : undefined
  const written: string[] = []
  let last = 0
  for (let index = 0; index < items.length; index++) {
    const place = here.place.descend(String(index))
    const isIgnored = (place.marks & IGNORED) !== 0
    written.push(
      isIgnored
        ? 'null'
        : writeValue(items[index] ?? null, {
            place,
            hasValues: here.hasValues,
            depth,
            readName,
            environment,
          }),
    )
    if (!isIgnored) last = index + 1
  }
  return `[${(last < written.length ? written.slice(0, last) : written).join(',')}]`
}

const NAMED_BY_MEMBER: ReadonlyMap<string, (text: string) => string> = new Map([
  ['cluster', readClusterName],
  ['containerInstance', readContainerInstanceId],
  ['containerInstances', readContainerInstanceId],
  ['task', readTaskId],
  ['tasks', readTaskId],
  ['taskDefinition', readTaskDefinitionName],
])

/** A name where the member takes a name or its ARN; elsewhere an ARN without partition, region and account. */
function writeText(text: string, { place, readName }: Here): string {
  const named = readName ? readName(text) : withoutPlace(text)
  const known = replaceIds(named)
  return place.marks & LOOSE ? replaceVolatile(known) : known
}

function withoutPlace(text: string): string {
  const arn = text.startsWith('arn:') ? parseArn(text) : undefined
  return arn ? `arn:${arn.service}:${arn.resource}` : text
}

const MOST_NAMES = 500
const LONGEST_NAME = 100
const writtenNames = new Map<string, string>()

/** A member's name as it stands in a key; most are those of every request. */
function writeName(name: string): string {
  const known = writtenNames.get(name)
  if (known !== undefined) return known
  const written = `${JSON.stringify(replaceIds(name))}:`
  if (name.length <= LONGEST_NAME && writtenNames.size < MOST_NAMES) writtenNames.set(name, written)
  return written
}

function replaceIds(text: string): string {
  return mayHoldPrivateId(text) ? replacePrivateIds(text, (kind) => `(${kind})`) : text
}

/** How recordings are read. */
export interface ReadingSettings {
  match: MatchRules
  redaction: Redaction
  attempts: 'recorded' | 'collapsed'
}

/** What of an exchange is known without reading it. */
export interface Outline {
  operation: string
  /** Attempts of one invocation share it. */
  invocation: string | undefined
  /** Equal for equal requests. */
  digest: string
}

/** Reads recorded requests as requests are read that are sent. */
export interface RecordedReader {
  identify(exchange: Exchange, redactedBy: unknown): Identity
  /** Tells these rules from others: what is derived under them can be kept beside it. */
  readonly rules: string
  /** As `rules`, for keys that stand in files: the same for each version of this package that makes the same keys. */
  readonly keys: string
}

export function createRecordedReader({ match, redaction }: ReadingSettings): RecordedReader {
  const identify = createIdentify(match)
  return {
    identify({ operation, request }, redactedBy) {
      if (request.body === null && (request.bodyText ?? request.bodyBase64) !== undefined)
        return {
          operation,
          key: `${operation} unreadable`,
          shape: request.bodyText ?? request.bodyBase64,
        } // no readable request has this key
      const isClean = redactedBy === redaction.rulesHash // redacting again would change nothing
      return identify(
        operation,
        isClean ? request.body : redactRecordedBody(request.body, redaction),
      )
    },
    get rules() {
      return JSON.stringify([VERSION, redaction.rulesHash, match])
    },
    get keys() {
      return hashText(JSON.stringify([IDENTITY_VERSION, redaction.rulesHash, match]))
    },
  }
}

/** The outline of a recorded exchange, as `reader` identifies it. */
export function outline(exchange: Exchange, redactedBy: unknown, reader: RecordedReader): Outline {
  return {
    operation: exchange.operation,
    invocation: exchange.invocation,
    digest: hashText(reader.identify(exchange, redactedBy).key),
  }
}
