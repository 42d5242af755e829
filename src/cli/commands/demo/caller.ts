import { HarnessError } from '../../../message/index.ts'

/** A StartTask input as this demo sends it. */
export interface CallerInput {
  cluster?: string
  containerInstances: string[]
  taskDefinition: string
  startedBy?: string
}

/** What a caller makes of a response: what started, what did not, or the error's name. */
export interface CallerResult {
  started: string[]
  failed: { instance: string; reason: string }[]
  error?: { name: string; message: string; status: number | undefined }
}

/** Code that calls StartTask as a user's does: with the AWS SDK, knowing nothing of recordings. */
export interface Caller {
  startTask(endpoint: string, input: CallerInput): Promise<CallerResult>
  listContainerInstances(endpoint: string): Promise<string[]>
}

/** Loads the AWS SDK's ECS client. Throws `usage` when it is not installed. */
export async function loadCaller(): Promise<Caller> {
  const { ECSClient, ListContainerInstancesCommand, StartTaskCommand } = await loadSdk()
  const createClient = (endpoint: string) =>
    new ECSClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'demo-placeholder', secretAccessKey: 'demo-placeholder' },
    })
  return {
    async startTask(endpoint, input) {
      const client = createClient(endpoint)
      try {
        const { tasks = [], failures = [] } = await client.send(new StartTaskCommand(input))
        return {
          started: tasks.map(({ taskArn }) => taskArn ?? ''),
          failed: failures.map(({ arn, reason }) => ({
            instance: arn ?? '',
            reason: reason ?? '',
          })),
        }
      } catch (error) {
        return { started: [], failed: [], error: describeError(error) }
      } finally {
        client.destroy()
      }
    },
    async listContainerInstances(endpoint) {
      const client = createClient(endpoint)
      try {
        return (
          (await client.send(new ListContainerInstancesCommand({}))).containerInstanceArns ?? []
        )
      } finally {
        client.destroy()
      }
    },
  }
}

async function loadSdk() {
  try {
    return await import('@aws-sdk/client-ecs')
  } catch (error) {
    throw new HarnessError(
      'usage',
      'The demo needs the AWS SDK: npm install --save-dev @aws-sdk/client-ecs.',
      { cause: error },
    )
  }
}

function describeError(error: unknown): {
  name: string
  message: string
  status: number | undefined
} {
  if (!(error instanceof Error))
    return { name: 'unknown', message: String(error), status: undefined }
  const metadata =
    '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : undefined
  const status =
    metadata && 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
      ? metadata.httpStatusCode
      : undefined
  return { name: error.name, message: error.message, status }
}
