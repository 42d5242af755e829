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
 * ids, pseudonyms (another key gives others), and the ids and times that the service mints in its responses. An id that a response minted and
 * a later request repeats is the same id; an id that a request brought itself counts.
 */
export function isSameRecording(one: Recording, other: Recording): boolean {
  return formatSkeleton(one) === formatSkeleton(other)
}

const MINTED_ID =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g

function formatSkeleton(recording: Recording): string {
  const ids = new Map<string, string>()
  const pseudonyms = new Map<string, string>()
  const namePseudonym = (id: string) => pseudonyms.get(id) ?? addName(pseudonyms, id)
  const exchanges = recording.exchanges.map((exchange) => {
    const { operation, attempt, request, response } = exchange
    const asked = replaceMinted(request.body, (id) => ids.get(id) ?? id, namePseudonym)
    keepRequestIds(request.body, ids)
    if (isTransportFailure(response))
      return { operation, attempt, request: { ...request, body: asked }, response }
    const headers = Object.entries(response.headers).filter(([name]) => name !== 'x-amzn-requestid')
    const nameMinted = (id: string) => ids.get(id) ?? addName(ids, id)
    const answered = {
      ...response,
      headers: Object.fromEntries(headers),
      body: replaceMinted(response.body, nameMinted, namePseudonym),
    }
    return { operation, attempt, request: { ...request, body: asked }, response: answered }
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

/** An id that a request brings stays itself when a response repeats it. */
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

function replaceMinted(
  value: unknown,
  nameId: NameId,
  namePseudonym: NameId,
  member = '',
): unknown {
  if (typeof value === 'string') {
    return isTimeMember(member)
      ? '<time>'
      : replacePrivateIds(value, (_kind, id) => namePseudonym(id)).replace(MINTED_ID, nameId)
  }
  if (isNumber(value)) return isTimeMember(member) ? '<time as a number>' : value
  if (Array.isArray(value))
    return value.map((item) => replaceMinted(item, nameId, namePseudonym, member))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      replaceMinted(inner, nameId, namePseudonym, name),
    ]),
  )
}

function isTimeMember(member: string): boolean {
  return /[a-z]At$/.test(member)
}
