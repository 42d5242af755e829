/** One exchange of any outcome, composed from what is documented. */
import {
  COMMON_ERRORS,
  DOCUMENTED_ERRORS,
  FAILURE_REASONS,
  type Outcome,
  SERVICE_MESSAGES,
  START_TASK,
  START_TASK_TARGET,
  TRANSPORT_FAULTS,
} from '../contract/index.ts'
import { describeUnknownName, HarnessError } from '../message/index.ts'
import {
  AWS_JSON,
  type Exchange,
  type JsonObject,
  type RecordedResponse,
  type TransportFailure,
} from '../protocol/index.ts'
import { composeBody, type Placement } from './compose.ts'

/** What an exchange is composed for. */
export interface Composition {
  /** The body of the request; without one, a request of two container instances. */
  request?: JsonObject | undefined
  outcome: Outcome['kind']
  /**
   * Why, where the outcome leaves it open: failure reasons for the container instances in turn, of which the last holds for all that follow;
   * the name of an error; or what came instead of a response. Without any, the first that comes to mind.
   */
  reasons?: readonly string[]
  /** What failures say besides their reason. */
  detail?: string | undefined
  /** The status of a rejection, where its error was seen with several. */
  status?: number | undefined
  /** What a rejection says; without it what users saw of it, or what it means. */
  message?: string | undefined
}

/** An exchange with what it was told that no documentation has. */
export interface Composed {
  exchange: Exchange
  /** Failure reasons that are documented nowhere. */
  undocumented: string[]
}

const SAMPLE: JsonObject = {
  cluster: 'default',
  containerInstances: [
    '4c543eed-f83f-47da-b1d8-3d23f1da4c64',
    '8f2b7c1e-5a0d-4e3b-9c64-2d1f0a7b6e35',
  ],
  taskDefinition: 'hello_world:6',
}

/**
 * Composes an exchange: the same for the same composition. Throws `usage` for what does not go together: a reason for a success, an error
 * that the catalogue does not have, a partial response to a request of one container instance.
 */
export function composeExchange(composition: Composition): Composed {
  const { request = SAMPLE, outcome, reasons = [] } = composition
  refuseUnusedOptions(composition)
  const undocumented =
    outcome === 'partial' || outcome === 'unplaced'
      ? [...new Set(reasons.filter((reason) => !isKnown(FAILURE_REASONS, reason)))]
      : []
  const exchange: Exchange = {
    operation: START_TASK,
    startedAtMs: 0,
    request: {
      headers: { 'content-type': AWS_JSON, 'x-amz-target': START_TASK_TARGET },
      body: request,
    },
    response: composeResponse(request, composition),
  }
  return { exchange, undocumented }
}

/** Throws `usage` for options that the outcome does not use. */
function refuseUnusedOptions({
  outcome,
  reasons = [],
  detail,
  status,
  message,
}: Composition): void {
  const given = [
    ...(reasons.length > 0 && outcome === 'started' ? ['a reason'] : []),
    ...(detail !== undefined && outcome !== 'partial' && outcome !== 'unplaced'
      ? ['a detail']
      : []),
    ...(status !== undefined && outcome !== 'rejected' ? ['a status'] : []),
    ...(message !== undefined && outcome !== 'rejected' ? ['a message'] : []),
  ]
  if (given.length > 0)
    throw new HarnessError(
      'usage',
      `A response that is ${outcome} has no place for ${given.join(' and ')}.`,
    )
  if (reasons.includes('')) throw new HarnessError('usage', 'A reason is empty.')
  if (reasons.length > 1 && (outcome === 'rejected' || outcome === 'unreadable'))
    throw new HarnessError(
      'usage',
      `A response that is ${outcome} has one reason; ${reasons.length} were given.`,
    )
}

function composeResponse(
  request: JsonObject,
  { outcome, reasons = [], ...more }: Composition,
): RecordedResponse | TransportFailure {
  switch (outcome) {
    case 'started':
      return response(200, composeBody(request, ['task']))
    case 'partial':
      requireTwoInstances(request)
      return response(200, composeBody(request, ['task', ...readPlacements(reasons, more.detail)]))
    case 'unplaced':
      return response(200, composeBody(request, readPlacements(reasons, more.detail)))
    case 'rejected':
      return reject(reasons[0] ?? 'ClientException', more)
    case 'unreadable':
      return fail(reasons[0] ?? 'html-502')
  }
}

function readPlacements(
  reasons: readonly string[],
  detail: string | undefined,
): [Placement, ...Placement[]] {
  const [first = 'MISSING', ...rest] = reasons
  const place = (reason: string): Placement => ({
    reason,
    ...(detail === undefined ? {} : { detail }),
  })
  return [place(first), ...rest.map(place)]
}

function requireTwoInstances({ containerInstances }: JsonObject): void {
  if (Array.isArray(containerInstances) && containerInstances.length > 1) return
  throw new HarnessError(
    'usage',
    'A partial response needs a request of two container instances or more.',
    { remedy: 'name a second one, or compose unplaced' },
  )
}

function response(status: number, body: JsonObject): RecordedResponse {
  return { status, headers: { 'content-type': AWS_JSON, 'x-amzn-requestid': REQUEST_ID }, body }
}

/** One that no service would give: it says that it is composed. */
const REQUEST_ID = '00000000-0000-4000-8000-000000000000'

function reject(
  name: string,
  { status, message }: Pick<Composition, 'status' | 'message'>,
): RecordedResponse {
  const { statuses, meaning } = findError(name)
  const [first = 400] = statuses
  if (status !== undefined && !statuses.includes(status))
    throw new HarnessError('usage', `${name} was never seen with HTTP ${status}.`, {
      remedy: `one of ${statuses.join(', ')}`,
    })
  return response(status ?? first, {
    __type: name,
    message: message ?? findMessage(name) ?? meaning,
  })
}

function findError(name: string): { statuses: readonly number[]; meaning: string } {
  const documented = Object.entries(DOCUMENTED_ERRORS).find(([known]) => known === name)?.[1]
  if (documented) return { statuses: [documented.status], meaning: documented.meaning }
  const common = Object.entries(COMMON_ERRORS).find(([known]) => known === name)?.[1]
  if (common) return common
  throw describeUnknownName('error', name, [
    ...Object.keys(DOCUMENTED_ERRORS),
    ...Object.keys(COMMON_ERRORS),
  ])
}

/** What users saw, where it names nobody's own things. */
function findMessage(name: string): string | undefined {
  return Object.values(SERVICE_MESSAGES).find(
    ({ error, message }) => error === name && !message.includes('{'),
  )?.message
}

function fail(name: string): RecordedResponse | TransportFailure {
  const fault = Object.entries(TRANSPORT_FAULTS).find(([known]) => known === name)?.[1]
  if (!fault) throw describeUnknownName('fault', name, Object.keys(TRANSPORT_FAULTS))
  if ('failure' in fault) return { failure: fault.failure, code: fault.code }
  const { status, contentType, body } = fault
  return {
    status,
    headers: { 'content-type': contentType },
    body: null,
    ...(body === '' ? {} : { bodyText: body }),
  }
}

function isKnown(catalogue: object, name: string): boolean {
  return Object.hasOwn(catalogue, name)
}
