import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'

import type { World } from './plan.ts'

/** A moto_server that runs; disposal ends it. */
export interface Moto extends AsyncDisposable {
  url: string
  /** Empties it, and sets up one cluster with two container instances and a task definition: the same ids each time. */
  setUp(): Promise<World>
}

const START_DEADLINE_MS = 60_000
const SEED = 42
const LAST_LOG_LINES = 8

/** Starts moto_server on a free port, and waits until it answers. */
export async function startMoto(): Promise<Moto> {
  const url = `http://127.0.0.1:${await findFreePort()}`
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', new URL(url).port], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => void child.kill('SIGKILL')
  process.on('exit', kill)
  const ended = new Promise<void>((resolve) => {
    child.once('close', resolve)
    child.once('error', () => resolve())
  })
  const stop = async () => {
    child.kill('SIGTERM')
    const timer = setTimeout(kill, 5000)
    await ended
    clearTimeout(timer)
    process.off('exit', kill)
  }
  try {
    await waitUntilItResponses(url, child)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, setUp: () => setUp(url), [Symbol.asyncDispose]: stop }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('There is no free port.')),
      )
    })
  })
}

async function waitUntilItResponses(url: string, child: ChildProcess): Promise<void> {
  const log: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => void log.push(...String(chunk).split('\n').filter(Boolean)))
  const deadline = Date.now() + START_DEADLINE_MS
  const describeLog = () => log.slice(-LAST_LOG_LINES).join('\n')
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`moto_server ended before it answered.\n${describeLog()}`)
    const answered = await fetch(`${url}/moto-api/data.json`, {
      signal: AbortSignal.timeout(2000),
    }).catch(() => undefined)
    if (answered?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(
    `moto_server did not answer within ${START_DEADLINE_MS / 1000} s.\n${describeLog()}`,
  )
}

async function setUp(url: string): Promise<World> {
  await post(`${url}/moto-api/reset`)
  await post(`${url}/moto-api/seed?a=${SEED}`)
  await callEcs(url, 'CreateCluster', { clusterName: 'default' })
  const image = 'ami-12c6146b' // one that moto knows from the start
  const launched = await callEc2(url, {
    Action: 'RunInstances',
    ImageId: image,
    MinCount: '2',
    MaxCount: '2',
  })
  const instanceArns: string[] = []
  for (const [, instanceId] of launched.matchAll(/<instanceId>(i-[0-9a-f]+)</g)) {
    const registered = await callEcs(url, 'RegisterContainerInstance', {
      cluster: 'default',
      instanceIdentityDocument: JSON.stringify({ instanceId, region: 'us-east-1' }),
    })
    const [, arn] = /"containerInstanceArn": *"([^"]+)"/.exec(registered) ?? []
    if (arn !== undefined) instanceArns.push(arn)
  }
  await callEcs(url, 'RegisterTaskDefinition', {
    family: 'hello_world',
    containerDefinitions: [
      { name: 'wordpress', image: 'wordpress', cpu: 10, memory: 500 },
      { name: 'mysql', image: 'mysql', cpu: 10, memory: 500 },
    ],
  })
  return { instanceArns }
}

function callEcs(url: string, operation: string, body: object): Promise<string> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
  }
  return post(url, { headers: { ...headers, ...nameService('ecs') }, body: JSON.stringify(body) })
}

function callEc2(url: string, parameters: Record<string, string>): Promise<string> {
  return post(url, {
    headers: nameService('ec2'),
    body: new URLSearchParams({ ...parameters, Version: '2016-11-15' }),
  })
}

/** moto checks no signature, but reads from it which service of which region is meant. */
function nameService(service: string): Record<string, string> {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=placeholder/20161121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=placeholder`,
  }
}

async function post(url: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(url, {
    ...init,
    method: 'POST',
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  if (!response.ok)
    throw new Error(
      `moto answered a set-up call with HTTP ${response.status}: ${text.slice(0, 300)}`,
    )
  return text
}
