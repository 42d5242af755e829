import {
  COMMON_ERRORS,
  DOCUMENTED_ERRORS,
  type Failure,
  REQUEST_PLACES,
  type StartTaskRequest,
  type Task,
} from '../contract/index.ts'
import { HarnessError } from '../message/index.ts'
import {
  formatCanonicalJson,
  isObject,
  type JsonObject,
  parsePointer,
  readObject,
} from '../protocol/index.ts'
import { checkPact } from './check.ts'
import {
  deriveResponseRules,
  encodeInteraction,
  type Interaction,
  nameInteraction,
  type ProviderState,
} from './interaction.ts'
import { type BodyRules, deriveRules, makeRule } from './matchers.ts'
import { describeRejected, startMockService } from './mock-service.ts'
import { formatPath } from './pact-path.ts'
import { formatPact, namePactFile, type SavedPact, savePact } from './pact-store.ts'
import { parsePact } from './read-pact.ts'

/** What a consumer contract is made with. */
export interface ConsumerContractOptions {
  /** The name of the code that calls StartTask, as the pact and a broker show it. */
  consumer: string
  /** The folder that the pact lies in. */
  dir: string
  /** `import.meta.url` of the test file: what it no longer makes goes from the pact. */
  testFile: string
}

/** What comes back, by the outcome that it is. Errors have the names and statuses that are documented. */
export type ExpectedResponse =
  | { outcome: 'started'; tasks: readonly [Task, ...Task[]] }
  | {
      outcome: 'partial'
      tasks: readonly [Task, ...Task[]]
      failures: readonly [Failure, ...Failure[]]
    }
  | { outcome: 'unplaced'; failures: readonly [Failure, ...Failure[]] }
  | {
      outcome: 'rejected'
      error: keyof typeof DOCUMENTED_ERRORS | keyof typeof COMMON_ERRORS
      message?: string
      status?: number
    }

/** The contract of one consumer, filled by the tests of one file. */
export interface ConsumerContract extends AsyncDisposable {
  /** What the provider is in before: a name, and what of it counts. */
  given(state: string, params?: JsonObject): Given
  /**
   * Writes the interactions whose tests passed, and takes away those that this file no longer makes. Call it after all tests; disposal does. When an
   * interaction failed, or the runner was told to run some tests alone, nothing is taken away.
   */
  finish(): Promise<SavedPact>
}

/** After a state: another one, or the request. */
export interface Given {
  given(state: string, params?: JsonObject): Given
  /**
   * The request that the consumer sends. Members are matched as the contract has them: an enum by its values, a list by its limits, a text by its
   * form. `exactly`: JSON Pointers of places whose value counts as it stands.
   */
  uponReceiving(
    description: string,
    request: StartTaskRequest,
    matching?: { exactly?: readonly string[] },
  ): Received
}

/** After the request: the response. */
export interface Received {
  /** The response that the consumer relies on, matched as the contract has it. `exactly`: places of its body whose value counts, as /failures/0/reason. */
  respondWith(
    response: ExpectedResponse,
    matching?: { exactly?: readonly string[] },
  ): SpecifiedInteraction
}

/** After the response: the test. */
export interface SpecifiedInteraction {
  /**
   * Runs the client against Pact's mock server, once. `url` is its endpoint. Gives what `act` gives.
   *
   * Throws `interaction-failed` when the request does not match (whatever `act` made of that), when none came, or more than one invocation; what
   * `act` throws otherwise; `not-found` where @pact-foundation/pact is not installed; `usage` where the interaction breaks the documented contract.
   */
  run<Result>(act: (service: { url: string }) => Promise<Result> | Result): Promise<Result>
}

/** Begins the contract of a consumer. */
export function consumerContract({
  consumer,
  dir,
  testFile,
}: ConsumerContractOptions): ConsumerContract {
  const made = new Map<string, Interaction>()
  const passed = new Set<string>()
  let finished: Promise<SavedPact> | undefined

  const finish = () =>
    (finished ??= savePact({
      file: namePactFile(dir, consumer),
      consumer,
      interactions: [...made].flatMap(([name, interaction]) =>
        passed.has(name) ? [interaction] : [],
      ),
      source: testFile,
      isPartial: passed.size < made.size || isFiltered(),
    }))

  const run = async <Result>(
    interaction: Interaction,
    act: (service: { url: string }) => Promise<Result> | Result,
  ): Promise<Result> => {
    const name = nameInteraction(interaction)
    refuseConflict(made.get(name), interaction)
    refuseDepartures(consumer, interaction)
    made.set(name, interaction)
    const result = await play(consumer, interaction, act)
    passed.add(name)
    return result
  }
  return {
    given: (state, params) => begin([makeState(state, params)], run),
    finish,
    [Symbol.asyncDispose]: async () => void (await finish()),
  }
}

type Run = <Result>(
  interaction: Interaction,
  act: (service: { url: string }) => Promise<Result> | Result,
) => Promise<Result>

function begin(states: readonly ProviderState[], run: Run): Given {
  return {
    given: (state, params) => begin([...states, makeState(state, params)], run),
    uponReceiving: (description, request, { exactly = [] } = {}) => ({
      respondWith: (response, { exactly: exactResponse = [] } = {}) => ({
        run: (act) =>
          run(
            makeInteraction({
              description,
              states,
              request: copyBody(request),
              exactly,
              response,
              exactResponse,
            }),
            act,
          ),
      }),
    }),
  }
}

function makeState(name: string, params: JsonObject | undefined): ProviderState {
  return params === undefined ? { name } : { name, params }
}

interface Parts {
  description: string
  states: readonly ProviderState[]
  request: JsonObject
  exactly: readonly string[]
  response: ExpectedResponse
  exactResponse: readonly string[]
}

function makeInteraction({
  description,
  states,
  request,
  exactly,
  response: expected,
  exactResponse,
}: Parts): Interaction {
  const { status, response } = makeResponse(expected)
  return {
    description,
    states,
    request,
    requestRules: fixValues(deriveRules(REQUEST_PLACES, request), request, exactly),
    status,
    response,
    responseRules: fixValues(deriveResponseRules(status, response), response, exactResponse),
  }
}

/** A copy as it goes over the wire: what is `undefined` is absent. */
function copyBody(body: object): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(body))
  return readObject(copy)
}

/** A value that counts as it stands has a rule that says so: without one it would follow the rule of the list around it. */
function fixValues(rules: BodyRules, body: JsonObject, exactly: readonly string[]): BodyRules {
  const fixed = exactly.map((pointer) => {
    const segments = parsePointer(pointer)
    if (!segments)
      throw new HarnessError(
        'usage',
        `exactly holds ${JSON.stringify(pointer)}; a JSON Pointer such as /startedBy is needed.`,
      )
    return [formatPath(nameSteps(segments, body)), makeRule({ match: 'equality' })] as const
  })
  const below = (path: string) =>
    fixed.some(
      ([start]) => path === start || path.startsWith(`${start}.`) || path.startsWith(`${start}[`),
    )
  return Object.fromEntries([...Object.entries(rules).filter(([path]) => !below(path)), ...fixed])
}

function nameSteps(
  segments: readonly string[],
  body: JsonObject,
): (string | number | { any: true })[] {
  let at: unknown = body
  return segments.map((segment) => {
    const isItem = Array.isArray(at)
    at = Array.isArray(at) ? at[Number(segment)] : isObject(at) ? at[segment] : undefined
    return isItem ? { any: true } : segment
  })
}

function makeResponse(response: ExpectedResponse): Pick<Interaction, 'status' | 'response'> {
  switch (response.outcome) {
    case 'started':
      return { status: 200, response: copyBody({ failures: [], tasks: response.tasks }) }
    case 'partial':
      return {
        status: 200,
        response: copyBody({ failures: response.failures, tasks: response.tasks }),
      }
    case 'unplaced':
      return { status: 200, response: copyBody({ failures: response.failures, tasks: [] }) }
    case 'rejected': {
      const { error, message, status } = response
      return {
        status: status ?? findStatus(error),
        response: { __type: error, ...(message === undefined ? {} : { message }) },
      }
    }
  }
}

function findStatus(error: string): number {
  const documented = Object.entries(DOCUMENTED_ERRORS).find(([name]) => name === error)?.[1].status
  return (
    documented ??
    Object.entries(COMMON_ERRORS).find(([name]) => name === error)?.[1].statuses[0] ??
    400
  )
}

function refuseConflict(there: Interaction | undefined, interaction: Interaction): void {
  if (there === undefined) return
  if (formatCanonicalJson(there) === formatCanonicalJson(interaction)) return
  throw new HarnessError(
    'interaction-conflict',
    `Two interactions are called ${JSON.stringify(interaction.description)}, in the same provider states, and say different things.`,
    { remedy: 'give one of them another description or another state' },
  )
}

function refuseDepartures(consumer: string, interaction: Interaction): void {
  const text = formatPact(consumer, [encodeInteraction(interaction)])
  const errors = checkPact(parsePact(text, interaction.description)).findings.filter(
    ({ severity }) => severity === 'error',
  )
  if (errors.length === 0) return
  throw new HarnessError(
    'usage',
    `The interaction ${JSON.stringify(interaction.description)} breaks the documented contract.`,
    {
      details: errors.map(({ pointer, rule, message }) => [
        'place',
        `${pointer.replace(/^\/interactions\/0/, '')} ${rule}: ${message}`,
      ]),
      remedy: 'correct the request or the response of the interaction',
    },
  )
}

async function play<Result>(
  consumer: string,
  interaction: Interaction,
  act: (service: { url: string }) => Promise<Result> | Result,
): Promise<Result> {
  await using service = await startMockService(consumer, encodeInteraction(interaction))
  const settled = await settle(act, service.url)
  const { invocations, mismatches } = service.requests()
  if (mismatches.length > 0) {
    const { summary, ...parts } = describeRejected(interaction.description, mismatches)
    const cause = 'thrown' in settled ? { cause: settled.thrown } : {}
    throw new HarnessError('interaction-failed', summary, { ...parts, ...cause })
  }
  if ('thrown' in settled) throw settled.thrown
  if (invocations !== 1) throw describeCount(interaction.description, invocations)
  return settled.value
}

async function settle<Result>(
  act: (service: { url: string }) => Promise<Result> | Result,
  url: string,
): Promise<{ value: Result } | { thrown: unknown }> {
  try {
    return { value: await act({ url }) }
  } catch (thrown) {
    return { thrown }
  }
}

function describeCount(description: string, invocations: number): HarnessError {
  const fact = invocations === 0 ? 'sent no request' : `sent ${invocations} requests`
  return new HarnessError(
    'interaction-failed',
    `The client ${fact} for the interaction ${JSON.stringify(description)}, which is one.`,
    {
      details: [['place', 'attempts that share amz-sdk-invocation-id count once']],
      remedy:
        invocations === 0
          ? 'let the client send to the url that it is given, and wait for its response'
          : 'find out why it asks again; each StartTask starts tasks of its own',
    },
  )
}

/** Whether the runner was told to run some tests alone: what the others make must then stay. */
function isFiltered(): boolean {
  const worker: unknown = Reflect.get(globalThis, '__vitest_worker__')
  const config = readObject(readObject(worker)['config'])
  const isNamed = config['testNamePattern'] !== undefined && config['testNamePattern'] !== null
  return (
    isNamed ||
    [...process.execArgv, ...process.argv].some((word) =>
      /^(?:--test-name-pattern|--test-only|-t|--testNamePattern|--grep|-g)(?:=|$)/.test(word),
    )
  )
}
