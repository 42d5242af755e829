import * as fc from 'fast-check'

import { REQUEST_PLACES, type StartTaskRequest } from '../contract/index.ts'
import { HarnessError } from '../message/index.ts'
import { buildBody } from './values.ts'

/** Members of a request that are drawn from what the caller gives, and are then always there. */
export type StartTaskRequestOptions = {
  readonly [Name in keyof StartTaskRequest]?: fc.Arbitrary<NonNullable<StartTaskRequest[Name]>>
}

/**
 * Valid requests: `checkRequest` says of them nothing but information, as it does of a left-out `cluster`.
 *
 * Lists and texts are short; `containerInstances` is never empty. Whether a cluster, an instance or a task definition of that name exists is
 * another matter: give those that do.
 *
 * @param options arbitraries of single members: `{ cluster: fc.constant('web'), taskDefinition: fc.constantFrom('web:3', 'web:4') }`
 */
export function startTaskRequests(
  options: StartTaskRequestOptions = {},
): fc.Arbitrary<StartTaskRequest> {
  const known = Object.keys(REQUEST_PLACES.members ?? {})
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new HarnessError(
      'usage',
      `A request has no member ${unknown}. Known: ${known.join(', ')}.`,
    )
  const requests = buildBody<StartTaskRequest>(REQUEST_PLACES)
  const given = fc.record<Partial<StartTaskRequest>>(options, { noNullPrototype: true })
  return fc
    .record({ request: requests, given })
    .map(({ request, given: members }) => ({ ...request, ...members }))
}
