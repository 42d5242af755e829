import { createRequire } from 'node:module'
import { Readable } from 'node:stream'

import {
  ECSClient,
  type ECSClientConfig,
  StartTaskCommand,
  type StartTaskCommandInput,
} from '@aws-sdk/client-ecs'

/** A client that signs with what is no secret. */
export function createClient(endpoint: string, config: ECSClientConfig = {}): ECSClient {
  return new ECSClient(configure(endpoint, config))
}

export function configure(endpoint: string, config: ECSClientConfig = {}): ECSClientConfig {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return { endpoint, region: 'us-east-1', credentials, maxAttempts: 3, ...config }
}

/** One StartTask: what the caller gets of it, without what the SDK notes about the way there. */
export async function startTask(
  client: ECSClient,
  input: Partial<StartTaskCommandInput> = {},
): Promise<unknown> {
  try {
    const { $metadata, ...output } = await client.send(createCommand(input))
    return { status: $metadata.httpStatusCode, output }
  } catch (error) {
    return error instanceof Error ? { name: error.name, message: error.message } : error
  }
}

export function createCommand(input: Partial<StartTaskCommandInput> = {}): StartTaskCommand {
  return new StartTaskCommand({ taskDefinition: 'web', containerInstances: ['ci-a'], ...input })
}

type Handler = Extract<ECSClientConfig['requestHandler'], { handle: unknown }>

/** The SDK's own handler on fetch, which the client's package brings along. */
export function createFetchHandler(): Handler {
  const { FetchHttpHandler }: { FetchHttpHandler: new () => Handler } = createRequire(
    import.meta.resolve('@aws-sdk/client-ecs'),
  )('@smithy/fetch-http-handler')
  return new FetchHttpHandler()
}

/** A handler of a user's own, which answers without a network with whatever body a handler may give. */
export function createHandler(
  response: () => { statusCode: number; headers: Record<string, string>; body?: unknown },
): Handler {
  return {
    handle: () => Promise.resolve({ response: response() }),
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  }
}

/** A text as each kind of body that a handler of the SDK may give, in pieces where it can be. */
export const BODIES: Record<string, (text: string) => unknown> = {
  'Readable of objects': (text) => Readable.from(cut(text)),
  'Readable of bytes': (text) => Readable.from(cut(text), { objectMode: false }),
  ReadableStream: (text) => Readable.toWeb(Readable.from(cut(text))),
  Blob: (text) => new Blob([text]),
  Uint8Array: (text) => new TextEncoder().encode(text),
}

function cut(text: string): Uint8Array[] {
  const bytes = Buffer.from(text)
  const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 5), bytes.subarray(5)]
  return pieces.filter(({ length }) => length > 0)
}
