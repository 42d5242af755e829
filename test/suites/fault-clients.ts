import { execFile } from 'node:child_process'
import type { Agent } from 'node:https'
import { createRequire } from 'node:module'

import { ECSClient, type ECSClientConfig, StartTaskCommand } from '@aws-sdk/client-ecs'
import { NodeHttpHandler } from '@smithy/node-http-handler'

import { buildInput } from '../replayer/recorded-exchanges.ts'
import { OFFLINE_ENVIRONMENT } from './offline-environment.ts'

/** Where a client finds a fault. */
export interface FaultyWay {
  url: string
  requestHandler?: ECSClientConfig['requestHandler']
  agent?: Agent
}

/** How long clients wait for a response, in milliseconds, so that they meet one that never comes. */
const LIMIT_MS = 1000
const CREDENTIALS = { accessKeyId: 'AKID', secretAccessKey: 'none' }
const RESPONSE = 'a response'
const NO_TASK = 'a response without tasks'

/** What users of SDK v3 meet, with its defaults but for a time limit. */
export async function askV3({ url, requestHandler, agent }: FaultyWay): Promise<string> {
  const limited = new NodeHttpHandler({
    requestTimeout: LIMIT_MS,
    throwOnRequestTimeout: true,
    ...(agent && { httpAgent: agent, httpsAgent: agent }),
  })
  const client = new ECSClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    requestHandler: requestHandler ?? limited,
  })
  return readMet(() => client.send(new StartTaskCommand(buildInput('started'))))
}

/** SDK v2, with its defaults but for a time limit and the pause between attempts. */
export async function askV2({ url, agent }: FaultyWay): Promise<string> {
  const ECS: new (options: object) => {
    startTask(input: object): { promise(): Promise<{ tasks?: unknown[] }> }
  } = createRequire(import.meta.url)('aws-sdk/clients/ecs')
  const httpOptions = { timeout: LIMIT_MS, ...(agent && { agent }) }
  const client = new ECS({
    endpoint: url,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    httpOptions,
    retryDelayOptions: { base: 1 },
  })
  return readMet(() => client.startTask(buildInput('started')).promise())
}

async function readMet(send: () => Promise<{ tasks?: unknown[] | undefined }>): Promise<string> {
  try {
    const { tasks = [] } = await send()
    return tasks.length > 0 ? RESPONSE : NO_TASK
  } catch (error) {
    if (!(error instanceof Error)) return String(error)
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
    return error.name === 'Error' && code !== undefined ? code : error.name
  }
}

const BOTO3 = `
import json, sys, boto3
from concurrent.futures import ThreadPoolExecutor
from botocore.config import Config
from botocore.exceptions import ClientError
request = json.loads(sys.argv[1])
def ask(way):
    name, url = way
    client = boto3.session.Session().client('ecs', endpoint_url=url, config=Config(read_timeout=1))
    try:
        return name, '${RESPONSE}' if client.start_task(**request).get('tasks') else '${NO_TASK}'
    except ClientError as error:
        return name, error.response['Error']['Code']
    except Exception as error:
        return name, type(error).__name__
with ThreadPoolExecutor(40) as pool:
    print(json.dumps(dict(pool.map(ask, json.loads(sys.stdin.read()).items()))))
`

/** What users of boto3 meet at each URL, with its defaults but for a time limit. */
export async function askBoto3(
  urls: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { stdout } = await run(
    'python3',
    ['-c', BOTO3, JSON.stringify(buildInput('started'))],
    JSON.stringify(urls),
  )
  const met: Record<string, string> = JSON.parse(stdout)
  return met
}

/** The same of aws-cli: the code that it prints, or how its message begins. */
export async function askAwsCli(url: string): Promise<string> {
  const query = [
    '--endpoint-url',
    url,
    '--cli-read-timeout',
    '1',
    '--query',
    'length(tasks || `[]`)',
    '--output',
    'text',
  ]
  const { stdout, stderr } = await run('aws', [
    ...query,
    'ecs',
    'start-task',
    '--cli-input-json',
    JSON.stringify(buildInput('started')),
  ])
  const code = /An error occurred \((.*?)\) when/.exec(stderr)?.[1]
  return (
    code ??
    (stderr.trim() === ''
      ? stdout.trim() === '0'
        ? NO_TASK
        : RESPONSE
      : stderr.trim().replace(/[:,"].*$/s, ''))
  )
}

function run(
  file: string,
  args: readonly string[],
  input = '',
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      file,
      args,
      { env: OFFLINE_ENVIRONMENT, timeout: 240_000 },
      (_error, stdout, stderr) => resolve({ stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}
