import type { Runner } from './runner.ts'

/** What the test begins its request with: the AWS SDK 3, where the project has it, or `fetch`. */
export type Client = 'sdk' | 'fetch'

/** The shipped recording that the test replays: a response 200 without a task. */
export const SHIPPED_RECORDING = 'unplaced/provider-agent-disconnected.json'
/** The container instance and the task definition of its one request. */
const INSTANCE = 'b7d0c3a2-61f4-4d8e-8a15-90e2c4f7d3b8'
const TASK_DEFINITION = 'hello_world'

/** A test that passes as it stands, and shows what a client meets when StartTask responds with HTTP 200 and nothing has started. */
export function formatTest(runner: Runner, client: Client, recording: string): string {
  const { imports, begin, assertions } = RUNNERS[runner]
  const lines = [
    ...(client === 'sdk' ? SDK_IMPORTS : FETCH_IMPORTS),
    ...imports,
    '',
    '// HTTP 200, no task, one failure with the reason AGENT. Nothing goes over a network: what is not recorded is an error.',
    `const RECORDING = '${recording}' // from the folder that the tests are started in`,
    ...(runner === 'jest'
      ? [
          '// jest needs NODE_OPTIONS=--experimental-vm-modules for packages that are ES modules, as starttask-harness is.',
        ]
      : []),
    '',
    `${begin}('StartTask responds with HTTP 200 when nothing has started', async () => {`,
    ...(client === 'sdk' ? SDK_CALL : FETCH_CALL).map((line) => `  ${line}`),
    ...assertions.map((line) => `  ${line}`),
    '})',
    '',
  ]
  return lines.join('\n')
}

const EXPECT = [
  'expect(tasks).toEqual([])',
  "expect(failures[0]?.reason).toBe('AGENT')",
  'expect(replay.unused()).toEqual([])',
]
const ASSERT = [
  'assert.deepEqual(tasks, [])',
  "assert.equal(failures[0]?.reason, 'AGENT')",
  'assert.deepEqual(replay.unused(), [])',
]

const RUNNERS: Readonly<
  Record<Runner, { imports: readonly string[]; begin: string; assertions: readonly string[] }>
> = {
  vitest: { imports: ["import { expect, test } from 'vitest'"], begin: 'test', assertions: EXPECT },
  jest: { imports: [], begin: 'test', assertions: EXPECT },
  node: {
    imports: ["import assert from 'node:assert/strict'", "import { test } from 'node:test'"],
    begin: 'test',
    assertions: ASSERT,
  },
  mocha: { imports: ["import assert from 'node:assert/strict'"], begin: 'it', assertions: ASSERT },
}

const SDK_IMPORTS = [
  "import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'",
  "import { replayRequestHandler } from 'starttask-harness/sdk'",
]

const SDK_CALL = [
  'const replay = replayRequestHandler(RECORDING)',
  "const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }",
  "const ecs = new ECSClient({ region: 'us-east-1', credentials, requestHandler: replay })",
  `const command = new StartTaskCommand({ taskDefinition: '${TASK_DEFINITION}', containerInstances: ['${INSTANCE}'] })`,
  'const { tasks = [], failures = [] } = await ecs.send(command)',
]

const FETCH_IMPORTS = ["import { replayFetch } from 'starttask-harness/fetch'"]

const FETCH_CALL = [
  'const replay = replayFetch(RECORDING)',
  "const response = await replay('https://ecs.us-east-1.amazonaws.com/', {",
  "  method: 'POST',",
  '  headers: {',
  "    'content-type': 'application/x-amz-json-1.1',",
  "    'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',",
  '  },',
  `  body: JSON.stringify({ taskDefinition: '${TASK_DEFINITION}', containerInstances: ['${INSTANCE}'] }),`,
  '})',
  'const { tasks, failures } = await response.json()',
]
