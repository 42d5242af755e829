import {
  createDefaultState,
  createProvider,
  type Provider,
  type ProviderState,
} from '../../src/provider/index.ts'
import { isObject, parseBody, type JsonObject } from '../../src/protocol/index.ts'

export const HEALTHY = '4c543eed-f83f-47da-b1d8-3d23f1da4c64'
export const HEALTHY_TOO = '8f2b7c1e-5a0d-4e3b-9c64-2d1f0a7b6e35'
export const DISCONNECTED = 'b7d0c3a2-61f4-4d8e-8a15-90e2c4f7d3b8'
export const SHORT_OF_MEMORY = 'e5a1f9d4-3c72-4b06-b8e9-7f60d2a4c1b3'
export const ARN = 'arn:aws:ecs:us-east-1:012345678910'
export const INSTANCE_ARN = `${ARN}:container-instance/default/${HEALTHY}`
/** The moment of the page's sample. */
export const SAMPLE_TIME = 1_479_765_460_842

/** A clock that stands until it is set. */
export function createStandingClock(at = SAMPLE_TIME): { at: number; now(): number } {
  return {
    at,
    now() {
      return this.at
    },
  }
}

/** A provider of the default state, changed as a test needs it. */
export function createTestProvider(
  change: (state: ProviderState) => Partial<ProviderState> = () => ({}),
): Provider {
  const state = createDefaultState()
  return createProvider({ state: { ...state, ...change(state) }, clock: createStandingClock() })
}

export function buildRequest(operation: string, body: unknown) {
  return {
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

/** Asks for an operation and reads the response's body. */
export async function ask(
  provider: Provider,
  operation: string,
  body: unknown,
): Promise<{ status: number; body: JsonObject }> {
  const response = await provider.respond(buildRequest(operation, body))
  const parsed = parseBody(response.body)
  if (!isObject(parsed)) throw new Error('The response is no JSON object.')
  return { status: response.status, body: parsed }
}

/** Starts hello_world with the members given, on the first healthy instance unless they say otherwise. */
export async function start(
  provider: Provider,
  members: JsonObject = {},
): Promise<{ status: number; body: JsonObject }> {
  return ask(provider, 'StartTask', {
    taskDefinition: 'hello_world',
    containerInstances: [HEALTHY],
    ...members,
  })
}

/** The objects in an array member of a response. */
export function readObjects(body: JsonObject, member: string): JsonObject[] {
  const list = body[member]
  if (!Array.isArray(list)) throw new Error(`The response has no array ${member}.`)
  return list.filter(isObject)
}

/** The first task of a response. */
export function readTask(response: { body: JsonObject }): JsonObject {
  const [task] = readObjects(response.body, 'tasks')
  if (!task) throw new Error(`No task: ${JSON.stringify(response.body)}`)
  return task
}

/** The id of the first task of a response. */
export function readId(response: { body: JsonObject }): string {
  return String(readTask(response)['taskArn']).split('/').at(-1) ?? ''
}
