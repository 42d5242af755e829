import { ECS_SERVICE, namesEcsOtherwise } from '../contract/index.ts'
import { MAX_BODY_BYTES, parseTarget, readObject } from '../protocol/index.ts'
import {
  holdRequests,
  readFetchRequest,
  type ReadRequest,
  respondSafely,
  type Verdict,
} from '../replayer/adapters/index.ts'

/** A request to ECS. */
export interface EcsRequest extends ReadRequest {
  /** Its destination: `https://ecs.us-east-1.amazonaws.com`. */
  origin: string
  /** The target as it was sent, and the operation that it names. */
  target: string
  operation: string | undefined
}

/**
 * Holds each ECS request of this process until `decide` says what becomes of it; other requests are left alone. Returns the function that ends
 * it.
 *
 * @param isLive whether requests may go to the service, which takes larger bodies than a replay reads
 */
export function holdEcsRequests(
  decide: (request: EcsRequest) => Verdict | Promise<Verdict>,
  { isLive }: { isLive: boolean },
): () => void {
  const limit = { maxBytes: isLive ? Infinity : MAX_BODY_BYTES }
  return holdRequests({
    decide: (request) =>
      isEcsRequest(request)
        ? respondSafely(
            readFetchRequest(request.clone()), // the client notices nothing of the reading
            (read) => decide(describeRequest(read)),
            limit,
          )
        : 'live',
    isHeldWhenWritten: isForEcs,
    tooOld: TOO_OLD,
  })
}

const TOO_OLD =
  'This request was not sent: its connection is older than the session, which cannot answer there. Send it again, or begin the session first.'

function describeRequest(read: ReadRequest): EcsRequest {
  const target = read.headers['x-amz-target'] ?? ''
  const named = parseTarget(target)
  return {
    ...read,
    origin: new URL(read.url).origin,
    target,
    operation: named?.service === ECS_SERVICE ? named.operation : undefined,
  }
}

/** Selects by the text that is about to be written, and the origin that it goes to. */
function isForEcs({ headers, request }: Record<string, unknown>): boolean {
  const origin = String(readObject(request)['origin']) // a text or a URL
  return namesEcs(String(headers), URL.canParse(origin) ? new URL(origin).hostname : '')
}

/** `ecs.us-east-1.amazonaws.com`, FIPS and dual-stack endpoints, those of a VPC, in every partition. */
const ECS_HOST = /(?:^|\.)ecs(?:-fips)?\.[a-z]{2,}(?:-[a-z]+)+-\d+\./

/** Reports whether a request may be meant for ECS, by its target, host, path or signature. One too many is better than one that is missed. */
function isEcsRequest(request: Request): boolean {
  const target = request.headers.get('x-amz-target')
  if (namesEcs(target ?? '', new URL(request.url).hostname)) return true
  return target === null && namesEcsOtherwise(request.url, request.headers.get('authorization'))
}

/** Reports whether a text that contains the target, or a host, names ECS. */
function namesEcs(text: string, host: string): boolean {
  return text.toLowerCase().includes('amazonec2containerservice') || ECS_HOST.test(host)
}
