import { readOutcome, START_TASK } from '../contract/index.ts'
import {
  formatPointer,
  isNumber,
  isObject,
  isTransportFailure,
  parseBody,
  readErrorIdentity,
  type TransportFailure,
  type WireResponse,
} from '../protocol/index.ts'

/** One thing in which a live response is not as recorded. It tells kinds, never values that could be anyone's. */
export interface ResponseDifference {
  /** A JSON Pointer into the recorded exchange. */
  pointer: string
  recorded: string
  live: string
}

type Compared = WireResponse | TransportFailure

/**
 * In what a live response differs from the recorded one: how it reads, status, error name, why there was no task, which members are there, and
 * of which type. Ids, times and all other values may differ, for they do with each response. None when it is as recorded.
 */
export function compareResponses(
  operation: string,
  recorded: Compared,
  live: Compared,
): ResponseDifference[] {
  const heads = compareTexts([
    ['/response', describeKind(operation, recorded), describeKind(operation, live)],
    ...(isTransportFailure(recorded) || isTransportFailure(live)
      ? []
      : describeHeads(recorded, live)),
  ])
  if (heads.length > 0 || isTransportFailure(recorded) || isTransportFailure(live)) return heads
  const [one, other] = [readBody(recorded), readBody(live)]
  return one.isJson && other.isJson
    ? compareShapes(one.value, other.value, ['response', 'body'])
    : []
}

function describeHeads(recorded: WireResponse, live: WireResponse): [string, string, string][] {
  return [
    ['/response/status', String(recorded.status), String(live.status)],
    ['/response/body/__type', readErrorName(recorded), readErrorName(live)],
  ]
}

function compareTexts(places: readonly [string, string, string][]): ResponseDifference[] {
  return places.flatMap(([pointer, recorded, live]) =>
    recorded === live ? [] : [{ pointer, recorded, live }],
  )
}

/** In one or two words; of an operation that is not checked, whether it has a body that can be read. */
function describeKind(operation: string, response: Compared): string {
  if (isTransportFailure(response))
    return [response.failure, response.code].filter(Boolean).join(' ')
  if (operation === START_TASK) return readOutcome(response).kind
  return readBody(response).isJson ? 'readable' : 'unreadable'
}

function readErrorName({ status, headers, body }: WireResponse): string {
  return status < 300
    ? 'none'
    : (readErrorIdentity(headers, readBody({ body }).value)?.name ?? 'none')
}

function readBody({ body }: { body: string | Uint8Array }): { isJson: boolean; value?: unknown } {
  try {
    return { isJson: true, value: parseBody(body) }
  } catch {
    return { isJson: false }
  }
}

function compareShapes(
  recorded: unknown,
  live: unknown,
  path: readonly (string | number)[],
): ResponseDifference[] {
  const [one, other] = [nameType(recorded), nameType(live)]
  if (one !== other) return [{ pointer: formatPointer(path), recorded: one, live: other }]
  if (isObject(recorded) && isObject(live)) {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(live)])]
    return names.flatMap((name) =>
      compareShapes(readMember(recorded, name), readMember(live, name), [...path, name]),
    )
  }
  if (Array.isArray(recorded) && Array.isArray(live)) {
    const longer = recorded.length > live.length ? recorded : live
    return longer.flatMap((_, index) =>
      compareShapes(recorded[index], live[index], [...path, index]),
    )
  }
  return isReason(path) ? compareTexts([[formatPointer(path), String(recorded), String(live)]]) : []
}

function readMember(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

/** `/response/body/failures/0/reason`: what a caller decides by. */
function isReason(path: readonly (string | number)[]): boolean {
  return path.length === 5 && path[2] === 'failures' && path[4] === 'reason'
}

/** Null is absence, as SDKs read it. */
function nameType(value: unknown): string {
  if (value === undefined || value === null) return 'absent'
  if (isNumber(value)) return 'number'
  if (Array.isArray(value)) return 'list'
  if (isObject(value)) return 'object'
  return typeof value === 'string' ? 'text' : 'boolean'
}
