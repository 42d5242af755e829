import {
  RESPONSE_FAULTS,
  COMMON_ERRORS,
  DOCUMENTED_ERRORS,
  SERVICE_MESSAGES,
  TRANSPORT_FAULTS,
} from '../../contract/index.ts'
import { describeUnknownName } from '../../message/index.ts'
import { buildResponse, buildErrorResponse, type WireResponse } from '../../protocol/index.ts'
import { refuseFault } from './fault-file.ts'
import type { Fault, MetFault } from './fault.ts'

/** Every name that a fault can have. */
export function listFaultNames(): string[] {
  return [DOCUMENTED_ERRORS, COMMON_ERRORS, TRANSPORT_FAULTS, RESPONSE_FAULTS].flatMap((table) =>
    Object.keys(table),
  )
}

const ERRORS: ReadonlyMap<string, readonly number[]> = new Map([
  ...Object.entries(DOCUMENTED_ERRORS).map(([name, { status }]): [string, readonly number[]] => [
    name,
    [status],
  ]),
  ...Object.entries(COMMON_ERRORS).map(([name, { statuses }]): [string, readonly number[]] => [
    name,
    statuses,
  ]),
])
const TRANSPORTS: ReadonlyMap<string, TransportFault> = new Map(Object.entries(TRANSPORT_FAULTS))
const RESPONSES: ReadonlyMap<string, { ms?: number; contentType?: string }> = new Map(
  Object.entries(RESPONSE_FAULTS),
)

type TransportFault = (typeof TRANSPORT_FAULTS)[keyof typeof TRANSPORT_FAULTS]

/** What a fault does. Throws `usage`, with the place, for a name that the catalogue does not have, and for what does not belong to the name. */
export function makeFault(fault: Fault, place: string): MetFault {
  const { fault: name, status, ms } = fault
  const [statuses, transport, response] = [
    ERRORS.get(name),
    TRANSPORTS.get(name),
    RESPONSES.get(name),
  ]
  if (!statuses && !transport && !response)
    throw describeUnknownName('fault', name, listFaultNames(), [['place', place]])
  if (status !== undefined && !statuses)
    throw refuseFault(place, 'has a "status", which errors alone take')
  if (ms !== undefined && response?.ms === undefined)
    throw refuseFault(place, 'has "ms", which slow and clock-skew alone take')
  if (statuses) return { ...PLAIN, instead: makeError(fault, statuses, place) }
  if (transport) return { ...PLAIN, instead: makeTransportFault(transport) }
  return makeResponseFault(
    name,
    { contentType: response?.contentType ?? 'text/html', ms: ms ?? response?.ms ?? 0 },
    place,
  )
}

const PLAIN: MetFault = { instead: undefined, delayMs: 0, spoil: (response) => response }

function makeResponseFault(
  name: string,
  { contentType, ms }: { contentType: string; ms: number },
  place: string,
): MetFault {
  switch (name) {
    case 'slow':
      if (ms < 0) throw refuseFault(place, 'has a negative "ms"')
      return { ...PLAIN, delayMs: ms }
    case 'clock-skew':
      return {
        ...PLAIN,
        spoil: (served, now) => withHeader(served, 'date', new Date(now + ms).toUTCString()),
      }
    default:
      return { ...PLAIN, spoil: (served) => withHeader(served, 'content-type', contentType) }
  }
}

function withHeader(response: WireResponse, name: string, value: string): WireResponse {
  return { ...response, headers: { ...response.headers, [name]: value } }
}

function makeError(
  { fault: name, status }: Fault,
  statuses: readonly number[],
  place: string,
): NonNullable<MetFault['instead']> {
  const [first = 400] = statuses
  if (status !== undefined && !statuses.includes(status))
    throw refuseFault(
      place,
      `has the "status" ${status}; ${name} is known with ${statuses.join(' and ')}`,
    )
  const seen = Object.values(SERVICE_MESSAGES).find(({ error }) => error === name)?.message
  const message = seen ?? `${name} (a fault that starttask-harness was told to make)`
  return (now) =>
    buildErrorResponse(status ?? first, { name, message }, { now, requestId: crypto.randomUUID() })
}

function makeTransportFault(fault: TransportFault): NonNullable<MetFault['instead']> {
  if ('failure' in fault) {
    const { failure, code } = fault
    return () => ({ failure, code })
  }
  const { status, contentType, body } = fault
  return (now) => buildResponse(status, body, { now, requestId: crypto.randomUUID(), contentType })
}
