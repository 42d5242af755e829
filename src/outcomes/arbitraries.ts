import * as fc from 'fast-check'
import {
  COMMON_ERRORS,
  DOCUMENTED_ERRORS,
  type Failure,
  findPlace,
  type Outcome,
  REQUEST_PLACES,
  RESPONSE_PLACES,
  SERVICE_MESSAGES,
  type StartTaskRequest,
  type StartTaskResponse,
  type Task,
  TRANSPORT_FAULTS,
} from '../contract/index.ts'
import { requireKnownOptions } from '../message/index.ts'
import { buildErrorResponse, buildResponse, type WireResponse } from '../protocol/index.ts'
import { ANY_TEXT } from './scalars.ts'
import { buildBody } from './values.ts'

/** Arbitraries for fast-check: valid requests and responses of each outcome, and requests that break one rule. */

export { BREAKABLE_RULES, type BrokenRequest, brokenRequests } from './broken-requests.ts'

/** Arbitraries of members of a request, which are then always present. */
export type StartTaskRequestOptions = {
  readonly [Name in keyof StartTaskRequest]?: fc.Arbitrary<NonNullable<StartTaskRequest[Name]>>
}

/**
 * Generates valid requests: `checkRequest` reports only notes about them, such as the default of an absent `cluster`.
 *
 * Lists and texts are short; `containerInstances` is never empty. Clusters, instances and task definitions of these names need not exist: pass
 * arbitraries of those that do.
 *
 * @param options arbitraries of single members: `{ cluster: fc.constant('web'), taskDefinition: fc.constantFrom('web:3', 'web:4') }`
 */
export function startTaskRequests(
  options: StartTaskRequestOptions = {},
): fc.Arbitrary<StartTaskRequest> {
  const known = Object.keys(REQUEST_PLACES.members ?? {})
  requireKnownOptions('member of a request', options, known)
  const requests = buildBody<StartTaskRequest>(REQUEST_PLACES)
  const given = fc.record<Partial<StartTaskRequest>>(options, { noNullPrototype: true })
  return fc
    .record({ request: requests, given })
    .map(({ request, given: members }) => ({ ...request, ...members }))
}

/** The outcomes of an HTTP 200 response. */
export type SuccessKind = Extract<Outcome['kind'], 'started' | 'partial' | 'unplaced'>

const TASKS = buildBody<Task>(findPlace(RESPONSE_PLACES, ['tasks', '[]']))
const FAILURES = buildBody<Failure>(findPlace(RESPONSE_PLACES, ['failures', '[]']))

const SOME = { minLength: 1, maxLength: 3 }
/** A list of nothing is written as such, or left out. */
const NOTHING: fc.Arbitrary<{ tasks?: []; failures?: [] }> = fc.constantFrom(
  {},
  { tasks: [] },
  { failures: [] },
  { tasks: [], failures: [] },
)

const SUCCESSES: Readonly<Record<SuccessKind, fc.Arbitrary<StartTaskResponse>>> = {
  started: fc
    .record({ nothing: NOTHING, tasks: fc.array(TASKS, SOME) })
    .map(({ nothing, tasks }) => ({ ...nothing, tasks })),
  partial: fc.record(
    { tasks: fc.array(TASKS, SOME), failures: fc.array(FAILURES, SOME) },
    { noNullPrototype: true },
  ),
  unplaced: fc
    .record({ nothing: NOTHING, failures: fc.array(FAILURES, { maxLength: 3 }) })
    .map(({ nothing, failures }) => {
      return failures.length === 0
        ? nothing
        : { ...('tasks' in nothing ? { tasks: [] } : {}), failures }
    }),
}

/**
 * Valid bodies of an HTTP 200 response: `checkResponse` says nothing of them, in either view. The page requires no member of a response, so
 * any may be absent.
 *
 * @param outcome what `readOutcome` says of the response; without it any of the three. `unplaced` includes responses without a failure.
 */
export function startTaskResponses(outcome?: SuccessKind): fc.Arbitrary<StartTaskResponse> {
  return outcome === undefined ? fc.oneof(...Object.values(SUCCESSES)) : SUCCESSES[outcome]
}

/** When a response was made, and the id that it has: what every response of the service carries. */
const MAKING = fc.record({
  now: fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 }),
  requestId: fc.uuid(),
})

/**
 * Responses on the wire. `rejected` ones are the errors of the page and those common to all actions, each with a status that is known for it;
 * `unreadable` ones come from a proxy between, or broke off.
 *
 * @param outcome what `readOutcome` says of the response; without it any
 */
export function startTaskWireResponses(outcome?: Outcome['kind']): fc.Arbitrary<WireResponse> {
  switch (outcome) {
    case 'started':
    case 'partial':
    case 'unplaced':
      return fc
        .record({ body: SUCCESSES[outcome], making: MAKING })
        .map(({ body, making }) => buildResponse(200, JSON.stringify(body), making))
    case 'rejected':
      return rejections()
    case 'unreadable':
      return fc.oneof(faultyResponses(), cutResponses(), foreignResponses())
    case undefined:
      return fc.oneof(
        ...(['started', 'partial', 'unplaced', 'rejected', 'unreadable'] as const).map(
          startTaskWireResponses,
        ),
      )
  }
}

function rejections(): fc.Arbitrary<WireResponse> {
  const documented = Object.entries(DOCUMENTED_ERRORS).map(([name, { status }]) => ({
    name,
    statuses: [status],
  }))
  const common = Object.entries(COMMON_ERRORS).map(([name, { statuses }]) => ({ name, statuses }))
  const errors = [...documented, ...common].flatMap(({ name, statuses }) =>
    statuses.map((status) => ({ name, status })),
  )
  return fc.constantFrom(...errors).chain(({ name, status }) => {
    const seen = Object.values(SERVICE_MESSAGES).flatMap(({ error, message }) =>
      error === name ? [fc.constant(message)] : [],
    )
    return fc
      .record({ message: fc.oneof(...seen, ANY_TEXT), making: MAKING })
      .map(({ message, making }) => buildErrorResponse(status, { name, message }, making))
  })
}

/** What the catalogue has seen come back instead of AWS JSON. */
function faultyResponses(): fc.Arbitrary<WireResponse> {
  const faults = Object.values(TRANSPORT_FAULTS).filter((fault) => 'status' in fault)
  return fc
    .record({ fault: fc.constantFrom(...faults), making: MAKING })
    .map(({ fault: { status, contentType, body }, making }) =>
      buildResponse(status, body, { ...making, contentType }),
    )
}

/** A success that broke off before its end. */
function cutResponses(): fc.Arbitrary<WireResponse> {
  return fc
    .record({ body: startTaskResponses(), left: fc.nat({ max: 999 }), making: MAKING })
    .map(({ body, left, making }) => {
      const text = JSON.stringify(body)
      return buildResponse(200, text.slice(0, Math.floor((text.length * left) / 1000)), making)
    })
}

/** Pages and JSON of somebody else. */
function foreignResponses(): fc.Arbitrary<WireResponse> {
  const bodies = fc.oneof(
    ANY_TEXT.map((text) => ({ contentType: 'text/html', body: `<html>${text}</html>` })),
    fc
      .constantFrom('[]', '"OK"', 'true', '0')
      .map((body) => ({ contentType: 'application/json', body })),
  )
  return fc
    .record({ status: fc.constantFrom(200, 404, 502, 503, 504), response: bodies, making: MAKING })
    .map(({ status, response: { contentType, body }, making }) =>
      buildResponse(status, body, { ...making, contentType }),
    )
}
