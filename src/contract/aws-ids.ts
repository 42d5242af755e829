/** The parts of an Amazon Resource Name. `resource` is the text after the fifth colon. */
export interface Arn {
  partition: string
  service: string
  region: string
  account: string
  resource: string
}

/** Parses an ARN; returns `undefined` for another text. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([a-z0-9-]+):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws)?:(.+)$/.exec(text)
  if (!match) return undefined
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match
  return { partition, service, region, account, resource }
}

/** Formats an ARN. */
export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`
}

/** Returns the name of a cluster, from its name or ARN. */
export function readClusterName(cluster: string): string {
  return readResource(cluster, 'cluster')
}

/** Returns `family` or `family:revision`, from either or from the ARN. */
export function readTaskDefinitionName(taskDefinition: string): string {
  return readResource(taskDefinition, 'task-definition')
}

/** Returns the id of a container instance, from the id or either form of the ARN (with and without the name of the cluster). */
export function readContainerInstanceId(containerInstance: string): string {
  return (
    readResource(containerInstance, 'container-instance').split('/').at(-1) ?? containerInstance
  )
}

/** Returns the id of a task, from the id or either form of the ARN. */
export function readTaskId(task: string): string {
  return readResource(task, 'task').split('/').at(-1) ?? task
}

function readResource(text: string, type: string): string {
  const arn = parseArn(text)
  return arn?.service === 'ecs' && arn.resource.startsWith(`${type}/`)
    ? arn.resource.slice(type.length + 1)
    : text
}

/** The kinds of ids that identify an owner or a machine. Redaction replaces them by pseudonyms. */
export type PrivateIdKind = 'account' | 'ipv4' | 'ipv6' | 'network interface' | 'mac'

/** A private id in a text, from `start` up to and without `end`. */
export interface PrivateId {
  kind: PrivateIdKind
  start: number
  end: number
  /** The id in the usual form of its kind: dots between the numbers of an address, no hyphens in an account. */
  id: string
  /** Formats another id of the kind like this one. */
  readonly write: (id: string) => string
}

/**
 * Finds the private ids of a text, in order: twelve digits that are not next to a digit or a hexadecimal letter (also as `1234-5678-9012`), IP
 * addresses (also in host names of AWS, `ip-10-0-0-5`, or of a private network, `app-10-0-0-5`), ids of network interfaces, and MAC addresses.
 *
 * Not private are: loopback, link-local, unspecified, multicast and mask addresses, which are the same on every machine; the last part of a UUID;
 * a time in twelve digits (`202611231200`), unless it is the account of an ARN or of an image registry; four numbers before a word
 * (`1.2.3.4-beta`), which are a version.
 */
export function findPrivateIds(text: string): PrivateId[] {
  const found: PrivateId[] = []
  if (!mayHoldPrivateId(text)) return found
  const arn = ARN.exec(text)?.[0].length ?? 0
  if (arn > 0 && !mayHoldPrivateId(text.slice(arn))) return [readArnAccount(text, arn)]
  ID.lastIndex = 0
  for (let match = ID.exec(text); match; match = ID.exec(text)) {
    const read = readId(match, text)
    if (read) found.push({ ...read, start: match.index, end: match.index + match[0].length })
    else ID.lastIndex = match.index + 1
  }
  return found
}

/** Replaces the private ids of a text; `replace` returns the replacement of one, in the usual form of its kind. */
export function replacePrivateIds(
  text: string,
  replace: (kind: PrivateIdKind, id: string) => string,
): string {
  const parts: string[] = []
  let done = 0
  for (const { kind, start, end, id, write } of findPrivateIds(text)) {
    parts.push(text.slice(done, start), write(replace(kind, id)))
    done = end
  }
  return done === 0 ? text : parts.join('') + text.slice(done)
}

/** Reports whether a text may contain a private id, with one test for all kinds. `false` is certain. */
export function mayHoldPrivateId(text: string): boolean {
  return MAY_HOLD.test(text)
}

const MAY_HOLD =
  /\d{12}|eni-[0-9a-f]|\d\.\d{1,3}\.\d{1,3}\.\d|\d-\d{1,3}-\d{1,3}-\d|\d{4}-\d{4}-\d{4}|[0-9a-f]:[0-9a-f]{0,4}:/i

/** Matches the start of an ARN with its account: most texts that contain an id are ARNs without another one. */
const ARN = /^arn:[a-z0-9-]{1,30}:[a-z0-9-]{0,60}:[a-z0-9-]{0,60}:\d{12}:/

function readArnAccount(text: string, length: number): PrivateId {
  const [start, end] = [length - 13, length - 1]
  return { kind: 'account', start, end, id: text.slice(start, end), write: asItIs }
}

/** Matches the start of a word, also after an escape, which ends in a letter or a digit. */
const BEGIN = String.raw`(?:(?<![0-9a-z])|(?<=%(?:25){0,3}[0-9a-f]{2}|\\[nrtbf]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}))`

const ID = new RegExp(
  [
    String.raw`(?<eni>${BEGIN}eni-[0-9a-f]{8,17}(?![0-9a-z]))`,
    String.raw`(?<mac>(?<!:)${BEGIN}[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![0-9a-z:]))`,
    String.raw`(?<ipv6>(?<![:.])${BEGIN}(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}):[0-9a-f:]{1,40}(?![0-9a-z:]))`,
    String.raw`(?<ipv4>(?<!\.)${BEGIN}\d{1,3}(?:\.\d{1,3}){3}(?![0-9]|\.\d))`,
    String.raw`(?<name>${BEGIN}(?:(?:ip|ec2)-|(?=(?:10|192-168|172-(?:1[6-9]|2\d|3[01])|198-1[89])-))\d{1,3}(?:-\d{1,3}){3}(?![0-9a-z]|-\d))`,
    String.raw`(?<account>(?<![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-)(?:(?<![0-9a-f])|${BEGIN})\d{12}(?![0-9a-f]))`,
    String.raw`(?<dashed>(?<!-)${BEGIN}\d{4}-\d{4}-\d{4}(?![0-9a-z-]))`,
  ].join('|'),
  'gi',
)

function readId(
  match: RegExpExecArray,
  text: string,
): Omit<PrivateId, 'start' | 'end'> | undefined {
  const [found] = match
  const { eni, mac, ipv6, ipv4, name, account } = match.groups ?? {}
  if (eni !== undefined)
    return { kind: 'network interface', id: found.toLowerCase(), write: asItIs }
  if (mac !== undefined)
    return /^(?:00:){5}00$|^(?:ff:){5}ff$/i.test(found)
      ? undefined
      : { kind: 'mac', id: found.toLowerCase(), write: asItIs }
  if (ipv6 !== undefined) return readIpv6(found)
  if (ipv4 !== undefined)
    return isPrivateIpv4(found) && !isVersion(match, text)
      ? { kind: 'ipv4', id: found, write: asItIs }
      : undefined
  if (name !== undefined) return readName(found)
  if (account !== undefined && isMoment(found) && !isNamedAccount(match, text)) return undefined
  return account === undefined
    ? {
        kind: 'account',
        id: found.replaceAll('-', ''),
        write: (id) => id.replace(/(....)(....)/, '$1-$2-'),
      }
    : { kind: 'account', id: found, write: asItIs }
}

function asItIs(id: string): string {
  return id
}

/** Normalizes an IPv6 address, with the URL parser. */
function readIpv6(found: string): Omit<PrivateId, 'start' | 'end'> | undefined {
  const url = URL.parse(`http://[${found}]/`)
  return url ? { kind: 'ipv6', id: url.hostname.slice(1, -1), write: asItIs } : undefined
}

function readName(found: string): Omit<PrivateId, 'start' | 'end'> | undefined {
  const prefix = /^[a-z]\w*-/i.exec(found)?.[0] ?? ''
  const id = found.slice(prefix.length).replaceAll('-', '.')
  return isPrivateIpv4(id)
    ? { kind: 'ipv4', id, write: (other) => prefix + other.replaceAll('.', '-') }
    : undefined
}

function isPrivateIpv4(text: string): boolean {
  const parts = text.split('.')
  const [first = 0, second = 0] = parts.map(Number)
  if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0'))))
    return false
  return first !== 0 && first !== 127 && first < 224 && !(first === 169 && second === 254)
}

/** Reports whether four numbers with a word after them are a version. Addresses of private networks, and the pseudonyms of addresses, are not. */
function isVersion({ 0: found, index }: RegExpExecArray, text: string): boolean {
  return (
    /[a-z_]/i.test(
      text
        .slice(index + found.length)
        .replace(/^[-+]/, '')
        .charAt(0),
    ) && !/^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|198\.1[89])\./.test(found)
  )
}

function isMoment(digits: string): boolean {
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$/.test(
    digits,
  )
}

function isNamedAccount({ 0: found, index }: RegExpExecArray, text: string): boolean {
  const before = text.slice(Math.max(0, index - 100), index)
  return (
    /arn:[a-z0-9-]+:[a-z0-9-]*:[a-z0-9-]*:$/.test(before) ||
    text.startsWith('.dkr', index + found.length)
  )
}
