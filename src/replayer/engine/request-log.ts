import { ECS_SERVICE } from '../../contract/index.ts'
import { isHarnessError } from '../../message/index.ts'
import { parseBody, parseTarget, type WireRequest } from '../../protocol/index.ts'

/** A request as it came to an adapter: one attempt. */
export interface SentRequest {
  session: string
  /** `undefined` for a request that names no operation of ECS. */
  operation: string | undefined
  /** What the client calls its invocation: the attempts of one share it. */
  invocation: string | undefined
  headers: Record<string, string>
  /** The parsed body as it was sent, not redacted; `undefined` where it is no JSON, or has more than 64 KiB. */
  body: unknown
}

/** Keeps the latest requests that came. They stay in memory, and are read when somebody asks for them. */
interface RequestLog {
  note(session: string, request: WireRequest): void
  list(): SentRequest[]
  /** Forgets those of a session; all of them without a name. */
  reset(session?: string): void
}

interface Noted {
  session: string
  headers: Record<string, string>
  body: string | Uint8Array
}

const MOST_REQUESTS = 1000
const MOST_BYTES = 64 * 1024

export function createRequestLog(): RequestLog {
  let noted: Noted[] = []
  let next = 0 // where the oldest stands, once there are so many that each new one takes the place of one
  const listNoted = () => [...noted.slice(next), ...noted.slice(0, next)]
  return {
    note(session, { headers, body }) {
      const one = { session, headers, body: body.length > MOST_BYTES ? '' : body }
      if (noted.length < MOST_REQUESTS) return void noted.push(one)
      noted[next] = one
      next = (next + 1) % MOST_REQUESTS
    },
    list: () => listNoted().map(readNoted),
    reset(session) {
      noted = session === undefined ? [] : listNoted().filter((one) => one.session !== session)
      next = 0
    },
  }
}

function readNoted({ session, headers, body }: Noted): SentRequest {
  const target = parseTarget(headers['x-amz-target'])
  return {
    session,
    operation: target?.service === ECS_SERVICE ? target.operation : undefined,
    invocation: headers['amz-sdk-invocation-id'],
    headers,
    body: tryToParse(body),
  }
}

function tryToParse(body: string | Uint8Array): unknown {
  try {
    return parseBody(body)
  } catch (error) {
    if (isHarnessError(error)) return undefined
    throw error
  }
}
