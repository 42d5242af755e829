import { replacePrivateIds } from '../contract/index.ts'
import {
  formatCanonicalJson,
  isNumber,
  isObject,
  isTransportFailure,
  type Recording,
} from '../protocol/index.ts'

/**
 * Whether two recordings say the same: equal but for what differs each time anyway, which is when and how fast things happened, request
 * ids, stand-ins (another key gives others), and the ids and times that the service mints in its answers. An id that an answer minted and
 * a later request repeats is the same id; an id that a request brought itself counts.
 */
export function isSameRecording(one: Recording, other: Recording): boolean {
  return formatSkeleton(one) === formatSkeleton(other)
}

const MINTED_ID =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g

function formatSkeleton(recording: Recording): string {
  const ids = new Map<string, string>()
  const standIns = new Map<string, string>()
  const nameStandIn = (id: string) => standIns.get(id) ?? addName(standIns, id)
  const exchanges = recording.exchanges.map((exchange) => {
    const { operation, attempt, request, answer } = exchange
    const asked = replaceMinted(request.body, (id) => ids.get(id) ?? id, nameStandIn)
    keepRequestIds(request.body, ids)
    if (isTransportFailure(answer))
      return { operation, attempt, request: { ...request, body: asked }, answer }
    const headers = Object.entries(answer.headers).filter(([name]) => name !== 'x-amzn-requestid')
    const nameMinted = (id: string) => ids.get(id) ?? addName(ids, id)
    const answered = {
      ...answer,
      headers: Object.fromEntries(headers),
      body: replaceMinted(answer.body, nameMinted, nameStandIn),
    }
    return { operation, attempt, request: { ...request, body: asked }, answer: answered }
  })
  const provenance = { ...recording.provenance, recordedBy: undefined }
  return formatCanonicalJson({
    provenance,
    exchanges,
    ...(recording.taskStateChanges ? { tasks: recording.taskStateChanges } : {}),
  })
}

function addName(ids: Map<string, string>, id: string): string {
  const name = `<id ${ids.size}>`
  ids.set(id, name)
  return name
}

/** An id that a request brings stays itself when an answer repeats it. */
function keepRequestIds(body: unknown, ids: Map<string, string>): void {
  replaceMinted(
    body,
    (id) => {
      if (!ids.has(id)) ids.set(id, id)
      return id
    },
    (id) => id,
  )
}

type NameId = (id: string) => string

function replaceMinted(value: unknown, nameId: NameId, nameStandIn: NameId, member = ''): unknown {
  if (typeof value === 'string') {
    return isTimeMember(member)
      ? '<time>'
      : replacePrivateIds(value, (_kind, id) => nameStandIn(id)).replace(MINTED_ID, nameId)
  }
  if (isNumber(value)) return isTimeMember(member) ? '<time as a number>' : value
  if (Array.isArray(value))
    return value.map((item) => replaceMinted(item, nameId, nameStandIn, member))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      replaceMinted(inner, nameId, nameStandIn, name),
    ]),
  )
}

function isTimeMember(member: string): boolean {
  return /[a-z]At$/.test(member)
}
